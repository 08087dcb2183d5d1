"""What a block of code set going that nobody sees from here, as gaps that say so.

>>> [gap.why for gap in unseen("churn", running=0, programs=["aws"])]
['What programs and processes do that a cell starts is not seen. …']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Gap
from ...model.wording import counted


def unseen(where: str, running: int, programs: Sequence[str]) -> Iterator[Gap]:
    """The gaps of a block that has ended.

    Args:
        where: what the block is called.
        running: how many threads and tasks it began that still run.
        programs: names of the programs it started.
    """
    if running:
        yield Gap("not-recorded", where, _still_running(running))
    if programs:
        yield Gap("not-recorded", ", ".join(dict.fromkeys(programs)), _PROGRAMS)


_PROGRAMS = (
    "What programs and processes do that a cell starts is not seen. Say what they read and made: "
    "%lineage link A B, or --source URI on the cell."
)


def _still_running(number: int) -> str:
    begun = counted(number, "thread or task", "threads or tasks")
    still = "still runs; what it does" if number == 1 else "still run; what they do"
    return (
        f"{begun} that it began {still} from here on is not recorded. "
        "Wait within the cell (result(), join()), or record what came of it by its variable: "
        "%lineage track VAR."
    )
