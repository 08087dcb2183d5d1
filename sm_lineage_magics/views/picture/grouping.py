"""A large answer made small enough to read: what stands in the same place becomes `37 models`.

>>> small = grouped(answer, cap=40)
>>> [(group.id, len(group.members)) for group in small.groups]
[('group:downstream:3:model', 37)]

What was asked about, and what the caller wants to keep, is never grouped. First entities that share
all their neighbours, largest groups first and no more than needed; if that is not enough, those of
one role the same number of hops away; and in a graph so deep that even that is too much, everything
beyond some number of hops.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType

from ...model import Answer, LineageGraph, Mark, Role, role_of
from ..rows import Way, places_of

CAP = 40

_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Group:
    """Entities drawn as one.

    Attributes:
        id: the same whenever the same place is grouped; what `opened` takes.
        members: ARNs, in the answer's order.
        way: on which side of the focus they lie.
        hops: the least and greatest distance from it.
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
    """An answer's entities, part of them one by one, part of them in groups."""

    single: tuple[str, ...]
    groups: tuple[Group, ...] = ()

    @cached_property
    def home(self) -> Mapping[str, str]:
        """Of every entity, the id it is drawn under: its own ARN or its group's."""
        home = {arn: arn for arn in self.single}
        home.update({arn: group.id for group in self.groups for arn in group.members})
        return MappingProxyType(home)


Key = tuple[Hashable, ...]
Place = tuple[Way, int]
Neighbours = tuple[frozenset[str], frozenset[str]]


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
    graph = answer.graph
    if len(graph) <= cap:
        return Grouped(tuple(graph.entities))
    places = _places(answer)
    kept = {*answer.focus, *keep}
    free = [arn for arn in graph.entities if arn not in kept]
    room = max(cap - (len(graph) - len(free)), 1)

    by_place: dict[str, Key] = {
        arn: (*places[arn], role_of(graph.entities[arn]), marks.get(arn, "")) for arn in free
    }

    def by_neighbours(arn: str) -> Key:
        return (*by_place[arn], _neighbours(graph, arn))

    folded = (
        _folded(free, by_neighbours, room)
        or _folded(free, by_place.__getitem__, room)
        or _folded(free, _nearer(places, by_place, room), room, whole=True)
    )
    return _as_groups(graph, folded, places, opened)


def _places(answer: Answer) -> dict[str, Place]:
    """Side and distance of every entity; of what the focus does not reach, from its own sources."""
    graph = answer.graph
    places: dict[str, Place] = dict(places_of(answer))
    rest = [arn for arn in graph.entities if arn not in places]
    sources = [arn for arn in rest if not graph.incoming.get(arn)]
    distances = graph.distances(sources, "downstream")
    return places | {arn: ("", distances.get(arn, 0)) for arn in rest}


def _folded(
    free: Iterable[str], key: Callable[[str], Key], room: int, *, whole: bool = False
) -> dict[Key, list[str]]:
    """The buckets to draw as one, largest first, until the rest fits; nothing if it never does."""
    buckets: dict[Key, list[str]] = {}
    for arn in free:
        buckets.setdefault(key(arn), []).append(arn)
    left = sum(map(len, buckets.values()))
    folded: dict[Key, list[str]] = {}
    for bucket in sorted(buckets, key=lambda each: -len(buckets[each])):
        if left <= room or len(buckets[bucket]) < 2:
            break
        folded[bucket] = buckets[bucket]
        left -= len(buckets[bucket]) - 1
    return folded if left <= room or whole else {}


def _nearer(
    places: Mapping[str, Place], by_place: Mapping[str, Key], room: int
) -> Callable[[str], Key]:
    """Like `by_place` as far out as there is room for, all that is further in one group a side."""
    keys: dict[int, set[Key]] = {}
    for arn, place in by_place.items():
        keys.setdefault(places[arn][1], set()).add(place)
    sides = len({way for way, _ in places.values()})
    reach, used = 0, sides
    for hop in sorted(keys):
        used += len(keys[hop])
        if used > room:
            break
        reach = hop

    def key(arn: str) -> Key:
        way, hop = places[arn]
        return by_place[arn] if hop <= reach else (way, f"{reach + 1}+")

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
    return Grouped(tuple(arn for arn in graph.entities if arn not in hidden), tuple(groups))


def _group(
    id: str,
    members: Sequence[str],
    shown: int,
    graph: LineageGraph,
    places: Mapping[str, Place],
) -> Group:
    hops = [places[arn][1] for arn in members]
    roles = {role_of(graph.entities[arn]) for arn in members}
    return Group(
        id,
        tuple(members),
        places[members[0]][0],
        (min(hops), max(hops)),
        roles.pop() if len(roles) == 1 else None,
        shown,
    )
