"""What recording the blog's example in an account costs: calls, rounds of calls, time.

python benchmarks/recording.py

Once as `ml-lineage-helper` records it, ten entities and twelve links, and once whole, in three
tracked cells. The account is the sandbox's and every call takes 50 ms longer. A round is a call
that had to wait for another: calls made side by side are one.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import boto3
from account.examples import example
from account.rounds import Span, rounds
from botocore.client import BaseClient

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.tracking import tracked
from sm_lineage_magics.tracking.facts import Facts
from sm_lineage_magics.tracking.gathering import gather, joined
from sm_lineage_magics.tracking.recording.plan import facts_of
from sm_lineage_magics.tracking.recording.tracker import Tracker

LATENCY = 0.05


@contextlib.contextmanager
def counting(calls: list[Span]) -> Iterator[None]:
    """Delay and note every call of every client."""
    whole = BaseClient._make_api_call

    def call(client: Any, operation: str, parameters: Any) -> Any:
        began = time.perf_counter()
        time.sleep(LATENCY)
        try:
            return whole(client, operation, parameters)
        finally:
            calls.append((began, time.perf_counter()))

    BaseClient._make_api_call = call
    try:
        yield
    finally:
        BaseClient._make_api_call = whole


@contextlib.contextmanager
def counting_cells(cells: list[list[Span]]) -> Iterator[None]:
    """Of what tracked cells do, note what tracking itself calls, a list for each cell."""
    calls: list[Span] = []
    record = Tracker.record

    def gathering(*given: Any) -> Facts:
        with counting(calls):
            return gather(*given)

    def recording(tracker: Tracker, facts: Facts, title: str = "") -> Any:
        with counting(calls):
            made = record(tracker, facts, title)
        cells.append(list(calls))
        calls.clear()
        return made

    tracked.gather, Tracker.record = gathering, recording
    try:
        yield
    finally:
        tracked.gather, Tracker.record = gather, record


def row(title: str, calls: list[Span]) -> None:
    """One line of the table."""
    seconds = max(ended for _, ended in calls) - min(began for began, _ in calls)
    print(f"{title:<52}{len(calls):>7}{rounds(calls):>8}{seconds:>9.2f}")


@contextlib.contextmanager
def account() -> Iterator[tuple[Any, Lineage]]:
    """A sandbox and the lineage of its account, opened."""
    with emulator.sandbox() as box:
        client = boto3.client("sagemaker", region_name="us-east-1")
        with Lineage.open("sagemaker", client=client) as lineage:
            lineage.backend.name  # noqa: B018 - asked for when an account is opened
            yield box, lineage


def as_older_tools() -> None:
    """The entities and links that the helper makes, recorded twice."""
    blog = example("tracking.recording.test_calls")
    with account() as (box, lineage):
        blog.run_the_example(box)
        for title in ("ten entities, twelve links", "… again with nothing new"):
            calls: list[Span] = []
            with counting(calls):
                lineage.tracker.record(blog.as_older_tools_record_it())
            row(title, calls)


def whole() -> None:
    """The three cells, then the facts of all three once more."""
    cells: list[list[Span]] = []
    with account() as (box, lineage), counting_cells(cells):
        example("tracking.test_blog_example").with_boto3(box, lineage)
        for title, calls in zip(("prepare", "datasets", "train"), cells, strict=True):
            row(f"whole, in three cells: {title}", calls)
        facts = (facts_of(run.plan) for run in lineage.tracker.journal.runs())
        lineage.tracker.record(reduce(joined, facts, Facts()))
        row("… all again with nothing new", cells[-1])


def main() -> None:
    """Print the table."""
    print(f"{'':<52}{'calls':>7}{'rounds':>8}{'seconds':>9}")
    for measure in (as_older_tools, whole):
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            example_data()
            measure()


def example_data() -> None:
    """What the cells read, and a journal of its own."""
    Path("raw.csv").write_text("policy_id,age,fraud\n1,20,0\n")
    Path("preprocess.py").write_text("print('clean')\n")
    os.environ["SM_LINEAGE_STORE"] = str(Path("journal.db").absolute())


if __name__ == "__main__":
    main()
