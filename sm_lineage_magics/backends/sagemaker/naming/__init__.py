"""From what a person names to lineage entities."""
