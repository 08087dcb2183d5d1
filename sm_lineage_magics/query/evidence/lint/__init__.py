"""How far a lineage can be trusted: rules, and the report of what breaks them."""
