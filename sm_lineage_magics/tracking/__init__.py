"""The write side: from what a notebook did to a plan, and from a plan to a record."""
