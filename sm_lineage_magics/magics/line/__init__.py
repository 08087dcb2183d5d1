"""The parts of a `%lineage` line: its words, and what they stand for."""
