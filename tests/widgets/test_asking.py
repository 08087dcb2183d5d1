"""What is left until the cell has run."""

import asyncio

from sm_lineage_widgets.asking import DRAWN, soon


def test_soon_is_at_once_where_nothing_runs_cells():
    done = []
    soon(lambda: done.append("told"))

    assert done == ["told"]


def test_soon_is_after_the_cell_where_cells_are_run():
    done = []

    async def cell():
        soon(lambda: done.append("after"))
        done.append("cell")
        await asyncio.sleep(2 * DRAWN)

    asyncio.run(cell())

    assert done == ["cell", "after"]
