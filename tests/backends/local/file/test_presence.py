"""The file under an open store goes, is replaced, cut short, or brought up to a later version."""

import os
import shutil
import sqlite3

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.file.schema import VERSION
from sm_lineage_magics.errors import DamagedStore, NewerStore, StoreError
from sm_lineage_magics.model import Entity, Home


@pytest.fixture(params=["WAL", "DELETE"])
def path(request, tmp_path, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_JOURNAL", request.param)
    return tmp_path / "folder" / "lineage.db"


@pytest.fixture
def store(path):
    opened = Store.open(path)
    opened.put(action(f"a{number}") for number in range(100))
    yield opened
    opened.close()


def action(name):
    return Entity(Home().action(name), "Action", "Step", name, properties={"padding": "x" * 200})


def delete(path):
    for each in path.parent.iterdir():
        each.unlink()


def empty(path):
    os.truncate(path, 0)


def delete_the_folder(path):
    shutil.rmtree(path.parent)


def replace(path):
    other = Store.open(path.with_name("other.db"))
    other.put([action("other")])
    other.close()
    os.replace(path.with_name("other.db"), path)


GONE = [
    (delete, "was deleted", 0),
    (delete_the_folder, "was deleted", 0),
    (replace, "replaced", 1),
]


@pytest.mark.parametrize(("happens", "says", "left"), GONE)
def test_a_question_of_a_file_that_is_gone_says_so_once(path, store, happens, says, left):
    happens(path)

    with pytest.raises(StoreError, match=says):
        store.count()
    assert store.count() == left


@pytest.mark.parametrize(("happens", "says", "left"), GONE)
def test_a_write_to_a_file_that_is_gone_is_not_acknowledged(path, store, happens, says, left):
    happens(path)

    with pytest.raises(StoreError, match=says):
        store.put([action("late")])
    store.put([action("later")])
    other = Store.open(path)
    assert other.get([Home().action("later")]).keys() == {Home().action("later")}
    assert other.count() == left + 1
    other.close()


def test_a_file_that_is_emptied_is_not_taken_for_a_new_one_in_silence(path, store):
    """Where there is a log that still holds everything, everything is there again."""
    empty(path)

    with pytest.raises(StoreError, match="emptied"):
        store.count()
    assert store.count() == (100 if path.with_name("lineage.db-wal").exists() else 0)


def test_a_file_that_goes_in_the_middle_of_a_write_takes_it_along(path, store):
    with pytest.raises(StoreError, match="deleted"), store.writing():
        store.put([action("late")])
        delete(path)

    assert store.count() == 0


def test_a_file_that_is_cut_short_is_damaged(path, store):
    store.close()
    assert store.count() == 100
    os.truncate(path, path.stat().st_size // 2)

    for _ in range(2):
        with pytest.raises(DamagedStore, match="cut short"):
            store.count()


def test_a_file_that_another_program_made_smaller_is_read_on(path, store):
    """SQLite's VACUUM leaves no room that nothing is in."""
    store.drop([Home().action(f"a{number}") for number in range(1, 100)])
    connection = sqlite3.connect(path)
    connection.execute("VACUUM")
    connection.close()

    assert [entity.name for entity in store.find()] == ["a0"]


def test_a_file_that_a_later_version_has_brought_up_to_date_is_not_written(path, store):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()

    for ask in (store.count, lambda: store.put([action("late")])):
        with pytest.raises(NewerStore, match="upgrade with"):
            ask()


def test_writers_still_queue_when_somebody_deleted_the_lock_as_a_left_over(path, store):
    path.with_name("lineage.db.lock").unlink()
    store.put([action("late")])

    assert path.with_name("lineage.db.lock").exists()
    assert store.count() == 101
