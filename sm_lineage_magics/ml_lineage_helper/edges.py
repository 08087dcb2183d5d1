"""A graph as rows of ml-lineage-helper's table: one for each association, nearest first.

>>> next(rows(graph))
('train-fraud', 'Produced', 'fraud', 'arn:…', 'arn:…', 'arn:…', None, None)
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from ..model import Entity, LineageGraph, role_of
from ..model.vocabulary import HELPER_QUERY, QUERY

Row = tuple["str | None", ...]

# Where ml-lineage-helper kept a link to the code.
_GIT_URL = "GitURL"


def rows(graph: LineageGraph) -> Iterator[Row]:
    """One row for each association, in the order its ends were reached."""
    order = {arn: place for place, arn in enumerate(graph.entities)}
    known = [e for e in graph.associations if e.source in order and e.destination in order]
    for edge in sorted(known, key=lambda e: (order[e.destination], order[e.source])):
        source, destination = graph.entities[edge.source], graph.entities[edge.destination]
        yield (
            source.label,
            edge.type,
            destination.label,
            source.arn,
            destination.arn,
            source.source_uri or None,
            _encoded_query(source, graph),
            _git_url(source),
        )


def _encoded_query(source: Entity, graph: LineageGraph) -> str | None:
    """The whole query of a query, or of the query that produced a data set, in base64."""
    makers = [graph.entities[edge.source] for edge in graph.incoming.get(source.arn, ())]
    queries = [e.properties[QUERY] for e in (source, *makers) if QUERY in e.properties]
    if queries and role_of(source) in ("query", "dataset"):
        return base64.b64encode(queries[0].encode()).decode()
    return source.properties.get(HELPER_QUERY)


def _git_url(source: Entity) -> str | None:
    if role_of(source) != "code":
        return None
    is_page = source.source_uri.startswith(("https://", "http://"))
    return source.properties.get(_GIT_URL) or (source.source_uri if is_page else None)
