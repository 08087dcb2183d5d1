"""The service's limits, read from botocore's own model: lengths, patterns, enums, ranges.

>>> list(complaints(model.operation_model("CreateContext").input_shape, {"ContextName": "a b"}))
["Value 'a b' at 'contextName' failed to satisfy constraint: Member must satisfy regular …", …]

botocore itself refuses only what is missing, of the wrong type or too small, so maxima, patterns
and enums reach the service, which answers with a `ValidationException` in the form made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .refusal import invalid

Check = Callable[[Any, str], Iterator[str]]

# Java's character classes, as the tags' patterns use them, in Python's. `\w` is letters, numbers
# and the underscore, which those patterns allow beside them.
_JAVA_CLASSES = {
    r"\p{L}": r"\w",
    r"\p{N}": r"\w",
    r"\p{Z}": " \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    # Java's dot stops at more line breaks than Python's. So a property value holds no line break.
    ".*": "[^\n\r\u0085\u2028\u2029]*",
    ".+": "[^\n\r\u0085\u2028\u2029]+",
}


def check(shape: Shape, request: Mapping[str, Any]) -> None:
    """Refuse a request that breaks its shape's limits.

    Raises:
        Refusal: `ValidationException` that lists every complaint, as the service does.
    """
    found = list(complaints(shape, request))
    if found:
        plural = "s" if len(found) > 1 else ""
        raise invalid(f"{len(found)} validation error{plural} detected: {'; '.join(found)}")


def complaints(shape: Shape, value: Any) -> Iterator[str]:
    """Everything that is wrong with a value, in the service's words."""
    return _check_of(shape)(value, "")


@lru_cache(maxsize=2048)
def _check_of(shape: Shape) -> Check:
    if isinstance(shape, StructureShape):
        return _structure(shape)
    if isinstance(shape, ListShape):
        return _list(shape)
    if isinstance(shape, MapShape):
        return _map(shape)
    return _scalar(shape)


def _structure(shape: StructureShape) -> Check:
    members = shape.members
    required = [_lower(name) for name in shape.required_members]

    def checked(value: Mapping[str, Any], path: str) -> Iterator[str]:
        given = {_lower(name) for name, one in value.items() if one is not None}
        for name in required:
            if name not in given:
                yield _complaint(None, _inside(path, name), "Member must not be null")
        for name, one in value.items():
            if name in members and one is not None:
                # Looked up late, since shapes may hold themselves: a search within a search.
                yield from _check_of(members[name])(one, _inside(path, _lower(name)))

    return checked


def _list(shape: ListShape) -> Check:
    sizes = _sizes(shape)
    if isinstance(shape.member, StructureShape):

        def structures(value: list[Any], path: str) -> Iterator[str]:
            yield from _length_complaints(sizes, value, path)
            for position, one in enumerate(value, start=1):
                yield from _check_of(shape.member)(one, f"{path}.{position}.member")

        return structures
    return _collection(sizes, [("Member", _constraints(shape.member), iter)])


def _map(shape: MapShape) -> Check:
    return _collection(
        _sizes(shape),
        [
            ("Map keys", _constraints(shape.key), dict.keys),
            ("Map value", _constraints(shape.value), dict.values),
        ],
        inner=_check_of(shape.value) if isinstance(shape.value, StructureShape) else None,
    )


Constraint = tuple[str, Callable[[Any], bool]]
Sides = list[tuple[str, list[Constraint], Callable[[Any], Iterable[Any]]]]


def _collection(sizes: list[Constraint], sides: Sides, inner: Check | None = None) -> Check:
    def checked(value: Any, path: str) -> Iterator[str]:
        yield from _length_complaints(sizes, value, path)
        for word, constraints, parts in sides:
            if any(not holds(part) for part in parts(value) for _, holds in constraints):
                texts = ", ".join(text for text, _ in constraints)
                yield _complaint(value, path, f"{word} must satisfy constraint: [{texts}]")
        if inner is not None:
            for key, one in value.items():
                yield from inner(one, f"{path}.{key}.member")

    return checked


def _scalar(shape: Shape) -> Check:
    constraints = _constraints(shape)

    def checked(value: Any, path: str) -> Iterator[str]:
        for text, holds in constraints:
            if not holds(value):
                yield _complaint(value, path, text)

    return checked


def _constraints(shape: Shape) -> list[Constraint]:
    if shape.type_name in ("integer", "long", "float", "double"):
        return _ranges(shape)
    return [*_sizes(shape), *_pattern(shape), *_enum(shape)] if shape.type_name == "string" else []


def _sizes(shape: Shape) -> list[Constraint]:
    return _bounds(shape, "length", len)


def _ranges(shape: Shape) -> list[Constraint]:
    return _bounds(shape, "value", lambda number: number)


def _bounds(shape: Shape, word: str, measure: Callable[[Any], float]) -> list[Constraint]:
    most, least = shape.metadata.get("max"), shape.metadata.get("min")
    found: list[Constraint] = []
    if most is not None:
        text = f"Member must have {word} less than or equal to {most}"
        found.append((text, lambda value: measure(value) <= most))
    if least is not None:
        text = f"Member must have {word} greater than or equal to {least}"
        found.append((text, lambda value: measure(value) >= least))
    return found


def _pattern(shape: Shape) -> list[Constraint]:
    pattern = shape.metadata.get("pattern")
    if pattern is None:
        return []
    try:
        matches = re.compile(_in_python(pattern)).fullmatch
    except re.error:
        # Some of Java's patterns (none of the lineage operations') cannot be said in Python.
        return []
    text = f"Member must satisfy regular expression pattern: {pattern}"
    return [(text, lambda value: matches(value) is not None)]


def _in_python(pattern: str) -> str:
    for java, python in _JAVA_CLASSES.items():
        pattern = pattern.replace(java, python)
    return pattern


def _enum(shape: Shape) -> list[Constraint]:
    values = shape.metadata.get("enum")
    if not values:
        return []
    return [(f"Member must satisfy enum value set: [{', '.join(values)}]", values.__contains__)]


def _length_complaints(sizes: list[Constraint], value: Any, path: str) -> Iterator[str]:
    return (_complaint(value, path, text) for text, holds in sizes if not holds(value))


def _complaint(value: Any, path: str, text: str) -> str:
    shown = "null" if value is None else f"'{_shown(value)}'"
    return f"Value {shown} at '{path}' failed to satisfy constraint: {text}"


def _shown(value: Any) -> str:
    # Java prints its collections without quotes: [a, b] and {a=b}.
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={_shown(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return str(value)


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
