"""A large answer made small enough to read: what stands in the same place becomes `37 models`.

>>> small = grouped(answer, cap=40)
>>> [(group.id, len(group.members)) for group in small.groups]
[('group:downstream:3:model', 37)]

What was asked about, and what the caller wants to keep, is never grouped. First entities that share
all their neighbours, largest groups first and no more than needed; if that is not enough, those of
one role and depth; and in a graph so deep that even that is too much, everything beyond some depth.

Depth goes by the longest way from the focus, hops by the shortest: of what is as many hops away
each may feed the other, and two groups of it would, though no entity does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType

from ...model import Answer, LineageGraph, Mark, Role
from ..rows import Way, places_of
from .depths import depths

CAP = 40

_NONE: Mapping[str, int] = MappingProxyType({})

Key = tuple[Hashable, ...]
Place = tuple[Way, int]
Neighbours = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Group:
    """Entities drawn as one.

    Attributes:
        id: the same whenever the same place is grouped; what `opened` takes.
        members: ARNs, in the answer's order.
        way: on which side of the focus they lie.
        hops: the least and greatest distance from it; 0 on neither side.
        role: what they all are; None when they differ.
        shown: how many more of the place are drawn one by one beside the group.
    """

    id: str
    members: tuple[str, ...]
    way: Way
    hops: tuple[int, int]
    role: Role | None
    shown: int = 0


@dataclass(frozen=True)
class Grouped:
    """An answer's entities, part of them one by one, part of them in groups.

    Attributes:
        single: ARNs of what is drawn one by one, in the answer's order.
        groups: the groups.
        places: of every entity the side of the focus and the distance from it.
    """

    single: tuple[str, ...]
    groups: tuple[Group, ...]
    places: Mapping[str, Place]

    @cached_property
    def home(self) -> Mapping[str, str]:
        """Of every entity, the id it is drawn under: its own ARN or its group's."""
        home = {arn: arn for arn in self.single}
        home.update({arn: group.id for group in self.groups for arn in group.members})
        return MappingProxyType(home)


def grouped(
    answer: Answer,
    cap: int = CAP,
    keep: Collection[str] = (),
    opened: Mapping[str, int] = _NONE,
    marks: Mapping[str, Mark] = MappingProxyType({}),
) -> Grouped:
    """At most about `cap` things to draw.

    Args:
        answer: what to draw.
        cap: how many entities and groups; what is kept and opened comes on top.
        keep: ARNs never to group, besides the focus.
        opened: id of a group → how many of its members to draw one by one.
        marks: ARN → mark; only entities of the same mark share a group.
    """
    graph, places = answer.graph, _places(answer)
    if len(graph) <= cap:
        return Grouped(tuple(graph.entities), (), places)
    depth = _depths(graph, places)
    kept = {*answer.focus, *keep}
    free = [arn for arn in graph.entities if arn not in kept]
    room = max(cap - (len(graph) - len(free)), 1)

    by_place: dict[str, Key] = {
        arn: (places[arn][0], depth[arn], graph.roles[arn], marks.get(arn, "")) for arn in free
    }

    def by_neighbours(arn: str) -> Key:
        return (*by_place[arn], _neighbours(graph, arn))

    folded = (
        _folded(free, by_neighbours, room)
        or _folded(free, by_place.__getitem__, room)
        or _folded(free, _nearer(depth, by_place, room), room, whole=True)
    )
    return _as_groups(graph, folded, places, opened)


def _places(answer: Answer) -> dict[str, Place]:
    """Side and distance of every entity, nearest first; what is not reached is on neither side."""
    places = places_of(answer)
    return places | {arn: ("", 0) for arn in answer.graph.entities if arn not in places}


def _depths(graph: LineageGraph, places: Mapping[str, Place]) -> dict[str, int]:
    """How deep every entity lies, from the focus on its side; on neither, from its own sources."""
    sides: dict[Way, list[str]] = {}
    for arn, (way, _) in places.items():
        sides.setdefault(way, []).append(arn)
    focus = sides.pop("focus", [])
    depth: dict[str, int] = {}
    for way, side in sides.items():
        pairs = (edge.pair for edge in graph.associations)
        away = ((end, start) for start, end in pairs) if way == "upstream" else pairs
        depth |= depths([*focus, *side] if way else side, away)
    return depth


def _folded(
    free: Iterable[str], key: Callable[[str], Key], room: int, *, whole: bool = False
) -> dict[Key, list[str]]:
    """The buckets to draw as one, largest first, until the rest fits; nothing if it never does."""
    buckets: dict[Key, list[str]] = {}
    for arn in free:
        buckets.setdefault(key(arn), []).append(arn)
        # One of each is left at least.
        if len(buckets) > room and not whole:
            return {}
    left = sum(map(len, buckets.values()))
    folded: dict[Key, list[str]] = {}
    for bucket in sorted(buckets, key=lambda each: -len(buckets[each])):
        if left <= room or len(buckets[bucket]) < 2:
            break
        folded[bucket] = buckets[bucket]
        left -= len(buckets[bucket]) - 1
    return folded if left <= room or whole else {}


def _nearer(
    depth: Mapping[str, int], by_place: Mapping[str, Key], room: int
) -> Callable[[str], Key]:
    """Like `by_place` as far out as there is room for, all that is further in one group a side."""
    keys: dict[int, set[Key]] = {}
    for arn, place in by_place.items():
        keys.setdefault(depth[arn], set()).add(place)
    sides = len({place[0] for place in by_place.values()})
    reach, used = 0, sides
    for level in sorted(keys):
        used += len(keys[level])
        if used > room:
            break
        reach = level

    def key(arn: str) -> Key:
        place = by_place[arn]
        return place if depth[arn] <= reach else (place[0], f"{reach + 1}+")

    return key


def _neighbours(graph: LineageGraph, arn: str) -> Neighbours:
    return (
        frozenset(edge.source for edge in graph.incoming.get(arn, ())),
        frozenset(edge.destination for edge in graph.outgoing.get(arn, ())),
    )


def _named(part: Hashable) -> str:
    """A part of a group's key as a part of its id; of neighbours a digest: there may be many."""
    if not isinstance(part, tuple):
        return str(part)
    sources, destinations = part
    around = "\n".join(
        (*(f"<{a}" for a in sorted(sources)), *(f">{a}" for a in sorted(destinations)))
    )
    return blake2b(around.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _as_groups(
    graph: LineageGraph,
    folded: Mapping[Key, Sequence[str]],
    places: Mapping[str, Place],
    opened: Mapping[str, int],
) -> Grouped:
    groups = []
    for key, members in folded.items():
        id = ":".join(("group", *(_named(part) for part in key if part != "")))
        shown = min(opened.get(id, 0), len(members))
        if shown < len(members):
            groups.append(_group(id, members[shown:], shown, graph, places))
    hidden = {arn for group in groups for arn in group.members}
    single = tuple(arn for arn in graph.entities if arn not in hidden)
    return Grouped(single, tuple(groups), places)


def _group(
    id: str,
    members: Sequence[str],
    shown: int,
    graph: LineageGraph,
    places: Mapping[str, Place],
) -> Group:
    hops = [places[arn][1] for arn in members]
    roles = {graph.roles[arn] for arn in members}
    return Group(
        id,
        tuple(members),
        places[members[0]][0],
        (min(hops), max(hops)),
        roles.pop() if len(roles) == 1 else None,
        shown,
    )
