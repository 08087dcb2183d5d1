"""Why a model answers as it does: the report an auditor asks for, each line with its source.

>>> print(why(answer).to("markdown"))
# Why endpoint:fraud answers as it does
…
"""

from __future__ import annotations

from collections.abc import Mapping

from ....model import Answer, Entity, Report, Section, reference_of, vocabulary
from ....model.wording import NOT_RECORDED, some
from ..inspected import Inspected, Now, absent_in, unseen
from .chapters import CHAPTERS, Chapter

COLUMNS = ("What", "Answer", "Source")


def why(answer: Answer, now: Now | None = None) -> Report:
    """The audit report of what lies upstream of a model or endpoint.

    What is not recorded is said in place, with the way to record it next time.

    Args:
        answer: a story, as `story_of` gives it; its gaps stay gaps.
        now: what was looked up of its endpoints just now.
    """
    absent = absent_in(answer)
    lineage = Inspected(answer.graph, now or {}, absent)
    chapters = [(chapter, tuple(chapter.read(lineage))) for chapter in CHAPTERS]
    queries = (_sql(query) for query in lineage.of("query"))
    return Report(
        f"Why {_subject(answer)} answers as it does",
        tuple(_in_a_line(chapter, lineage) for chapter in CHAPTERS),
        (*(_section(*each, absent) for each in chapters), *(s for s in queries if s)),
        answer.with_gaps(unseen(now or {})),
        data={chapter.title: [_plain(row) for row in rows] for chapter, rows in chapters},
    )


def _section(chapter: Chapter, rows: tuple[tuple[str, str, str], ...], absent: str) -> Section:
    text = chapter.question
    if not rows:
        text += f" {absent.capitalize()}."
    if not rows and absent == NOT_RECORDED:
        text += f" To record it next time: {chapter.repair}."
    return Section(chapter.title, COLUMNS if rows else (), rows, text)


def _in_a_line(chapter: Chapter, lineage: Inspected) -> str:
    """The question and its answer as a manager reads them; the section has all of it."""
    told = list(chapter.brief(lineage))
    return f"{chapter.question} {some(told, '; ') or lineage.absent.capitalize()}."


def _sql(query: Entity) -> Section | None:
    text = query.properties.get(vocabulary.QUERY, "")
    return Section(f"SQL of {query.label}", code=text, language="sql") if text else None


def _plain(row: tuple[str, str, str]) -> Mapping[str, str]:
    return dict(zip(("what", "answer", "source"), row, strict=True))


def _subject(answer: Answer) -> str:
    entities = answer.graph.entities
    named = (str(reference_of(entities[arn])) for arn in answer.focus if arn in entities)
    return " ".join(answer.question.subjects) or ", ".join(named) or "nothing"
