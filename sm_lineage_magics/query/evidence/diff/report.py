"""The difference of two lineages, written for the person who has to explain it.

>>> diff_report(answer_a, answer_b).summary
('3 of 12 parts differ.', 'Query: 1 feature added.')
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from ....model import Answer, Entity, Mark, Report, Role, Section, role_of, vocabulary
from ....model.wording import role_name
from ..recorded import FEATURES_FACT, commit_of, repository_of
from .difference import Change, Difference, State, changed_columns, diff, differing

THEMES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("Data", ("dataset",)),
    ("Query", ("query",)),
    ("Feature groups", ("feature-group",)),
    ("Code", ("code",)),
    ("Image", ("image",)),
    ("Settings", ("job",)),
    ("Model", ("model", "package", "package-group", "checkpoint")),
    ("Approval and deployment", ("approval", "deployment", "endpoint")),
    ("Anything else", ("pipeline", "other")),
)

# Two values longer than this together are for the tables, not for a summary.
_SHORT = 40

COLUMNS = ("Part", "What", "Before", "After")

_MARKS: Mapping[State, Mark] = {"added": "added", "removed": "removed", "changed": "changed"}

# Told as a line-by-line difference of its own.
_SHOWN_AS_CODE = frozenset({vocabulary.QUERY})


def diff_report(before: Answer, after: Answer, *, everything: bool = False) -> Report:
    """What differs between two answers about a model each; with `everything`, the rest too.

    The picture behind it is both graphs as one, every part marked with what became of it.
    """
    differences = diff(before.graph, after.graph)
    shown = differences if everything else differing(differences)
    names = [_name(answer) for answer in (before, after)]
    return Report(
        f"{names[0]} and {names[1]}: what differs",
        _summary(differences),
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


def _summary(differences: tuple[Difference, ...]) -> tuple[str, ...]:
    changed = differing(differences)
    if not changed:
        return (f"Nothing differs in the {len(differences)} parts that are recorded.",)
    first = f"{len(changed)} of {len(differences)} parts differ."
    return (first, *(line for each in changed for line in _headline(each)))


def _headline(difference: Difference) -> Iterable[str]:
    role, label = role_name(difference.role), difference.entity.label
    added, dropped = changed_columns(difference.pair)
    if difference.state != "changed":
        yield f"{role} {label}: {difference.state}."
    elif added or dropped:
        yield f"{role} {label}: {_listed('added', added)}{_listed('dropped', dropped)}".rstrip()
    else:
        facts = ", ".join(map(_in_short, difference.changes))
        yield f"{role} {label}: {facts}."


def _in_short(change: Change) -> str:
    """A change in a few words: both values where they are short."""
    name = change.fact.removeprefix("Parameter ")
    if len(change.before) + len(change.after) > _SHORT or "\n" in change.before + change.after:
        return f"{name} changed"
    return f"{name} {change.before or 'not set'} → {change.after or 'not set'}"


def _listed(word: str, names: tuple[str, ...]) -> str:
    return f"{word} {', '.join(names)}. " if names else ""


def _sections(differences: Iterable[Difference]) -> Iterable[Section]:
    shown = tuple(differences)
    for title, roles in THEMES:
        of_theme = [each for each in shown if each.role in roles]
        if of_theme:
            rows = tuple(row for each in of_theme for row in _rows(each))
            yield Section(title, COLUMNS, rows)
            yield from (section for each in of_theme for section in _texts(each))


def _rows(difference: Difference) -> Iterable[tuple[str, str, str, str]]:
    label, pair = difference.entity.label, difference.pair
    if difference.state in ("added", "removed"):
        there = difference.entity.source_uri or label
        sides = ("", there) if difference.state == "added" else (there, "")
        yield (label, difference.state, *sides)
    elif difference.state == "same":
        yield (label, "same", "", "")
    yield from (_row(difference, c) for c in difference.changes if c.fact not in _SHOWN_AS_CODE)
    if pair.before and pair.after and compare_link(pair.before, pair.after):
        yield (label, "Compare", "", compare_link(pair.before, pair.after))


def _row(difference: Difference, change: Change) -> tuple[str, str, str, str]:
    label = difference.entity.label
    if change.fact == FEATURES_FACT:
        added, dropped = changed_columns(difference.pair)
        return (label, "Features dropped and added", ", ".join(dropped), ", ".join(added))
    return (label, change.fact, change.before, change.after)


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
