"""Recording once, going on after a failure, taking back: over the store and the journal."""

from __future__ import annotations

import itertools
import threading
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from sm_lineage_magics.backends.local import LocalBackend, Store
from sm_lineage_magics.errors import QuestionError, StoreError, WriteRefused
from sm_lineage_magics.model import Association, Entity, Home, Plan, Receipt
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.recording.journal import Journal, run_from_dict, run_to_dict
from sm_lineage_magics.tracking.recording.tracker import Tracker

HOME = Home()
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


def artifact(name: str) -> Entity:
    uri = f"s3://shop/{name}"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri, {"ETag": name})


RAW, CLEAN, TRAIN = artifact("raw"), artifact("clean"), artifact("train")


def facts(*entities: Entity) -> Facts:
    """A chain of data sets."""
    pairs = itertools.pairwise(entities)
    links = (Link(Association(a.arn, b.arn, "DerivedFrom"), "seen") for a, b in pairs)
    return Facts(entities, tuple(links))


@pytest.fixture
def tracker():
    """A tracker over a store in memory."""
    return Tracker.beside(LocalBackend.open(":memory:"))


class Breaking:
    """A backend elsewhere, whose journal is not in its own store; it breaks off when told to."""

    def __init__(self) -> None:
        self._inner = LocalBackend.open(":memory:")
        self.breaks_after: int | None = None

    def __getattr__(self, name):
        if name == "store":
            raise AttributeError(name)
        return getattr(self._inner, name)

    def apply(self, plan: Plan) -> Receipt:
        if self.breaks_after is None:
            return self._inner.apply(plan)
        self._inner.apply(Plan(plan.entities[: self.breaks_after]))
        raise StoreError("the connection was lost")

    def record(self, entities, links, attempt) -> Receipt:
        return self.apply(attempt.decided(self.recorded(entities, links)))


@pytest.fixture
def elsewhere():
    """A tracker whose journal and lineage are not in one file."""
    return Tracker(Breaking(), Journal(Store.open(":memory:")))


def test_nothing_new_is_not_even_journaled(tracker):
    """The second time, store and journal stay as they are."""
    first = tracker.record(facts(RAW, CLEAN), "once")
    second = tracker.record(facts(RAW, CLEAN), "twice")

    assert (first.run.status, second.run) == ("applied", None)
    assert [run.title for run in tracker.journal.runs()] == ["once"]
    assert second.answer.graph.entities.keys() == {RAW.arn, CLEAN.arn}


def test_a_run_comes_back_from_json_as_it_was(tracker):
    """Plan, receipt, gaps and all."""
    run = tracker.record(facts(RAW, CLEAN), "once").run

    assert run_from_dict(run_to_dict(run)) == run
    assert tracker.journal.runs() == [run]


def test_undo_takes_back_exactly_what_the_run_made(tracker):
    """What an earlier run made stays."""
    tracker.record(facts(RAW), "earlier")
    tracker.undo(tracker.record(facts(RAW, CLEAN), "later").run)

    assert [e.name for e in tracker.backend.find()] == ["raw"]
    assert [run.status for run in tracker.journal.runs()] == ["applied", "undone"]


def test_undo_leaves_what_others_have_linked_to_since_and_says_so(tracker):
    """And the journal still knows that it is ours."""
    run = tracker.record(facts(RAW, CLEAN), "mine").run
    tracker.record(facts(CLEAN, TRAIN), "theirs")
    undone = tracker.undo(run)

    assert {e.name for e in tracker.backend.find()} == {"clean", "train"}
    assert undone.receipt.created == (CLEAN.arn,)
    assert [gap.where for gap in undone.receipt.gaps] == [CLEAN.arn]


def test_what_was_forgotten_meanwhile_is_not_left_in_place(tracker):
    run = tracker.record(facts(RAW, CLEAN), "mine").run
    tracker.backend.delete([CLEAN.arn])
    undone = tracker.undo(run)

    assert list(tracker.backend.find()) == []
    assert (undone.receipt.created, undone.receipt.linked) == ((), ())


def test_what_was_never_written_cannot_be_undone(tracker):
    """Nor what was taken back already."""
    run = tracker.undo(tracker.record(facts(RAW), "mine").run)

    with pytest.raises(WriteRefused, match="only what was written"):
        tracker.undo(run)


def test_a_run_is_found_by_the_beginning_of_its_id(tracker):
    """An unknown one is answered with the known ones."""
    run = tracker.record(facts(RAW), "mine").run

    assert tracker.journal.run(run.id[:-1]) == run
    with pytest.raises(QuestionError, match=run.id):
        tracker.journal.run("nothing")


def test_the_order_of_runs_is_that_in_which_they_were_made_though_the_clock_went_back(
    tracker, monkeypatch
):
    """After the clock was set right, `undo` still takes back what was done last."""
    moments = iter([NOON, NOON - timedelta(hours=1)])
    monkeypatch.setattr("sm_lineage_magics.tracking.recording.tracker.now", lambda: next(moments))
    tracker.record(facts(RAW, CLEAN), "first")
    tracker.record(facts(CLEAN, TRAIN), "second")

    assert [run.title for run in tracker.journal.runs()] == ["first", "second"]
    assert tracker.written()[-1].title == "second"


def test_a_store_that_was_moved_still_knows_its_runs_as_its_own(tmp_path):
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(LocalBackend.open(old)) as backend:
        Tracker.beside(backend).record(facts(RAW), "mine")
    old.rename(new)

    with closing(LocalBackend.open(new)) as backend:
        tracker = Tracker.beside(backend)
        tracker.undo(tracker.written()[-1])
        assert list(backend.find()) == []


def test_what_was_written_to_another_account_is_not_taken_back_here(elsewhere):
    """Neither as the last run, nor by its id; it is said where it is."""
    here = elsewhere.record(facts(RAW), "here").run
    there = replace(here, id="there", target="account 2", title="there")
    elsewhere.journal.write(there)

    assert elsewhere.written() == [here]
    with pytest.raises(WriteRefused, match=r"was written to account 2; .* %lineage use goes"):
        elsewhere.undo(there)


def test_a_failure_half_way_is_gone_on_from_and_undone_whole(elsewhere):
    """What the broken attempt made counts as made by the run."""
    elsewhere.backend.breaks_after = 2
    with pytest.raises(StoreError):
        elsewhere.record(facts(RAW, CLEAN, TRAIN), "half")
    [broken] = elsewhere.pending()
    elsewhere.backend.breaks_after = None
    done = elsewhere.again(broken)

    assert (broken.status, broken.error) == ("planned", "the connection was lost")
    assert {e.name for e in elsewhere.backend.find()} == {"raw", "clean", "train"}
    assert (done.status, elsewhere.pending()) == ("applied", [])
    elsewhere.undo(done)
    assert list(elsewhere.backend.find()) == []


def test_a_failure_half_way_is_taken_back_without_going_on(elsewhere):
    """What it made is shown before, and nothing waits any more."""
    elsewhere.record(facts(RAW), "before")
    elsewhere.backend.breaks_after = 2
    with pytest.raises(StoreError):
        elsewhere.record(facts(RAW, CLEAN, TRAIN), "half")
    broken = elsewhere.written()[-1]

    assert (broken.title, broken.receipt.created) == ("half", ())
    assert set(elsewhere.settled(broken).receipt.created) == {CLEAN.arn, TRAIN.arn}
    assert elsewhere.undo(broken).status == "undone"
    assert [e.name for e in elsewhere.backend.find()] == ["raw"]
    assert elsewhere.pending() == []


def test_a_run_that_broke_off_elsewhere_is_not_gone_on_with_here(elsewhere):
    """Its plan names entities of another store."""
    elsewhere.backend.breaks_after = 1
    with pytest.raises(StoreError):
        elsewhere.record(facts(RAW, CLEAN), "half")
    here = Tracker(LocalBackend.open(":memory:"), elsewhere.journal)
    [broken] = [replace(run, target="account 1") for run in elsewhere.journal.runs()]
    elsewhere.journal.write(broken)

    assert (here.pending(), here.written()) == ([], [])
    with pytest.raises(WriteRefused, match="written to account 1"):
        here.undo(broken)


def test_going_on_leaves_alone_what_was_there_before(elsewhere):
    """It existed when the plan was made, so it is not ours."""
    elsewhere.record(facts(RAW), "before")
    elsewhere.backend.breaks_after = 2
    with pytest.raises(StoreError):
        elsewhere.record(facts(RAW, CLEAN), "half")
    elsewhere.backend.breaks_after = None
    elsewhere.undo(elsewhere.again(elsewhere.pending()[0]))

    assert [e.name for e in elsewhere.backend.find()] == ["raw"]


def test_where_lineage_and_journal_are_one_file_it_is_all_or_nothing(tracker, monkeypatch):
    """A failure leaves the plan in the journal, and nothing of it in the store."""

    def breaking(plan):
        tracker.backend.store.put([RAW])
        raise StoreError("disk full")

    monkeypatch.setattr(tracker.backend, "apply", breaking)
    with pytest.raises(StoreError):
        tracker.record(facts(RAW, CLEAN), "half")
    monkeypatch.undo()

    assert list(tracker.backend.find()) == []
    assert [run.error for run in tracker.pending()] == ["disk full"]
    tracker.again(tracker.pending()[0])
    assert {e.name for e in tracker.backend.find()} == {"raw", "clean"}


def test_two_kernels_recording_the_same_at_once_record_it_once(tmp_path):
    """Eight writers, one file: one made it, the others found it."""
    path, errors = tmp_path / "lineage.db", []
    barrier = threading.Barrier(8)

    def kernel():
        tracker = Tracker.beside(LocalBackend.open(path))
        barrier.wait()
        try:
            tracker.record(facts(RAW, CLEAN, TRAIN), "same")
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=kernel) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tracker = Tracker.beside(LocalBackend.open(path))

    assert errors == []
    assert {e.name for e in tracker.backend.find()} == {"raw", "clean", "train"}
    assert [run.status for run in tracker.journal.runs()] == ["applied"]
