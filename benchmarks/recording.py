"""What recording the blog's example in an account costs: calls, rounds of calls, time.

python benchmarks/recording.py

Once as `ml-lineage-helper` records it, ten entities and twelve links, and once whole, in three
tracked cells. The account is the sandbox's and every call takes 50 ms longer. A round is a call
that had to wait for another: calls made side by side are one.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import boto3
from botocore.client import BaseClient

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sm_lineage_magics import Lineage, emulator  # noqa: E402
from sm_lineage_magics.tracking.facts import Facts  # noqa: E402
from sm_lineage_magics.tracking.gathering import gather, joined  # noqa: E402
from sm_lineage_magics.tracking.recording.plan import facts_of  # noqa: E402

LATENCY = 0.05


class Made(NamedTuple):
    """One call: when it began and ended."""

    began: float
    ended: float


def load(name: str) -> Any:
    """A module of the tests, which make the example too."""
    return importlib.import_module(f"tests.tracking.{name}")


@contextlib.contextmanager
def counting(calls: list[Made]) -> Iterator[None]:
    """Delay and note every call of every client."""
    whole = BaseClient._make_api_call

    def call(client: Any, operation: str, parameters: Any) -> Any:
        began = time.perf_counter()
        time.sleep(LATENCY)
        try:
            return whole(client, operation, parameters)
        finally:
            calls.append(Made(began, time.perf_counter()))

    BaseClient._make_api_call = call
    try:
        yield
    finally:
        BaseClient._make_api_call = whole


def rounds(calls: list[Made]) -> int:
    """The longest chain of calls of which each began after the one before it had ended."""
    depths: list[tuple[float, int]] = []
    for call in sorted(calls):
        before = [depth for ended, depth in depths if ended <= call.began]
        depths.append((call.ended, 1 + max(before, default=0)))
    return max((depth for _, depth in depths), default=0)


def row(title: str, calls: list[Made]) -> None:
    """One line of the table."""
    seconds = max(c.ended for c in calls) - min(c.began for c in calls)
    print(f"{title:<52}{len(calls):>7}{rounds(calls):>8}{seconds:>9.2f}")
    calls.clear()


def as_older_tools() -> None:
    example = load("recording.test_calls")
    calls: list[Made] = []
    with emulator.sandbox() as box, Lineage.open("sagemaker", client=client()) as lineage:
        example.run_the_example(box)
        for title in ("ten entities, twelve links", "… again with nothing new"):
            lineage.backend.name  # noqa: B018 - asked for when an account is opened
            with counting(calls):
                lineage.tracker.record(example.as_older_tools_record_it())
            row(title, calls)


def whole() -> None:
    """The three cells; only what tracking itself calls is counted."""
    from sm_lineage_magics.tracking import tracked
    from sm_lineage_magics.tracking.recording.tracker import Tracker

    example, calls, cells = load("test_blog_example"), list[Made](), list[list[Made]]()
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

    with emulator.sandbox() as box, Lineage.open("sagemaker", client=client()) as lineage:
        tracked.gather, Tracker.record = gathering, recording
        lineage.backend.name  # noqa: B018
        example.with_boto3(box, lineage)
        for title, made in zip(("prepare", "datasets", "train"), cells, strict=True):
            row(f"whole, in three cells: {title}", made)
        facts = Facts()
        for run in lineage.tracker.journal.runs():
            facts = joined(facts, facts_of(run.plan))
        lineage.tracker.record(facts)
        row("… all again with nothing new", cells[-1])


def client() -> Any:
    return boto3.client("sagemaker", region_name="us-east-1")


def main() -> None:
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
