"""What is asked in the background, and what is left until the cell has run."""

import asyncio
import threading

from sm_lineage_widgets.asking import DRAWN, Asking, soon

from sm_lineage_magics.model import Answer


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


def test_an_answer_comes_also_when_what_it_was_asked_in_has_ended():
    """JupyterLab ends the thread that it has widgets' messages handled in with the notebook."""
    asked, answer = threading.Event(), Answer(focus=("a",))
    came = []

    def slow(arn, way):
        asked.wait(10)
        return answer

    asking = Asking(slow, lambda *what: came.append(what), came.append)

    async def ask():
        asking.ask("a", "upstream")

    asyncio.run(ask())
    assert asking.waiting == (("a", "upstream"),)
    asked.set()
    asking._thread.shutdown(wait=True)

    assert came == [("a", "upstream", answer)]
    assert asking.waiting == ()
