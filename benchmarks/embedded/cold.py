"""A fresh process: imports, open, the first answer of about fifty."""

from __future__ import annotations

import statistics
import subprocess
from contextlib import closing
from pathlib import Path

from build import built
from measure import table

from embedded.models import some_models
from embedded.processes import command, environment
from sm_lineage_magics.backends.local import LocalBackend

# Each prints the milliseconds it took and the most memory it held, in KiB.
_ANSWERING = """
import sys, time
start = time.perf_counter()
if len(sys.argv) > 1:
    from sm_lineage_magics.backends.local import LocalBackend
    backend = LocalBackend.open(sys.argv[1])
    assert len(backend.traverse([sys.argv[2]], "upstream", max_depth=10)) > 30
spent = (time.perf_counter() - start) * 1000
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(spent, peak.split()[1])
"""
_BOTO3 = """
import time
start = time.perf_counter()
import boto3
boto3.client("sagemaker", region_name="us-east-1")
print((time.perf_counter() - start) * 1000, 0)
"""


def cold(folder: Path, sizes: list[int]) -> None:
    """Print what a first answer costs beside boto3 and one client."""
    path = built(folder, sizes[-1])
    with closing(LocalBackend.open(path)) as backend:
        arn = some_models(backend)[0]
    spent, memory = _in_a_process(_ANSWERING, path, arn)
    _, bare = _in_a_process(_ANSWERING)
    boto3, _ = _in_a_process(_BOTO3)
    rows = [
        ("open and first answer", f"{spent:.0f} ms", f"{(memory - bare) / 1024:.1f} MB"),
        ("import boto3, one client", f"{boto3:.0f} ms", ""),
        ("ratio (goal: at most 1/5)", f"1/{boto3 / spent:.1f}", ""),
    ]
    table(f"Cold at {sizes[-1]:,} entities", ("what", "in process", "over bare Python"), rows)


def _in_a_process(code: str, *arguments: object) -> tuple[float, float]:
    """The medians of the two numbers that some Python prints, of seven processes."""
    runs = [
        subprocess.check_output(command(code, *arguments), text=True, env=environment()).split()
        for _ in range(7)
    ]
    milliseconds, memory = (statistics.median(map(float, each)) for each in zip(*runs, strict=True))
    return milliseconds, memory
