"""OpenLineage 2-0-2: an answer as events, and events as lineage.

>>> graph_of(documents_in(openlineage(answer))).entities.keys() >= {model.arn, job.arn}
True
"""

from .reading import documents_in, graph_of, is_event
from .writing import openlineage

__all__ = ["documents_in", "graph_of", "is_event", "openlineage"]
