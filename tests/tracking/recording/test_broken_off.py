"""A recording in an account, killed or refused anywhere: gone on with, and taken back exactly."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.emulator import Faults
from sm_lineage_magics.errors import LineageError, WriteRefused
from sm_lineage_magics.model import Association, Entity, Home
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.recording.journal import Journal
from sm_lineage_magics.tracking.recording.reports import sentence
from sm_lineage_magics.tracking.recording.tracker import Tracker

THERE, HERE = Home("us-east-1", "123456789012"), Home()
JOB = THERE.arn("training-job", "train")
LONG_AGO = datetime(2026, 1, 1, tzinfo=timezone.utc)
LINKS = {
    ("raw", "join"): "ContributedTo",
    ("join", "clean"): "Produced",
    ("clean", "train"): "ContributedTo",
    ("raw", "train"): "ContributedTo",
    ("train", "model"): "Produced",
}


def entities(home: Home) -> dict[str, Entity]:
    """Raw data → a query → clean data → a job → a model."""

    def data(name: str, type: str = "DataSet") -> Entity:
        uri = f"s3://shop/{name}"
        return Entity(home.artifact(uri), "Artifact", type, name, uri)

    job = Entity(home.trial_component("train"), "TrialComponent", "TrainingJob", "train", JOB)
    query = Entity(home.action("join"), "Action", "FeatureStoreQuery", "join", "athena://join")
    return {e.name: e for e in (data("raw"), query, data("clean"), job, data("model", "Model"))}


def recorded_by_others(path) -> None:
    """The job and its model, as SageMaker records them, and raw data of somebody else's."""
    there = entities(THERE)
    there["raw"] = replace(there["raw"], properties={"owner": "ann"})
    store = Store.open(path)
    store.put(replace(there[name], created=LONG_AGO) for name in ("raw", "train", "model"))
    store.link([Association(there["train"].arn, there["model"].arn, "Produced")])
    store.close()


def facts() -> Facts:
    """Two entities and four links are new, and a property of each data set that is there."""
    here = {name: replace(e, properties={"rows": "8"}) for name, e in entities(HERE).items()}
    here["train"] = entities(HERE)["train"]
    links = (Association(here[a].arn, here[b].arn, type) for (a, b), type in LINKS.items())
    return Facts(tuple(here.values()), tuple(Link(each, "seen") for each in links))


@pytest.fixture
def place(tmp_path):
    """Where the account, its memory and the journal are kept; the account has been filled."""
    recorded_by_others(tmp_path / "account.db")
    return tmp_path


@contextlib.contextmanager
def tracking(place, faults: Faults | None = None, memory: str = "memory") -> Iterator[Tracker]:
    """A kernel that records in the account."""
    account, journal = Store.open(place / "account.db"), Store.open(place / "journal.db")
    client = emulator.client(account, faults=faults or Faults())
    backend = SageMakerBackend.open(client=client, memory=place / f"{memory}.db")
    yield Tracker(backend, Journal(journal))
    for each in (backend, account, journal):
        each.close()


def contents(place):
    """All of the account, without its clock."""
    store = Store.open(place / "account.db")
    found = {e.source_uri: (e.arn, e.type, dict(e.properties), e.status) for e in store.find()}
    pairs = {edge.pair for edge in store.associations()}
    store.close()
    return found, pairs


def told(place):
    """All of the account, without the ARNs it has given."""
    found, pairs = contents(place)
    names = {arn: uri for uri, (arn, *_) in found.items()}
    edges = {(names[source], names[destination]) for source, destination in pairs}
    return {uri: rest for uri, (_, *rest) in found.items()}, edges


def in_a_kernel_that_is_killed(place, at: int, when: str) -> bool:
    """Record in a process that is killed at its nth call; whether it got that far."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException), tracking(place) as tracker:
            calls = iter(range(1, 1_000))

            def kill(**_) -> None:
                if next(calls) == at:
                    os.kill(os.getpid(), signal.SIGKILL)

            events = tracker.backend.service.client.meta.events
            events.register_first(f"{when}-call.sagemaker", kill)
            tracker.record(facts(), "broken")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


# Seven look-ups, two creations beside three reads, two updates beside four links.
CALLS = 18


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The account as it is when nothing breaks off."""
    place = tmp_path_factory.mktemp("undisturbed")
    recorded_by_others(place / "account.db")
    with tracking(place) as tracker:
        tracker.record(facts(), "whole")
    return told(place)


def test_the_calls_are_as_many_as_it_is_killed_at(place):
    with tracking(place) as tracker:
        calls = []
        events = tracker.backend.service.client.meta.events
        events.register_first("before-call.sagemaker", lambda model, **_: calls.append(model.name))
        tracker.record(facts(), "whole")

    assert len(calls) == CALLS, calls


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_killed_at_any_call_it_is_gone_on_with_and_taken_back(place, undisturbed, at, when):
    before = contents(place)
    assert in_a_kernel_that_is_killed(place, at, when)
    with tracking(place) as tracker:
        runs = [tracker.again(run) for run in tracker.pending()]
        done = runs or [tracker.record(facts(), "anew").run]
        assert told(place) == undisturbed
        tracker.undo(done[0])

    assert contents(place) == before


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_killed_at_any_call_it_is_taken_back_without_going_on(place, at, when):
    before = contents(place)
    assert in_a_kernel_that_is_killed(place, at, when)
    with tracking(place) as tracker:
        for run in tracker.pending():
            tracker.undo(run)

    assert contents(place) == before


OPERATIONS = (
    "ListArtifacts",
    "ListActions",
    "DescribeAction",
    "ListTrialComponents",
    "DescribeArtifact",
    "QueryLineage",
    "ListAssociations",
    "CreateArtifact",
    "CreateAction",
    "UpdateArtifact",
    "AddAssociation",
)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_denied_one_operation_it_is_gone_on_with_and_taken_back(place, undisturbed, operation):
    """What came of it is said: by an error, or by gaps."""
    before = contents(place)
    with tracking(place, Faults(denied=frozenset({operation}))) as tracker:
        said = said_of(tracker)
    unharmed = told(place) == undisturbed
    finished_and_undone(place, undisturbed)

    assert unharmed or any(f"sagemaker:{operation}" in each for each in said)
    assert contents(place) == before


@pytest.mark.parametrize("operation", ["UpdateArtifact", "AddAssociation"])
def test_what_was_refused_at_the_end_is_gone_on_with_by_the_same_run(place, undisturbed, operation):
    before = contents(place)
    with tracking(place, Faults(denied=frozenset({operation}))) as tracker:
        recording = tracker.record(facts(), "refused")
    with tracking(place) as tracker:
        [run] = tracker.pending()
        done = tracker.again(run)
        assert told(place) == undisturbed
        tracker.undo(done)

    assert (run.id, run.status, done.status) == (recording.run.id, "partial", "applied")
    assert (f"sagemaker:{operation}" in run.error, done.error) == (True, "")
    assert "commit tries it again" in sentence(recording)
    assert contents(place) == before


def test_a_link_that_others_make_where_it_was_refused_to_us_is_not_taken_back(place):
    with tracking(place, Faults(denied=frozenset({"AddAssociation"}))) as tracker:
        run = tracker.record(facts(), "refused").run
    pair = tuple(entities(THERE)[name].arn for name in ("raw", "train"))
    with tracking(place) as tracker:
        tracker.backend.service.call("AddAssociation", SourceArn=pair[0], DestinationArn=pair[1])
        tracker.undo(tracker.journal.run(run.id))

    assert pair in contents(place)[1]


@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_interrupted_at_any_call_it_is_gone_on_with_and_taken_back(place, undisturbed, at):
    """Ctrl-C: what was not sent yet is not sent."""
    before = contents(place)
    with tracking(place) as tracker:
        service, calls = tracker.backend.service, iter(range(1, 1_000))
        service.client.meta.events.register_first(
            "before-call.sagemaker", lambda **_: service.interrupt() if next(calls) == at else None
        )
        said = said_of(tracker)
    unharmed = told(place) == undisturbed
    finished_and_undone(place, undisturbed)

    assert unharmed or any("interrupted" in each for each in said)
    assert contents(place) == before


def said_of(tracker) -> list[str]:
    """What recording says of what went wrong."""
    try:
        return [gap.why for gap in tracker.record(facts(), "broken").answer.gaps]
    except LineageError as error:
        return [str(error)]


def finished_and_undone(place, undisturbed) -> None:
    """Gone on with in a kernel where nothing goes wrong, and taken back run by run."""
    with tracking(place) as tracker:
        for run in tracker.pending():
            tracker.again(run)
        tracker.record(facts(), "the rest")
        assert told(place) == undisturbed
        for run in reversed(tracker.journal.runs()):
            tracker.undo(run)


def test_read_only_writes_nothing_and_waits(place, undisturbed):
    before = contents(place)
    with tracking(place) as tracker:
        tracker.backend.service.read_only = True
        with pytest.raises(WriteRefused):
            tracker.record(facts(), "refused")
        assert contents(place) == before
        [waiting] = tracker.pending()
        assert waiting.status == "waiting"
        tracker.backend.service.read_only = False
        tracker.undo(tracker.again(waiting))

    assert contents(place) == before


def test_what_another_kernel_recorded_meanwhile_is_not_taken_back_with_a_broken_run(place):
    """The cell was run again after the crash, and the crash then gone on with."""
    faults = Faults(denied=frozenset({"QueryLineage", "ListAssociations"}))
    with tracking(place, faults) as one, pytest.raises(LineageError):
        one.record(facts(), "broken")
    with tracking(place) as tracker:
        [broken] = tracker.pending()
        other = tracker.record(facts(), "other").run
        tracker.undo(tracker.again(broken))
        left = {e.name for e in tracker.backend.find()}

    assert set(other.receipt.created) <= {arn for arn, *_ in contents(place)[0].values()}
    assert "join" in left


def test_two_kernels_that_record_the_same_at_once_make_it_once_between_them(place, undisturbed):
    """Each takes back its own, and names what it leaves: what the other has linked to."""
    before, _ = contents(place)
    together = threading.Barrier(2, timeout=30)

    def meet(**_) -> None:
        """Both have looked everything up before either makes the query."""
        together.wait()

    with contextlib.ExitStack() as kernels, ThreadPoolExecutor(2) as pool:
        both = [kernels.enter_context(tracking(place, memory=name)) for name in ("one", "other")]
        for tracker in both:
            events = tracker.backend.service.client.meta.events
            events.register_first("before-call.sagemaker.CreateAction", meet)
        runs = list(pool.map(lambda tracker: tracker.record(facts(), "at once").run, both))
        assert told(place) == undisturbed
        undone = [tracker.undo(run) for tracker, run in zip(both, runs, strict=True)]

    created = [arn for run in runs for arn in run.receipt.created]
    linked = [pair for run in runs for pair in run.receipt.linked]
    assert (len(created), len(set(created)), len(linked), len(set(linked))) == (2, 2, 4, 4)
    assert [gap for run in runs for gap in run.receipt.gaps] == []
    left = [arn for uri, (arn, *_) in contents(place)[0].items() if uri not in before]
    assert sorted(gap.where for run in undone for gap in run.receipt.gaps) == sorted(left)
