"""What is asked of ml-lineage-helper and of its drop-in, side by side, of the same account."""
