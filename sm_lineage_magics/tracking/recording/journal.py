"""What was recorded, run by run: enough to go on after a crash, and to take it back.

>>> journal.write(Run(...))
>>> journal.runs()[-1].status
'applied'
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Literal, Protocol

from ...errors import QuestionError
from ...model import Gap, Plan, PlannedEntity, PlannedLink, Receipt
from ...model.plan import Pair
from ...model.serial import (
    association_from_dict,
    association_to_dict,
    entity_from_dict,
    entity_to_dict,
    time_from_text,
    time_to_text,
)

TOPIC = "runs"

# waiting: nothing of it is written, it is kept until `commit` · planned: begun to be written, and
# nobody has said that it is done · partial: written but for what was refused · applied: written ·
# failed: the cell raised, so nothing was · undone: taken back.
Status = Literal["planned", "waiting", "partial", "applied", "failed", "undone"]

# Runs of which something is, or may be, written.
WRITTEN: frozenset[Status] = frozenset(("planned", "partial", "applied"))


class Notes(Protocol):
    """Where a journal is kept: small documents by topic and key, durable when written."""

    def note(self, topic: str, key: str, text: str) -> None:
        """Write one document."""

    def notes(self, topic: str) -> Mapping[str, str]:
        """All documents of a topic, by key, those first that were first written."""

    def forget_note(self, topic: str, key: str) -> None:
        """Remove one document."""

    def writing(self) -> AbstractContextManager[Any]:
        """One transaction."""


@dataclass(frozen=True)
class Run:
    """One recording.

    Attributes:
        id: what `undo` is given.
        time: when it was made, in UTC.
        title: what the person called it, else the cell.
        target: where it was written to, as the backend calls itself.
        status: how far it came.
        plan: what was to be written.
        receipt: what was written.
        error: why it failed, in one line.
    """

    id: str
    time: datetime
    title: str
    target: str
    status: Status
    plan: Plan = field(default_factory=Plan)
    receipt: Receipt = field(default_factory=Receipt)
    error: str = ""


def new_id(moment: datetime) -> str:
    """An id no other kernel will give: the moment and some chance."""
    return f"{moment.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(timezone.utc)


class Journal:
    """The runs kept in a store."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def write(self, run: Run) -> Run:
        """Keep a run, in the place of what was kept under its id."""
        self._notes.note(TOPIC, run.id, json.dumps(run_to_dict(run), separators=(",", ":")))
        return run

    def forget(self, run: Run) -> None:
        """Remove a run."""
        self._notes.forget_note(TOPIC, run.id)

    def writing(self) -> AbstractContextManager[Any]:
        """One transaction over all that is written inside."""
        return self._notes.writing()

    def kept_in(self, store: object) -> bool:
        """Whether this journal is part of that store, so that one transaction holds both."""
        return self._notes is store

    def runs(self) -> list[Run]:
        """All runs, in the order in which they were made, whatever the clock said then."""
        return [run_from_dict(json.loads(text)) for text in self._notes.notes(TOPIC).values()]

    def run(self, id: str) -> Run:
        """The run whose id is, or begins with, `id`.

        Raises:
            QuestionError: when there is none, or more than one.
        """
        runs = [run for run in self.runs() if run.id.startswith(id)]
        if len(runs) != 1:
            known = ", ".join(run.id for run in (runs or self.runs())[-5:]) or "none yet"
            what = f"{len(runs)} runs begin with" if runs else "There is no run"
            raise QuestionError(f"{what} {id!r}. Expected one of: {known}.")
        return runs[0]

    def ours(self) -> frozenset[str]:
        """ARNs of everything we made and did not take back."""
        return frozenset(arn for run in self.runs() for arn in run.receipt.created)

    def made_but_by(self, run: Run) -> frozenset[str | Pair]:
        """ARNs and linked pairs that every run but this one made and did not take back."""
        receipts = [each.receipt for each in self.runs() if each.id != run.id]
        made = frozenset[str | Pair](arn for one in receipts for arn in one.created)
        return made.union(pair for one in receipts for pair in one.linked)


def run_to_dict(run: Run) -> dict[str, Any]:
    """A run as plain JSON values."""
    return {
        **{name: getattr(run, name) for name in ("id", "title", "target", "status", "error")},
        "time": time_to_text(run.time),
        "plan": _plan_to_dict(run.plan),
        "receipt": _receipt_to_dict(run.receipt),
    }


def run_from_dict(data: Mapping[str, Any]) -> Run:
    """A run from what `run_to_dict` gave."""
    return Run(
        **{name: data[name] for name in ("id", "title", "target", "status", "error")},
        time=time_from_text(data["time"]),
        plan=_plan_from_dict(data["plan"]),
        receipt=_receipt_from_dict(data["receipt"]),
    )


def _plan_to_dict(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "entities": [
            [entity_to_dict(e.entity), e.act, e.reason, dict(e.before)] for e in plan.entities
        ],
        "links": [
            [association_to_dict(k.association), k.act, k.reason, k.evidence] for k in plan.links
        ],
    }


def _plan_from_dict(data: Mapping[str, Any]) -> Plan:
    return Plan(
        tuple(PlannedEntity(entity_from_dict(e), *rest) for e, *rest in data["entities"]),
        tuple(PlannedLink(association_from_dict(a), *rest) for a, *rest in data["links"]),
        data["title"],
    )


def _receipt_to_dict(receipt: Receipt) -> dict[str, Any]:
    return {
        "arns": dict(receipt.arns),
        "created": list(receipt.created),
        "linked": [list(pair) for pair in receipt.linked],
        "merged": {arn: dict(before) for arn, before in receipt.merged.items()},
        "gaps": [[gap.kind, gap.where, gap.why] for gap in receipt.gaps],
        "statuses": dict(receipt.statuses),
    }


def _receipt_from_dict(data: Mapping[str, Any]) -> Receipt:
    return Receipt(
        data["arns"],
        tuple(data["created"]),
        tuple(_pairs(data["linked"])),
        data["merged"],
        tuple(Gap(*gap) for gap in data["gaps"]),
        data.get("statuses", {}),
    )


def _pairs(rows: list[list[str]]) -> Iterator[Pair]:
    return ((source, destination) for source, destination in rows)
