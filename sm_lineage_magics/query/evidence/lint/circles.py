"""Where data would flow in a circle.

>>> list(circles({"a": ["c"], "b": ["a"], "c": ["b"], "d": ["a"]}))
[['a', 'b', 'c', 'a']]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Origins = Mapping[str, Iterable[str]]


def circles(origins: Origins) -> Iterator[list[str]]:
    """Circles in the direction of the data, none sharing an entity with another.

    A circle that shares an entity with one that was told is not told. Every origin is looked at
    once, however many circles there are.

    Args:
        origins: what each entity was made from.
    """
    seen: set[str] = set()
    for arn in origins:
        if arn not in seen:
            yield from _met_from(arn, origins, seen)


def _met_from(start: str, origins: Origins, seen: set[str]) -> Iterator[list[str]]:
    """Depth first from origin to origin; without recursion, for long chains."""
    way = {start: iter(origins.get(start, ()))}
    seen.add(start)
    while way:
        arn = next(reversed(way))
        origin = next(way[arn], None)
        if origin is None:
            del way[arn]
        elif origin in way:
            yield [origin, *_taken_back(way, origin)]
        elif origin not in seen:
            seen.add(origin)
            way[origin] = iter(origins.get(origin, ()))


def _taken_back(way: dict[str, Iterator[str]], until: str) -> Iterator[str]:
    while until in way:
        yield way.popitem()[0]
