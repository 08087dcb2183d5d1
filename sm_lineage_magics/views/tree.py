"""An answer as a tree in plain text, what was asked about at its root.

    upstream churn
    ● churn · model
    └─← train-churn · training job · Completed
       ├─← train.csv · data set
       │  └─← join-customers · query
       └─← xgboost:1.7 · image
    4 entities: …

`←` leads upstream, `→` downstream. What was drawn before is not drawn again: `(above)`. Depth goes
to the right only so far; what lies deeper is continued under a number, flush left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from ..model import Answer, Association, Direction, LineageGraph, last_part, steps_of
from .naming import gap_lines, kinds_of, summary_of, title_of, what_is
from .words import columns, one_line, shortened

_ARROWS: dict[Direction, str] = {"upstream": "←", "downstream": "→"}

# Contributed to and produced follow from the arrow and what the two are; the others are said.
_SAID = {"DerivedFrom": "derived: ", "AssociatedWith": "associated: ", "SameAs": "same as: "}


@dataclass(frozen=True)
class Limits:
    """How large a tree may become; what is left out is counted in its place.

    Attributes:
        width: columns.
        lines: lines of entities.
        children: branches drawn of one entity.
        depth: levels indented before the tree goes on flush left.
    """

    width: int = 100
    lines: int = 400
    children: int = 25
    depth: int = 12


STANDARD = Limits()


def tree(answer: Answer, limits: Limits = STANDARD) -> str:
    """Title, a tree for each entity asked about, what they do not reach, the count and the gaps."""
    drawn = islice(_Drawing(answer.graph, limits).lines(answer.focus), limits.lines + 1)
    lines = [title_of(answer), *drawn]
    if len(lines) > limits.lines + 1:
        lines[-1] = f"… and more than these {limits.lines:,} lines; the table has it all"
    lines += (summary_of(answer), *(f"! {line}" for line in gap_lines(answer)))
    return "\n".join(lines)


@dataclass(frozen=True)
class _Branch:
    """An entity about to be drawn: how it was come to, and what stands left of it."""

    arn: str
    way: Direction
    via: Association | None = None
    depth: int = 0
    start: str = ""
    indent: str = ""

    def child(self, arn: str, way: Direction, via: Association, *, last: bool) -> _Branch:
        said = _SAID.get(via.type or "", "")
        start = f"{self.indent}{'└─' if last else '├─'}{_ARROWS[way]} {said}"
        indent = self.indent + ("   " if last else "│  ")
        return _Branch(arn, way, via, self.depth + 1, start, indent)

    @property
    def keys(self) -> set[tuple[str, Direction]]:
        return {(self.arn, way) for way in steps_of(self.way)}


class _Drawing:
    """Goes through a graph depth first, without recursion, and remembers what it drew."""

    def __init__(self, graph: LineageGraph, limits: Limits) -> None:
        self.graph = graph
        self.limits = limits
        self.drawn: set[tuple[str, Direction]] = set()
        self.counted: dict[Direction, list[str]] = {}
        self.postponed: list[_Branch] = []
        self.numbers = count(1)

    def lines(self, focus: Sequence[str]) -> Iterator[str]:
        """Every line, lazily: the caller stops when it has enough."""
        for arn in focus:
            yield from self._rooted(_Branch(arn, "both", start="● "))
        reached = {arn for arn, _ in self.drawn}
        for way, arns in self.counted.items():
            reached |= self.graph.distances(arns, way).keys()
        rest = [arn for arn in self.graph.entities if arn not in reached]
        for arn in sorted(rest, key=lambda arn: bool(self.graph.incoming.get(arn))):
            if (arn, "downstream") not in self.drawn:
                yield from self._rooted(_Branch(arn, "downstream", start="• "))

    def _rooted(self, root: _Branch) -> Iterator[str]:
        yield from self._depth_first(root)
        while self.postponed:
            yield from self._depth_first(self.postponed.pop(0))

    def _depth_first(self, root: _Branch) -> Iterator[str]:
        waiting: list[_Branch | str] = [root]
        while waiting:
            branch = waiting.pop()
            if isinstance(branch, str):
                yield branch
                continue
            links = self._links(branch)
            yield self._line(branch, self._ending(branch, links=bool(links)))
            if branch.keys <= self.drawn or not links:
                self.drawn |= branch.keys
            elif branch.depth < self.limits.depth:
                self.drawn |= branch.keys
                waiting.extend(reversed(self._children(branch, links)))

    def _links(self, branch: _Branch) -> list[tuple[str, Direction, Association]]:
        return [
            (arn, way, edge)
            for way in steps_of(branch.way)
            for arn, edge in self.graph.step([branch.arn], way)
        ]

    def _ending(self, branch: _Branch, *, links: bool) -> str:
        """What follows the name when the branches are to be found in another place."""
        if not links or branch.via is None:
            return ""
        if branch.keys <= self.drawn:
            return " (above)"
        if branch.depth < self.limits.depth:
            return ""
        mark = f"[{next(self.numbers)}]"
        self.postponed.append(_Branch(branch.arn, branch.way, start=f"{mark} "))
        return f" … {mark}"

    def _children(
        self, branch: _Branch, links: Sequence[tuple[str, Direction, Association]]
    ) -> list[_Branch | str]:
        shown, hidden = links[: self.limits.children], links[self.limits.children :]
        last = None if hidden else shown[-1]
        children: list[_Branch | str] = [branch.child(*link, last=link is last) for link in shown]
        for arn, way, _ in hidden:
            self.counted.setdefault(way, []).append(arn)
        if hidden:
            roles = (self.graph.roles[arn] for arn, _, _ in hidden if arn in self.graph)
            children.append(f"{branch.indent}└─ +{len(hidden):,} more: {kinds_of(roles)}")
        return children

    def _line(self, branch: _Branch, ending: str) -> str:
        entity = self.graph.entities.get(branch.arn)
        if entity is None:
            name, rest = last_part(branch.arn) or branch.arn, " · missing"
        else:
            rest = "".join(
                f" · {one_line(word)}" for word in (what_is(entity), entity.status) if word
            )
            name = entity.label
        room = self.limits.width - columns(branch.start + rest + ending)
        return branch.start + shortened(name, max(room, 12)) + rest + ending
