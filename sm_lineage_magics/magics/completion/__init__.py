"""What Tab offers on a `%lineage` line."""
