"""The questions of evidence, typed in a real shell."""

import json
import subprocess
import sys
from datetime import datetime, timezone

import nbformat
import pytest

from sm_lineage_magics import Lineage, demo

RAW = "s3://sagemaker-us-east-1-111122223333/grocery/raw/orders.csv"


@pytest.fixture
def ask(ask):
    """Lines typed over a store that holds nothing yet."""
    ask("use local --store :memory:")
    return ask


def rules_found(report):
    return sorted({finding["rule"] for finding in report.data["findings"]})


def test_a_whole_demo_has_no_finding(ask):
    ask("demo grocery")
    ask("demo fraud")

    assert ask("lint").data["findings"] == []


def test_a_broken_demo_has_one_finding_for_each_rule(ask):
    ask("demo --break")

    assert rules_found(ask("lint")) == sorted(demo.FAULTS)


def test_only_the_faults_named_are_planted(ask):
    ask("demo --break cycle orphan")

    assert rules_found(ask("lint")) == ["cycle", "orphan"]


@pytest.mark.parametrize("line", ["demo --break cicle", "demo fraud --break"])
def test_a_fault_that_cannot_be_planted_is_refused(ask, line):
    with pytest.raises(Exception, match=r"invalid choice: 'cicle'|%lineage demo --break"):
        ask(line)


def test_a_step_drawn_by_a_recording_is_told_with_its_evidence(ask):
    ask("demo grocery")
    ask("link s3://bucket/by-hand.csv fg:grocery-orders")

    report = ask("path s3://bucket/by-hand.csv fg:grocery-orders")

    (step,) = report.sections[0].rows
    assert step[-1].startswith("named by the user (recording ")
    (raw, *_) = ask(f"path {RAW} fg:grocery-orders").sections[0].rows
    assert raw[-1] == f"on the word of {raw[-2]}"


@pytest.mark.parametrize("word", ["ls", "find grocery", "lint", "show fg:grocery-orders"])
def test_nothing_was_known_before_anything_was_made(ask, word):
    ask("demo grocery")

    answer = ask(f"{word} --as-of 2001-01-01")

    assert len(getattr(answer, "answer", answer).graph) == 0


@pytest.mark.parametrize("word", ["ls", "find grocery", "lint", "show fg:grocery-orders"])
def test_what_was_known_today_is_what_is_known(ask, word):
    ask("demo grocery")

    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"

    now, then = (ask(word), ask(f"{word} --as-of {today}"))
    graphs = [getattr(answer, "answer", answer).graph for answer in (now, then)]
    assert graphs[0].entities == graphs[1].entities


@pytest.mark.slow
@pytest.mark.parametrize("line", ["impact fg:customers.age --fail-if live", "lint --fail-on error"])
def test_a_condition_that_is_met_ends_the_run_of_a_notebook(tmp_path, line):
    """As a pipeline runs it: `jupyter execute` ends with a status that is not 0."""
    kept = tmp_path / "lineage.db"
    with Lineage.open(kept) as lineage:
        lineage.load(demo.fraud().graph)
        lineage.load(demo.broken().graph)
    start = f"%load_ext sm_lineage_magics\n%lineage use local --store {kept}"

    passed, failed = (
        executed(tmp_path, start, f"%lineage {asked}")
        for asked in (line.partition(" --fail")[0], line)
    )

    assert passed.returncode == 0, passed.stderr
    assert failed.returncode != 0
    assert "UsageError" in failed.stderr


def executed(folder, *cells):
    """The process that ran a notebook of these cells."""
    file = folder / "gate.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    file.write_text(json.dumps(made))
    command = [sys.executable, "-m", "jupyter", "execute", "--timeout=120", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
