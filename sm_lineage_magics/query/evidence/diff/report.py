"""The difference of two lineages, written for the person who has to explain it.

>>> diff_report(answer_a, answer_b).summary
('3 of 12 parts differ.', 'Query: 1 feature added.')
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from ....model import Answer, Entity, Mark, Report, Section, is_arn, role_of, vocabulary
from ..called import typed
from ..recorded import FEATURES_FACT, TEXT_FACT, commit_of, repository_of
from .difference import Change, Difference, State, changed_columns, diff, differing
from .summary import PARAMETER, summary
from .themes import by_theme

_SAME = ("Both names mean the same entity.",)

COLUMNS = ("Part", "What", "Before", "After")

_MARKS: Mapping[State, Mark] = {"added": "added", "removed": "removed", "changed": "changed"}

Row = tuple[str, str, str, str]

# Told as a line-by-line difference of its own.
_SHOWN_AS_CODE = frozenset({vocabulary.QUERY, TEXT_FACT})


def diff_report(before: Answer, after: Answer, *, everything: bool = False) -> Report:
    """What differs between two answers about a model each; with `everything`, the rest too.

    The picture behind it is both graphs as one, every part marked with what became of it.
    """
    differences = diff(before.graph, after.graph)
    shown = differences if everything else differing(differences)
    names = [_name(answer) for answer in (before, after)]
    return Report(
        f"{names[0]} and {names[1]}: what differs",
        _SAME if before.focus == after.focus else summary(differences),
        tuple(_sections(shown)),
        _both(before, after),
        _marks(differences),
        {"differences": [_plain(each) for each in shown]},
    )


def compare_link(before: Entity, after: Entity) -> str:
    """The page that shows what changed between two commits; empty where no host tells."""
    old, new = commit_of(before), commit_of(after)
    base = repository_of(after)
    if not (old and new and old != new and base.startswith("https://")):
        return ""
    if "/-/blob/" in after.source_uri:
        return f"{base}/-/compare/{old}...{new}"
    if re.search(r"//bitbucket\.org/", base):
        return f"{base}/branches/compare/{new}..{old}"
    return f"{base}/compare/{old}...{new}" if "/blob/" in after.source_uri else ""


def _sections(differences: Iterable[Difference]) -> Iterable[Section]:
    for theme, group in by_theme(differences):
        rows = tuple(row for each in group for row in _rows(theme.part(each), each))
        if rows:
            yield Section(theme.title, COLUMNS, rows)
        yield from (section for each in group for section in _texts(each))


def _rows(part: str, difference: Difference) -> Iterator[Row]:
    pair = difference.pair
    if pair.before is None or pair.after is None:
        before, after = (_found_at(side) if side else "" for side in pair.sides)
        yield (part, difference.state, before, after)
        return
    if difference.state == "same":
        yield (part, "same", "", "")
    for change in difference.changes:
        yield from ((part, *row) for row in _told(change, difference))
    if link := compare_link(pair.before, pair.after):
        yield (part, "Compare", "", link)


def _found_at(entity: Entity) -> str:
    """Where it lies, or how it is typed; an ARN would tell less than its name."""
    name = typed(entity)
    return entity.label if is_arn(name) else name


def _told(change: Change, difference: Difference) -> Iterator[tuple[str, str, str]]:
    if change.fact == FEATURES_FACT:
        added, dropped = changed_columns(difference.pair)
        yield from (("feature dropped", name, "") for name in dropped)
        yield from (("feature added", "", name) for name in added)
    elif change.fact not in _SHOWN_AS_CODE:
        missing = "not set" if change.fact.startswith(PARAMETER) else "none"
        name = change.fact.removeprefix(PARAMETER)
        yield (name, change.before or missing, change.after or missing)


def _texts(difference: Difference) -> Iterable[Section]:
    for change in difference.changes:
        if change.fact in _SHOWN_AS_CODE:
            lines = _line_diff(change.before, change.after)
            yield Section(
                f"{change.fact} of {difference.entity.label}", code=lines, language="diff"
            )


def _line_diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=2
    )
    return "\n".join(lines)


def _both(before: Answer, after: Answer) -> Answer:
    focus = (*after.focus, *before.focus)
    union = Answer(after.graph | before.graph, focus, after.question)
    return union.with_gaps((*before.gaps, *after.gaps))


def _marks(differences: Iterable[Difference]) -> Mapping[str, Mark]:
    return {
        side.arn: _MARKS[each.state]
        for each in differences
        if each.state in _MARKS
        for side in (each.pair.before, each.pair.after)
        if side is not None
    }


def _plain(difference: Difference) -> Mapping[str, object]:
    pair = difference.pair
    return {
        "role": difference.role,
        "state": difference.state,
        "before": pair.before.arn if pair.before else None,
        "after": pair.after.arn if pair.after else None,
        "changes": [vars(change) for change in difference.changes],
    }


def _name(answer: Answer) -> str:
    entities = answer.graph.entities
    focus = next((entities[arn] for arn in answer.focus if arn in entities), None)
    models = [e for e in (focus, *answer) if e is not None and role_of(e) == "model"]
    names = [e.properties.get(vocabulary.MODEL_NAME) or e.label for e in (focus, *models) if e]
    return names[0] if names else "nothing"
