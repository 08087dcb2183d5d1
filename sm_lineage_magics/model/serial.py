"""Entities, graphs and answers as plain JSON values, and back.

>>> entity_to_dict(Entity("arn:aws:sagemaker:local:000000000000:action/q", "Action", name="q"))
{'arn': 'arn:aws:sagemaker:local:000000000000:action/q', 'kind': 'Action', 'name': 'q'}
>>> answer_from_dict(json.loads(json.dumps(answer_to_dict(answer)))) == answer
True

What is empty is left out. Times are ISO 8601 in UTC. Keys that are not known are passed over, so
that a document of a later minor version still reads; a later major version is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from math import isfinite
from types import MappingProxyType
from typing import Any, get_args

from . import shape
from .answer import Answer, Gap, GapKind, Question
from .arn import KINDS, is_arn
from .association import ASSOCIATION_TYPES, Association
from .entity import Entity
from .graph import LineageGraph

FORMAT = "sm_lineage_magics.answer"
VERSION = 1

_TEXTS = ("arn", "kind", "type", "name", "source_uri", "created_by", "status")
_TIMES = ("created", "modified")
_MAPPINGS = {"properties": shape.properties, "details": shape.details}
_NAMES = (*_TEXTS, *_TIMES, *_MAPPINGS)


def entity_to_dict(entity: Entity) -> dict[str, Any]:
    """One entity as plain JSON values."""
    return _filled((name, getattr(entity, name)) for name in _NAMES)


def entity_from_dict(data: Mapping[str, Any]) -> Entity:
    """The entity `entity_to_dict` made this of.

    Raises:
        FormatError: when a key is missing or holds what it cannot.
    """
    if shape.of(data, "an entity", dict).get("kind") not in KINDS:
        raise shape.wrong("an entity's kind", data.get("kind"), f"one of {', '.join(KINDS)}")
    if not is_arn(shape.required(data, "arn")):
        raise shape.wrong("an entity's arn", data["arn"], "arn:aws:sagemaker:REGION:ACCOUNT:…")
    there: dict[str, Any] = {name: value for name, value in data.items() if value is not None}
    there.update({name: shape.text(there[name], name) for name in _TEXTS if name in there})
    there.update({name: time_from_text(there[name]) for name in _TIMES if name in there})
    there.update({name: read(there[name]) for name, read in _MAPPINGS.items() if name in there})
    return Entity(**{name: there[name] for name in _NAMES if name in there})


def association_to_dict(association: Association) -> dict[str, Any]:
    """One association as plain JSON values."""
    names = ("source", "destination", "type", "created", "created_by")
    return _filled((name, getattr(association, name)) for name in names)


def association_from_dict(data: Mapping[str, Any]) -> Association:
    """The association `association_to_dict` made this of.

    Raises:
        FormatError: when a key is missing or holds what it cannot.
    """
    type = shape.of(data, "an association", dict).get("type")
    if type is not None and type not in ASSOCIATION_TYPES:
        raise shape.wrong("an association's type", type, f"one of {', '.join(ASSOCIATION_TYPES)}")
    created = data.get("created")
    return Association(
        shape.required(data, "source"),
        shape.required(data, "destination"),
        type,
        None if created is None else time_from_text(created),
        None if data.get("created_by") is None else shape.text(data["created_by"], "created_by"),
    )


def graph_to_dict(graph: LineageGraph) -> dict[str, Any]:
    """A graph as plain JSON values: `entities` and `associations`, in order."""
    return {
        "entities": [entity_to_dict(entity) for entity in graph.entities.values()],
        "associations": [association_to_dict(edge) for edge in graph.associations],
    }


def graph_from_dict(data: Mapping[str, Any]) -> LineageGraph:
    """The graph `graph_to_dict` made this of.

    Raises:
        FormatError: when an entity or association is not one.
    """
    shape.of(data, "a graph", dict)
    return LineageGraph.of(
        shape.each(data, "entities", entity_from_dict),
        shape.each(data, "associations", association_from_dict),
    )


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """A whole answer as plain JSON values, with the format's name and version."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "question": _filled(
            (name, getattr(answer.question, name)) for name in ("verb", "subjects", "options")
        ),
        "complete": answer.complete,
        "focus": list(answer.focus),
        "found": None if answer.found is None else list(answer.found),
        "gaps": [_filled(gap._asdict().items()) for gap in answer.gaps],
        "graph": graph_to_dict(answer.graph),
    }


def answer_from_dict(data: Mapping[str, Any]) -> Answer:
    """The answer `answer_to_dict` made this of; a graph alone is an answer without a question.

    Raises:
        FormatError: when it is no such document, or of a later version.
    """
    shape.of(data, "a lineage document", dict)
    if "graph" not in data and "format" not in data and "entities" in data:
        return Answer(graph_from_dict(data))
    _check_header(data)
    found = data.get("found")
    return Answer(
        graph_from_dict(data.get("graph") or {}),
        shape.texts(data, "focus"),
        _question(shape.of(data.get("question") or {}, "a question", dict)),
        shape.each(data, "gaps", _gap),
        None if found is None else shape.texts(data, "found"),
    )


def time_to_text(moment: datetime) -> str:
    """A time as ISO 8601 in UTC; one that knows no zone is taken to be UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def time_from_text(text: str) -> datetime:
    """The time of an ISO 8601 text, in UTC.

    Raises:
        FormatError: when it is not one.
    """
    try:
        # Python 3.10 reads no trailing Z.
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc)
    # In UTC, the first hours of the year 1 and the last of 9999 are no longer in either.
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise shape.wrong("a time", text, "ISO 8601, as 2026-01-31T12:00:00Z") from error


def plain(value: Any) -> Any:
    """`value` in JSON's own types: mappings and sequences copied, times as text, the rest `str`."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)  # JSON has none of them, and a browser refuses what holds one
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime):
        return time_to_text(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return str(value)


def _filled(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: plain(value) for name, value in pairs if value}


def _check_header(data: Mapping[str, Any]) -> None:
    if data.get("format") != FORMAT:
        raise shape.wrong("the document's format", data.get("format"), FORMAT)
    version = data.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise shape.wrong(
            "the document's version", version, f"at most {VERSION}; upgrade sm_lineage_magics"
        )


def _question(data: Mapping[str, Any]) -> Question:
    options = shape.of(data.get("options") or {}, "a question's options", dict)
    verb = shape.text(data.get("verb", ""), "verb")
    return Question(verb, shape.texts(data, "subjects"), MappingProxyType(dict(options)))


def _gap(data: Mapping[str, Any]) -> Gap:
    kinds: tuple[GapKind, ...] = get_args(GapKind)
    kind = shape.of(data, "a gap", dict).get("kind")
    if kind not in kinds:
        raise shape.wrong("a gap's kind", kind, f"one of {', '.join(kinds)}")
    return Gap(
        kind, shape.text(data.get("where", ""), "where"), shape.text(data.get("why", ""), "why")
    )
