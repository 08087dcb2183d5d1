"""What an explorer shows, as a frozen value: every click is a new one.

>>> state = State.of(answer)
>>> state.hiding("image").selecting(model.arn).visible.entities
mappingproxy({…})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from sm_lineage_magics.model import Answer, Direction, Gap, LineageGraph, Mark, Role, role_of
from sm_lineage_magics.model.entity import nothing

# An entity and the way that is looked from it.
Step = tuple[str, Direction]
# A way from the focus, and the way back.
_WAYS: tuple[tuple[Direction, Direction], ...] = (
    ("upstream", "downstream"),
    ("downstream", "upstream"),
)


@dataclass(frozen=True)
class State:
    """One moment of an explorer.

    Attributes:
        answer: everything fetched so far, with its focus and gaps.
        hidden: roles switched off in the legend.
        folded: (ARN, direction) pairs whose further lineage is put away.
        opened: id of a group → how many of its members are shown one by one.
        features: ARN of a feature group or query → how many of its features are drawn.
        depth: levels from the focus that are shown; None for all.
        direction: on which side of the focus.
        selected: ARN of what was clicked, or None.
        search: text looked for; empty for none.
        border: where the first answer ended, less what was asked since; None before that.
        marks: ARN → how it is marked: added, removed, changed, …
    """

    answer: Answer
    hidden: frozenset[Role] = frozenset()
    folded: frozenset[tuple[str, Direction]] = frozenset()
    opened: Mapping[str, int] = field(default_factory=nothing, hash=False)
    features: Mapping[str, int] = field(default_factory=nothing, hash=False)
    depth: int | None = None
    direction: Direction = "both"
    selected: str | None = None
    search: str = ""
    border: frozenset[Step] | None = None
    marks: Mapping[str, Mark] = field(default_factory=nothing, hash=False)

    @cached_property
    def visible(self) -> LineageGraph:
        """The part of the graph that is shown: reached from the focus without what is put away."""
        graph = self.answer.graph
        reached = self._reached() if self.answer.focus else graph.entities
        shown = [arn for arn in graph.entities if arn in reached and self._switched_on(arn)]
        return graph if len(shown) == len(graph) else graph.induced(shown)

    def _switched_on(self, arn: str) -> bool:
        if not self.hidden or arn in self.answer.focus:
            return True
        return role_of(self.answer.graph.entities[arn]) not in self.hidden

    @cached_property
    def hits(self) -> tuple[str, ...]:
        """ARNs of what is shown and answers to the search, in the graph's order."""
        text = self.search.casefold().strip()
        if not text:
            return ()
        return tuple(
            arn
            for arn, entity in self.visible.entities.items()
            if text in f"{entity.label}\n{entity.source_uri}\n{entity.type}".casefold()
        )

    @property
    def lit(self) -> frozenset[str]:
        """What lies on a way between the focus and the selection."""
        if self.selected is None or self.selected in self.answer.focus:
            return frozenset()
        return self.way_to(self.selected)

    def way_to(self, arn: str) -> frozenset[str]:
        """What lies on any way between the focus and an entity, both included."""
        graph, focus = self.visible, self.answer.focus
        for there, back in _WAYS:
            out = graph.distances(focus, there)
            if arn in out:
                return frozenset(out) & frozenset(graph.distances([arn], back))
        return frozenset()

    def grown(self, more: Answer, asked: Step | None = None) -> State:
        """With what a backend added; focus and question stay.

        Args:
            more: the answer to be added.
            asked: the entity, and the way from it, that it answers. Once the whole border of the
                first answer has been asked, nothing of it lies beyond its depth any more.
        """
        border = _border(self.answer) if self.border is None else self.border
        border -= {asked} if asked else set()
        seen = tuple(gap for gap in more.gaps if gap.kind != "beyond-depth")
        still = tuple(gap for gap in self.answer.gaps if not _filled(gap, border))
        answer = replace(self.answer, graph=self.answer.graph | more.graph, gaps=still)
        return replace(self, answer=answer.with_gaps(seen), border=border)

    def selecting(self, arn: str | None) -> State:
        """With another selection."""
        return replace(self, selected=arn)

    def hiding(self, role: Role) -> State:
        """With a role switched off, or on again."""
        return replace(self, hidden=self.hidden ^ {role})

    def folding(self, arn: str, direction: Direction) -> State:
        """With what lies beyond an entity put away."""
        return replace(self, folded=self.folded | {(arn, direction)})

    def unfolding(self, arn: str, direction: Direction) -> State:
        """With what lies beyond an entity shown again."""
        return replace(self, folded=self.folded - {(arn, direction)})

    def opening(self, group: str, shown: int) -> State:
        """With so many of a group's members shown one by one."""
        return replace(self, opened=MappingProxyType({**self.opened, group: shown}))

    def featuring(self, arn: str, drawn: int) -> State:
        """With so many of an entity's features drawn; with none of them for 0."""
        others = {each: number for each, number in self.features.items() if each != arn}
        features = others | ({arn: drawn} if drawn else {})
        return replace(self, features=MappingProxyType(features))

    def searching(self, text: str) -> State:
        """With another search; its first hit is selected, and nothing where there is none."""
        found = replace(self, search=text)
        if not text.strip():
            return found
        return found.selecting(found.hits[0] if found.hits else None)

    def next_hit(self, step: int = 1) -> State:
        """With the next hit selected, or the one before; round at the ends.

        Where nothing is searched, everything that is shown is a hit: without a pointer, too, each
        entity can be reached.
        """
        among = self.hits if self.search.strip() else tuple(self.visible.entities)
        if not among:
            return self
        here = among.index(self.selected) if self.selected in among else min(-step, 0)
        return self.selecting(among[(here + step) % len(among)])

    def _reached(self) -> set[str]:
        sides: tuple[Direction, ...] = ("upstream", "downstream")
        wanted = sides if self.direction == "both" else (self.direction,)
        return {arn for side in wanted for arn in self._reached_on(side)} | {*self.answer.focus}

    def _reached_on(self, side: Direction) -> Iterable[str]:
        """The focus' own side first; then whatever was expanded on the other side of that."""
        graph = self.answer.graph
        seen = dict.fromkeys(self.answer.focus, 0)
        frontier = list(seen)
        while frontier:
            following = [
                (arn, seen[here] + 1)
                for here in frontier
                for arn in self._beyond(graph, here, side)
                if arn in graph and arn not in seen
            ]
            following = [(arn, away) for arn, away in following if self._within(away)]
            seen.update(following)
            frontier = list(dict.fromkeys(arn for arn, _ in following))
        return seen

    def _beyond(self, graph: LineageGraph, arn: str, side: Direction) -> Iterable[str]:
        ways: tuple[Direction, ...] = (
            ("upstream", "downstream") if arn not in self.answer.focus else (side,)
        )
        for way in ways:
            if (arn, way) not in self.folded:
                yield from (
                    graph.upstream_of([arn]) if way == "upstream" else graph.downstream_of([arn])
                )

    def _within(self, away: int) -> bool:
        return self.depth is None or away <= self.depth


def _border(answer: Answer) -> frozenset[Step]:
    """The furthest entities on either side of the focus: beyond them an answer of a depth ends."""
    ways: tuple[Direction, ...] = ("upstream", "downstream")
    away = {way: answer.graph.distances(answer.focus, way) for way in ways}
    return frozenset(
        (arn, way)
        for way, hops in away.items()
        for arn, distance in hops.items()
        if distance == max(hops.values())
    )


def _filled(gap: Gap, border: Iterable[Step]) -> bool:
    """Whether all that a gap says to lie beyond has been asked for."""
    # The reason is written for people; of the way it only ever says one of two words.
    way = "downstream" if "downstream" in gap.why else "upstream"
    return gap.kind == "beyond-depth" and way not in {side for _, side in border}
