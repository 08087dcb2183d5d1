"""What SQLite decides of a listing's conditions; a filter itself decides again.

>>> [*filtered(connection, EntityFilter(kinds=("Action",)))]
[('e.kind IN (?)', (1,))]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...model import KINDS, Entity, EntityFilter, Role, role_of
from .file.connection import Connection
from .rows import moment

Condition = tuple[str, tuple[Any, ...]]


def filtered(connection: Connection, only: EntityFilter) -> Iterator[Condition]:
    """Conditions that hold for everything a filter keeps, and for little else."""
    if only.kinds:
        yield _one_of("e.kind", [KINDS.index(kind) for kind in only.kinds])
    if only.types:
        yield _one_of("ifnull(e.type, 0)", [_type(connection, type) for type in only.types])
    if only.roles:
        yield _of_roles(connection.words(), only.roles)
    if only.created_after is not None:
        yield "e.created >= ?", (moment(only.created_after),)
    if only.created_before is not None:
        yield "e.created <= ?", (moment(only.created_before),)


def _type(connection: Connection, type: str) -> int:
    known = connection.known(type) if type else 0
    return -1 if known is None else known


def _one_of(column: str, values: Iterable[int]) -> Condition:
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps([*values]),)


def _of_roles(words: dict[int, str], roles: tuple[Role, ...]) -> Condition:
    """A role comes of kind and type, or of the resource that the source names."""
    by_type, of_types = _by_type(words, roles)
    by_source, of_sources = _by_source(words, roles)
    # Other services' ARNs have no prefix that is kept apart.
    whole = "(e.source_prefix IS NULL AND e.source LIKE 'arn:%')"
    return f"({by_type} OR {by_source} OR {whole})", (*of_types, *of_sources)


def _by_type(words: dict[int, str], roles: tuple[Role, ...]) -> Condition:
    types = {0: "", **words}
    wanted = (
        number << 32 | type
        for number, kind in enumerate(KINDS)
        for type, text in types.items()
        if role_of(Entity("", kind, text)) in roles
    )
    return _one_of("(e.kind << 32 | ifnull(e.type, 0))", wanted)


def _by_source(words: dict[int, str], roles: tuple[Role, ...]) -> Condition:
    wanted = (
        number
        for number, text in words.items()
        if role_of(Entity("", "Artifact", source_uri=f"{text}name")) in roles
    )
    return _one_of("e.source_prefix", wanted)
