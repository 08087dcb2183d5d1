"""Plans and runs as reports a person can read.

>>> plan_report(made).summary
('Would do: create 3, link 4.', 'Takes of the account's quota: 3 artifacts, 4 associations.')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model import Answer, Plan, Receipt, Report, Section, role_of
from ...model.wording import counted
from .journal import Run
from .tracker import Recording

_NO_WAIT = (
    "Nothing waits to be written. After %lineage watch on, what cells do waits for commit; "
    "%%lineage track writes at once, and with --plan only shows what it would write."
)


def plan_report(recording: Recording) -> Report:
    """A plan: each line with its reason, and what it costs, or has cost, of an account's quota."""
    made = recording.plan
    title = f"Plan: {made.title}" if made.title else "Plan"
    did, took = ("Done", "Took") if recording.run else ("Would do", "Takes")
    costs = () if recording.cost is None else (f"{took} of the account's quota: {recording.cost}.",)
    sections = tuple(each for each in (_entities(made), _links(made)) if each.rows)
    return Report(title, (f"{did}: {_counted(made)}.", *costs), sections, recording.answer)


def journal_report(runs: Sequence[Run], title: str = "Journal") -> Report:
    """Runs, newest first."""
    columns: tuple[str, ...] = ("Run", "Status", "Title", "Wrote", "Where", "Error")
    if not any(run.error for run in runs):
        columns = columns[:-1]
    cells = ((r.id, r.status, r.title, _effect(r), r.target, r.error) for r in reversed(runs))
    rows = tuple(row[: len(columns)] for row in cells)
    sections = (Section("Runs", columns, rows),) if rows else ()
    return Report(title, (f"{counted(len(runs), 'run')}.",), sections)


def commit_report(waited: Iterable[Run], written: Sequence[Run]) -> Report:
    """Runs that were written now, with what could not be seen of them when they were made."""
    # What was refused the last time is told only where it was refused again.
    unseen = (run for run in waited if run.status == "waiting")
    gaps = dict.fromkeys(gap for run in (*unseen, *written) for gap in run.receipt.gaps)
    return replace(journal_report(written, "Committed"), answer=Answer(gaps=tuple(gaps)))


def nothing_waits(title: str) -> Report:
    """That there is nothing to commit, and what would make it so."""
    return Report(title, (_NO_WAIT,))


def sentence(recording: Recording) -> str:
    """What recording came to, in one line."""
    title = recording.plan.title or "this cell"
    if recording.run is None:
        return f"Tracked {title}: nothing new."
    said = f"Tracked {title}: {_effect(recording.run)}."
    if recording.run.status == "partial":
        said = f"{said} The rest was refused: %lineage commit tries it again."
    return f"{said} %lineage undo takes it back."


def undo_report(run: Run, *, done: bool) -> Report:
    """What undoing a run takes away, or what it left."""
    labels = {e.entity.arn: e.entity.label for e in run.plan.entities}
    labels |= {arn: labels.get(key, key) for key, arn in run.receipt.arns.items()}
    rows = [("entity", labels.get(arn, arn), "") for arn in run.receipt.created]
    rows += [("link", labels.get(a, a), labels.get(b, b)) for a, b in run.receipt.linked]
    rows += [
        ("properties", labels.get(arn, arn), ", ".join(p)) for arn, p in run.receipt.merged.items()
    ]
    title = f"Undo {run.id}: {run.title}"
    if done and not rows:
        return Report(title, ("Everything it wrote is taken back.",))
    verb = "Left in place" if done else "Would take away"
    told = f"{verb}: {_amount(run.receipt)}."
    return Report(title, (told,), (Section(verb, ("What", "", ""), tuple(rows)),))


def _amount(receipt: Receipt) -> str:
    amounts = (
        (len(receipt.created), "entity", "entities"),
        (len(receipt.linked), "association", "associations"),
        (len(receipt.merged), "change of properties", "changes of properties"),
    )
    return ", ".join(counted(*amount) for amount in amounts if amount[0]) or "nothing"


def _counted(made: Plan) -> str:
    acts = Counter([*(e.act for e in made.entities), *(link.act for link in made.links)])
    return ", ".join(f"{act} {count}" for act, count in acts.items()) or "nothing"


def _effect(run: Run) -> str:
    receipt = run.receipt
    counts = {
        "created": len(receipt.created),
        "updated": len(receipt.merged),
        "linked": len(receipt.linked),
    }
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "nothing"


def _entities(made: Plan) -> Section:
    rows = tuple(
        (e.act, role_of(e.entity), e.entity.label, e.reason, e.entity.source_uri)
        for e in made.entities
    )
    return Section("Entities", ("Act", "What", "Name", "Why", "Source"), rows)


def _links(made: Plan) -> Section:
    labels = {e.entity.arn: e.entity.label for e in made.entities}
    rows = tuple(
        (
            link.act,
            *_ends(labels, (link.association.source, link.association.destination)),
            str(link.association.type),
            link.reason or link.evidence,
        )
        for link in made.links
    )
    return Section("Links", ("Act", "From", "To", "Type", "Why"), rows)


def _ends(labels: dict[str, str], ends: Iterable[str]) -> list[str]:
    return [labels.get(arn, arn) for arn in ends]
