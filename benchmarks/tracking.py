"""What tracking costs a cell: CPU time, tracked and untracked side by side, medians.

python benchmarks/tracking.py

The service is stubbed beneath boto3 in both, so that only botocore and tracking are measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import boto3
import numpy
import pandas
from botocore import UNSIGNED
from botocore.config import Config
from IPython.core.interactiveshell import InteractiveShell

from sm_lineage_magics import load_ipython_extension

EMPTY = "x = 1"
RECORDS = """
for number in range(10_000):
    runtime.put_record(FeatureGroupName="customers", Record=record)
"""


def shell() -> InteractiveShell:
    made = InteractiveShell()
    load_ipython_extension(made)
    made.run_cell("%config LineageMagics.store = ':memory:'")
    made.run_cell("%config LineageMagics.feedback = 0")
    return made


def runtime() -> Any:
    client = boto3.client(
        "sagemaker-featurestore-runtime",
        region_name="eu-west-1",
        config=Config(signature_version=UNSIGNED),
    )
    answer = (type("Http", (), {"status_code": 200})(), {"ResponseMetadata": {}})
    client.meta.events.register("before-call", lambda **_: answer)
    return client


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(title: str, ipython: InteractiveShell, cell: str, rounds: int) -> None:
    plain, tracked = [], []
    for _ in range(rounds):
        plain.append(seconds(lambda: ipython.run_cell(cell)))
        tracked.append(seconds(lambda: ipython.run_cell(f"%%lineage track\n{cell}")))
    before, after = statistics.median(plain), statistics.median(tracked)
    extra = (after - before) * 1000
    print(f"{title:<44}{before * 1000:>9.2f} ms{after * 1000:>9.2f} ms{extra:>+9.2f} ms")


def main() -> None:
    ipython = shell()
    print(f"{'':<44}{'untracked':>12}{'tracked':>12}{'difference':>12}")
    ipython.run_cell(f"%%lineage track\n{EMPTY}")
    compare("an empty cell", ipython, EMPTY, 51)
    ipython.user_ns.update({f"v{number}": object() for number in range(5_000)})
    compare("… with 5,000 variables", ipython, EMPTY, 51)
    ipython.user_ns["big"] = pandas.DataFrame(numpy.ones((2**25, 8)), copy=False)
    compare("… and a frame of 2 GB", ipython, EMPTY, 51)
    compare("… that the cell names", ipython, "big = big", 51)
    del ipython.user_ns["big"]
    ipython.user_ns.update(runtime=runtime(), record=[{"FeatureName": "id", "ValueAsString": "1"}])
    compare("10,000 PutRecord calls", ipython, RECORDS, 3)


if __name__ == "__main__":
    main()
