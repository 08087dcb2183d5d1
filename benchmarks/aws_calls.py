"""What questions cost on AWS: calls, time and rows, beside ml-lineage-helper and the SDK.

    python benchmarks/aws_calls.py                                    # ours alone
    python benchmarks/aws_calls.py --helper PATH --models 2 101         # with ml-lineage-helper

The account is the emulator's, every call of every client takes 50 ms longer, and the helper's
worked example is in it, for several models that share two feature groups. `--helper` names a folder
that holds the package `ml_lineage_helper`, which is not part of this repository; it and the SDK's
`LineageQuery` need an environment with sagemaker 2. Calls are counted beneath boto3, for all alike.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from account.endpoint import world_of
from account.ours import asked_of_us, questions, throttled
from account.rows import Row, shown
from account.theirs import asked_of_helper, asked_of_sdk
from account.worked_example import recorded_by_helper, recorded_by_stand_in, recorded_by_us

# Who is asked a question of a world at a latency.
Asked = Callable[[Any, float, str], Iterator[Row]]
# Who records the worked example at a latency.
Recorded = Callable[[float], Iterator[Row]]


def present(*, helper: bool, sdk: bool) -> tuple[list[Asked], list[Recorded]]:
    """Who can be asked here, and who can record; says who is left out."""
    asked: list[Asked] = [asked_of_us]
    recorded: list[Recorded] = [recorded_by_us, recorded_by_stand_in]
    if helper:
        asked.append(asked_of_helper)
        recorded.append(recorded_by_helper)
    else:
        print("ml-lineage-helper is left out: --helper names no folder that holds it.")
    if sdk:
        asked.append(asked_of_sdk)
    else:
        print("The SDK's LineageQuery is left out: sagemaker 2 is not installed here.")
    return asked, recorded


def answered(world: Any, latency: float, asked: list[Asked]) -> Iterator[Row]:
    """Every question, asked of all who are there."""
    if len(world.models) > 50:
        yield throttled(world, latency)
    for question in questions(world):
        for ask in asked:
            yield from ask(world, latency, question)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--helper", type=Path, help="folder that holds ml_lineage_helper")
    parser.add_argument("--models", type=int, nargs="+", default=[2, 101])
    parser.add_argument("--latency", type=float, default=0.05, help="seconds a call takes longer")
    options = parser.parse_args()
    if options.helper is not None:
        sys.path.insert(0, str(options.helper))
    sdk = importlib.util.find_spec("sagemaker") is not None
    asked, recorded = present(helper=options.helper is not None, sdk=sdk)
    shown("Recording", chain.from_iterable(record(options.latency) for record in recorded))
    for models in options.models:
        world = world_of(models)
        shown(f"{models} models", answered(world, options.latency, asked))


if __name__ == "__main__":
    main()
