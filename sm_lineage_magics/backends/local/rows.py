"""Entities and associations as rows, and rows as entities and associations.

A row keeps what differs and leaves out what repeats: an ARN's prefix is a word's number, the 32
hexadecimal digits of an artifact's id are 16 bytes, a name equal to the ARN's end is NULL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from reprlib import repr as shortened
from types import MappingProxyType
from typing import Any

from ...errors import FormatError
from ...model import ASSOCIATION_TYPES, KINDS, Association, Entity
from ...model.entity import nothing
from .file.connection import Connection, Malformed

Key = str | bytes
Row = tuple[Any, ...]

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_PREFIX = re.compile(r"arn:[^:]*:sagemaker:[^:]*:[^:]*:[^:/]+")
_DIGEST = re.compile(r"[0-9a-f]{32}")
_NOTHING = nothing()
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_TYPES = {None: None} | {type: number for number, type in enumerate(ASSOCIATION_TYPES)}
# Near the times to be stored, so that SQLite keeps microseconds in six bytes instead of eight.
_EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)

# The columns that `entity_of` reads, in its order.
COLUMNS = (
    "e.id, e.prefix, e.key, e.kind, e.type, e.name, e.source_prefix, e.source, e.created, "
    "e.modified, e.created_by, e.status, e.properties, e.details"
)

# The columns that `row_of` fills, in its order.
FIELDS = (
    "kind, type, name, source_prefix, source, created, modified, created_by, status, "
    "properties, details"
)

# The columns that `association_of` reads, in its order.
EDGE_COLUMNS = "e.source, e.destination, e.type, e.created, e.created_by"

# Earlier than any time, so that entities without one come last of the newest first.
UNDATED = -(1 << 62)


def split(arn: str) -> tuple[str, Key]:
    """An ARN's repeated prefix, and the key that is its own."""
    prefix, rest = _parted(arn)
    is_digest = len(rest) == 32 and _DIGEST.fullmatch(rest)
    return prefix, bytes.fromhex(rest) if is_digest else rest


def _parted(text: str) -> tuple[str, str]:
    """An ARN of SageMaker's behind its first slash; any other text whole."""
    head, slash, rest = text.partition("/")
    return (head + slash, rest) if slash and _is_prefix(head) else ("", text)


@lru_cache(maxsize=1024)
def _is_prefix(text: str) -> bool:
    return _PREFIX.fullmatch(text) is not None


def joined(prefix: str, key: Key) -> str:
    """The ARN that was split.

    Raises:
        Malformed: when no ARN has such a key.
    """
    if isinstance(key, bytes):
        return prefix + key.hex()
    if isinstance(key, str):
        return prefix + key
    raise Malformed(f"key {key!r} of an ARN")


def split_source(uri: str) -> tuple[str | None, str | None]:
    """A source's repeated prefix where it is an ARN of SageMaker's, and the rest; None if empty."""
    prefix, rest = _parted(uri)
    return prefix or None, rest or None


def moment(time: datetime | None) -> int:
    """Microseconds since 2026; a time without a zone is taken to be UTC."""
    if time is None:
        return UNDATED
    aware = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    return (aware - _EPOCH) // _MICROSECOND


def time_of(moment: int) -> datetime | None:
    """The time in UTC that a moment is."""
    return None if moment == UNDATED else _EPOCH + timedelta(microseconds=moment)


def row_of(connection: Connection, entity: Entity, key: Key) -> tuple[Any, ...]:
    """Everything a row keeps of an entity but its number and ARN, which ends in `key`."""
    source_prefix, source = split_source(entity.source_uri)
    created = moment(entity.created)
    number = connection.number
    return (
        _NUMBERS[entity.kind],
        number(entity.type or None),
        None if entity.name == key else entity.name,
        number(source_prefix),
        source,
        created,
        _later(entity, created),
        number(entity.created_by),
        number(entity.status),
        packed(entity.properties),
        packed(entity.details),
    )


def _later(entity: Entity, created: int) -> int | None:
    """When an entity was modified, counted from when it was created."""
    if entity.modified is None:
        return None
    # What never changed has no second time to keep: 0 takes no room in a row.
    if entity.modified == entity.created:
        return 0
    return moment(entity.modified) - (0 if created == UNDATED else created)


def entity_of(connection: Connection, row: Row) -> Entity:
    """The entity of a row.

    Raises:
        Malformed: when no entity of ours has such a row.
    """
    try:
        return _entity_of(connection, row)
    except (IndexError, OverflowError, TypeError, ValueError) as error:
        raise Malformed(f"entity {row[0]!r}") from error


def _entity_of(connection: Connection, row: Row) -> Entity:
    (_, prefix, key, kind, type, name, source_prefix, source) = row[:8]
    (created, modified, created_by, status, properties, details) = row[8:]
    text = connection.text
    made = time_of(created)
    return Entity(
        joined(text(prefix), key),
        KINDS[kind],
        text(type),
        key if name is None else name,
        text(source_prefix) + (source or ""),
        unpacked(properties),
        made,
        # What never changed needs its one time read once.
        made if modified == 0 and made else _changed(created, modified),
        None if created_by is None else text(created_by),
        None if status is None else text(status),
        unpacked(details),
    )


def _changed(created: int, modified: int | None) -> datetime | None:
    if modified is None:
        return None
    return time_of(modified + (0 if created == UNDATED else created))


def row_of_association(
    connection: Connection, place: int, association: Association
) -> tuple[int | None, ...]:
    """Everything a row of `edge` keeps; its place is the row numbers of both ends."""
    return (
        place >> 32,
        place & 0xFFFFFFFF,
        _TYPES[association.type],
        moment(association.created),
        connection.number(association.created_by),
    )


def association_of(connection: Connection, arns: Mapping[int, str], row: Row) -> Association:
    """The association of a row, between ARNs by their row numbers.

    Raises:
        Malformed: when no association of ours has such a row.
    """
    source, destination, type, created, created_by = row
    try:
        return Association(
            arns[source],
            arns[destination],
            None if type is None else ASSOCIATION_TYPES[type],
            time_of(created),
            None if created_by is None else connection.text(created_by),
        )
    except (LookupError, OverflowError, TypeError) as error:
        raise Malformed(f"association {destination!r} of {source!r}") from error


def packed(value: Mapping[str, Any]) -> str | None:
    """A mapping as compact JSON; None when it is empty.

    Raises:
        FormatError: when it holds a value that JSON cannot.
    """
    if not value:
        return None
    try:
        return _ENCODED(dict(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise FormatError(
            f"{shortened(value)} cannot be stored: {error}. Expected JSON values."
        ) from error


def unpacked(text: str | None) -> Mapping[str, Any]:
    """The mapping that was packed."""
    return _NOTHING if text is None else MappingProxyType(json.loads(text))
