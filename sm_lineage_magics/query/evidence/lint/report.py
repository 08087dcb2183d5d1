"""How far a lineage can be trusted: what is missing, stale or contradictory in it.

>>> [finding.rule.id for finding in lint(graph)]
['query-truncated', 'no-commit']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ....errors import QuestionError
from ....model import Answer, Entity, LineageGraph, Report, Section, quoted
from ....model.wording import HOW_TO_BEGIN, counted
from ..called import typed_apart
from ..inspected import Inspected, Now, unseen
from .rule import Rule, Severity
from .rules import RULES

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

_DOUBT = "Not all could be seen: what is said to be missing may be recorded, and more be wrong."

COLUMNS = ("Rule", "Entity", "What is wrong", "What to do")


@dataclass(frozen=True)
class Finding:
    """One rule that one entity breaks.

    Attributes:
        rule: which.
        entity: what breaks it.
        message: how.
        name: what to type for the entity.
    """

    rule: Rule
    entity: Entity
    message: str
    name: str

    @property
    def repair(self) -> str:
        """What to type or do."""
        return self.rule.repair.format(name=quoted(self.name))


def lint(graph: LineageGraph, now: Now | None = None) -> tuple[Finding, ...]:
    """All findings, errors first, then in the order of the rules and of the graph.

    Args:
        graph: the lineage to inspect.
        now: what was looked up of its entities just now, by ARN: `ETag`, `Features`, …
    """
    lineage = Inspected(graph, now or {})
    found = [(rule, *broken) for rule in RULES for broken in rule.check(lineage)]
    names = typed_apart((entity for _, entity, _ in found), graph.entities.values())
    findings = (Finding(*each, names[each[1].arn]) for each in found)
    return tuple(sorted(findings, key=lambda each: SEVERITIES.index(each.rule.severity)))


def lint_report(
    answer: Answer,
    now: Now | None = None,
    *,
    fail_on: Severity | None = None,
) -> Report:
    """The findings as a report, one section per severity.

    Args:
        answer: the lineage to inspect; its gaps stay gaps.
        now: as `lint` takes it.
        fail_on: the report counts as failed when a finding is at least this severe.

    Raises:
        QuestionError: when `fail_on` is no severity; a check that can never fail is none.
    """
    if fail_on not in (None, *SEVERITIES):
        expected = ", ".join(SEVERITIES)
        raise QuestionError(f"{fail_on!r} is no severity. Expected one of: {expected}.")
    findings = lint(answer.graph, now)
    seen = answer.with_gaps(unseen(now or {}))
    return Report(
        f"How far {_subject(answer)} can be trusted",
        (_summary(findings, len(answer.graph)), *([_DOUBT] if answer.obscured else [])),
        tuple(
            _section(s, findings) for s in SEVERITIES if any(s == f.rule.severity for f in findings)
        ),
        seen,
        {finding.entity.arn: "finding" for finding in findings},
        {"findings": [_plain(finding) for finding in findings]},
        fail_on is not None and any(_as_severe(each, fail_on) for each in findings),
    )


def _subject(answer: Answer) -> str:
    subjects = ", ".join(answer.question.subjects)
    return f"the lineage of {subjects}" if subjects else "what is recorded"


def _as_severe(finding: Finding, least: Severity) -> bool:
    return SEVERITIES.index(finding.rule.severity) <= SEVERITIES.index(least)


def _summary(findings: tuple[Finding, ...], inspected: int) -> str:
    if not inspected:
        return f"Nothing is recorded here yet. {HOW_TO_BEGIN}"
    if not findings:
        of = counted(inspected, "entity", "entities")
        return f"{len(RULES)} rules found nothing wrong with {of}."
    counts = ((s, sum(f.rule.severity == s for f in findings)) for s in SEVERITIES)
    told = ", ".join(f"{n} {s}{'' if n == 1 or s == 'info' else 's'}" for s, n in counts if n)
    return f"{told} in {counted(inspected, 'entity', 'entities')}."


def _section(severity: Severity, findings: tuple[Finding, ...]) -> Section:
    rows = tuple(
        (f.rule.id, f.name, f.message, f.repair) for f in findings if f.rule.severity == severity
    )
    return Section(f"{severity.capitalize()}{'' if severity == 'info' else 's'}", COLUMNS, rows)


def _plain(finding: Finding) -> Mapping[str, str]:
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "arn": finding.entity.arn,
        "name": finding.name,
        "message": finding.message,
        "repair": finding.repair,
    }
