"""Lineage in the languages of other tools: OpenLineage, W3C PROV, Neptune, GraphML and networkx."""
