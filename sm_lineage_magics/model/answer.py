"""What every question returns: the graph, what answers it, and what is missing from it.

>>> answer = lineage.upstream("model:churn")
>>> answer.complete, [entity.label for entity in answer]
(True, ['train-churn', 'train.csv', …])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, overload

from ..errors import FormatError
from .entity import Entity, nothing
from .formats import formats
from .graph import LineageGraph
from .wording import counted

GapKind = Literal[
    "truncated",
    "throttled",
    "denied",
    "missing",
    "failed",
    "interrupted",
    "beyond-depth",
    "not-recorded",
    "other-account",
    "unresolved",
    "inferred",
]


# What word processors, chats and web pages make of `--` and of quotation marks.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
CURLY = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"

# Behind these something may be recorded that could not be seen.
_HIDING: frozenset[GapKind] = frozenset(
    {"truncated", "throttled", "denied", "failed", "interrupted", "other-account"}
)


class Gap(NamedTuple):
    """One thing an answer could not see.

    Attributes:
        kind: what sort of thing is missing.
        where: the ARN, name or operation at which it is missing.
        why: one sentence a person can act on.
    """

    kind: GapKind
    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.why}"


class Question(NamedTuple):
    """What was asked, so that an answer can say it and a click can be repeated as text."""

    verb: str
    subjects: tuple[str, ...] = ()
    options: Mapping[str, Any] = nothing()

    def __str__(self) -> str:
        options = (_option(name, value) for name, value in self.options.items())
        return " ".join((self.verb, *map(quoted, self.subjects), *filter(None, options)))


@dataclass(frozen=True)
class Answer(Sequence[Entity]):
    """Entities that answer a question, in a deterministic order, with the graph around them.

    It is a sequence of the entities found; `graph` also holds the focus and whatever lies on the
    way. It draws itself in any registered format.

    Attributes:
        graph: everything seen.
        focus: ARNs of what was asked about.
        question: what was asked.
        gaps: what could not be seen; empty when the answer is complete.
        found: ARNs of the entities that answer; all of the graph but the focus when None.
    """

    graph: LineageGraph = field(default_factory=LineageGraph)
    focus: tuple[str, ...] = ()
    question: Question = field(default_factory=lambda: Question(""), hash=False)
    gaps: tuple[Gap, ...] = ()
    found: tuple[str, ...] | None = None

    def __repr__(self) -> str:
        asked = f" to {str(self.question)!r}" if self.question.verb else ""
        gaps = f", {counted(len(self.gaps), 'gap')}" if self.gaps else ""
        return f"<Answer{asked}: {counted(len(self), 'entity', 'entities')}{gaps}>"

    def __str__(self) -> str:
        return str(self.to("text")) if "text" in formats else repr(self)

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.gaps

    @property
    def obscured(self) -> bool:
        """Whether what is not here may be recorded all the same: it could not be seen."""
        return any(gap.kind in _HIDING for gap in self.gaps)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that answer, in order."""
        return tuple(self.graph.entities[arn] for arn in self._found if arn in self.graph)

    @property
    def _found(self) -> Iterable[str]:
        if self.found is not None:
            return self.found
        return (arn for arn in self.graph.entities if arn not in self.focus)

    def asked(self, question: Question) -> Answer:
        """The same answer, to the question as the person put it."""
        return replace(self, question=question)

    def with_gaps(self, gaps: Iterable[Gap]) -> Answer:
        """The same answer, with more gaps; none is named twice."""
        return replace(self, gaps=tuple(dict.fromkeys((*self.gaps, *gaps))))

    @overload
    def __getitem__(self, index: int) -> Entity: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entity, ...]: ...
    def __getitem__(self, index: int | slice) -> Entity | tuple[Entity, ...]:
        return self.entities[index]

    def __len__(self) -> int:
        return len(self.entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def to(self, format: str) -> Any:
        """This answer in a registered format: `svg`, `mermaid`, `df`, …

        Raises:
            FormatError: when no such format is registered.
        """
        if format not in formats:
            raise FormatError(f"No format {format!r}. Expected one of: {', '.join(formats)}.")
        return formats[format](self)

    @property
    def df(self) -> Any:
        """The entities found, as a pandas DataFrame: one row each, in the answer's order.

        Columns: name, role, type, kind, status, way, distance (levels), source_uri, created and
        modified (UTC), created_by, arn, properties (a dict). `attrs` has question, complete, gaps.
        """
        return self.to("df")

    def to_networkx(self) -> Any:
        """The graph as a `networkx.DiGraph`; nodes are ARNs, with what is known as attributes.

        Raises:
            FormatError: when networkx is not installed.
        """
        return self.to("networkx")

    def to_text(self) -> str:
        """A tree in plain text."""
        return str(self.to("text"))

    def to_html(self) -> str:
        """Picture and table as HTML that needs nothing else."""
        return str(self.to("html"))

    def to_svg(self) -> str:
        """The picture, as self-contained SVG."""
        return str(self.to("svg"))

    def to_mermaid(self) -> str:
        """The graph as a Mermaid flowchart."""
        return str(self.to("mermaid"))

    def to_dot(self) -> str:
        """The graph in Graphviz's language."""
        return str(self.to("dot"))

    def to_json(self) -> str:
        """The whole answer as JSON, which `import` reads again."""
        return str(self.to("json"))

    def to_openlineage(self) -> str:
        """Run events of OpenLineage, one JSON document a line."""
        return str(self.to("openlineage"))


def _option(name: str, value: Any) -> str:
    flag = "--" + name.replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return flag
    values = value if isinstance(value, (list, tuple)) else (value,)
    return " ".join(f"{flag} {quoted(str(each))}" for each in values)


def quoted(text: str) -> str:
    """A word of a magic line that is read as it stands, in quotes where it needs them.

    IPython 9 runs what a line has in braces, and what follows a `$`: a name that a stranger gave
    must not be code. Braces are doubled; a `$` ends a pair of quotes and the next pair goes on.
    """
    strange = any(c.isspace() or c in "\"'#$;?\\" for c in text) or text[:1] in (*DASHES, *CURLY)
    if text and not strange:
        return _braced(text)
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", '$""')
    return f'"{_braced(inner)}"'


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
