"""A written answer: a summary, sections of rows or text, and the graph they were read from.

>>> report = Report("What breaks without fg:customers", ("1 live endpoint.",), (endpoints,), answer)
>>> print(report.to("markdown"))
# What breaks without fg:customers
…
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..errors import FormatError
from .answer import Answer, Gap
from .entity import nothing
from .formats import report_formats
from .wording import counted

Mark = Literal["added", "removed", "changed", "path", "live", "finding"]


@dataclass(frozen=True)
class Section:
    """One part of a report: a table, a text, or both.

    Attributes:
        title: its heading.
        columns: names of the table's columns; no table when empty.
        rows: one tuple of texts per row, as long as `columns`.
        text: what stands under the heading, before the table.
        code: text to be shown as it is, such as SQL or a diff; its language in `language`.
        language: `sql`, `diff`, … for `code`.
    """

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    code: str = ""
    language: str = ""


@dataclass(frozen=True)
class Report:
    """What the questions of evidence return.

    Attributes:
        title: the question, in words.
        summary: what a person reads first, one sentence each.
        sections: the evidence.
        answer: the graph the report was read from, with its question and gaps.
        marks: ARN → how the picture is to mark it.
        data: the same as plain JSON values, for programs.
        failed: whether a condition the asker set (`--fail-if`, `--fail-on`) was met.
    """

    title: str
    summary: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    answer: Answer = field(default_factory=Answer)
    marks: Mapping[str, Mark] = field(default_factory=nothing, hash=False)
    data: Mapping[str, Any] = field(default_factory=nothing, hash=False)
    failed: bool = False

    def __repr__(self) -> str:
        return f"<Report {self.title!r}: {counted(len(self.sections), 'section')}>"

    def __str__(self) -> str:
        return str(self.to("text")) if "text" in report_formats else repr(self)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be seen; a gap of the answer is a gap of the report."""
        return self.answer.gaps

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.gaps

    @property
    def df(self) -> Any:
        """All tables of the report as one pandas DataFrame, with a `section` column."""
        return self.to("df")

    def to(self, format: str) -> Any:
        """This report in a registered format: `markdown`, `html`, `json`, `csv`, `text`, `df`.

        Raises:
            FormatError: when no such format is registered.
        """
        if format not in report_formats:
            expected = ", ".join(report_formats)
            raise FormatError(f"No report format {format!r}. Expected one of: {expected}.")
        return report_formats[format](self)

    def to_markdown(self) -> str:
        """The report as Markdown."""
        return str(self.to("markdown"))

    def to_html(self) -> str:
        """The report as a page that needs nothing else, picture included."""
        return str(self.to("html"))

    def to_json(self) -> str:
        """The report as JSON."""
        return str(self.to("json"))
