"""The benchmarks still start, whatever else is moved."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
# As from the command line: a benchmark's own folder comes first.
PATH = {"PYTHONPATH": os.pathsep.join(map(str, (BENCHMARKS, ROOT, ROOT / "widgets")))}
# What a benchmark is run against and the tests are not, by the README installed for it alone.
PEERS = ("ml_metadata", "playwright")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.stem for path in BENCHMARKS.glob("*.py")))
def test_it_finds_what_it_imports(name):
    ran = subprocess.run(
        [sys.executable, "-c", f"import {name}"],
        env=os.environ | PATH,
        capture_output=True,
        text=True,
    )
    last = ran.stderr.strip().rpartition("\n")[2]

    assert ran.returncode == 0 or last.endswith(
        tuple(f"No module named {peer!r}" for peer in PEERS)
    )


@pytest.mark.slow
def test_the_sections_of_the_store_print_their_tables(tmp_path):
    ran = subprocess.run(
        [
            sys.executable,
            BENCHMARKS / "store.py",
            tmp_path,
            "1000",
            "--only",
            "walks,peers,closures",
        ],
        env=os.environ | PATH,
        capture_output=True,
        text=True,
        check=True,
    )

    titles = [line for line in ran.stdout.splitlines() if line.startswith("###")]
    assert [title.split(" (")[0] for title in titles] == [
        "### Upstream of about 50",
        "### The same answers at 1,000 entities",
        "### Pages and closures downstream",
    ]
