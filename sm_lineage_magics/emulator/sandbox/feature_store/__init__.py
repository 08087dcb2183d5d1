"""The feature store: groups, their records one by one, and the tables they are found in."""
