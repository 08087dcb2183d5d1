"""Widgets of the lineage explorer. The only room that knows ipycytoscape."""
