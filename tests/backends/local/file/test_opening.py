"""Files that are opened, made, or turned away untouched."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.file.opening import Opening
from sm_lineage_magics.backends.local.file.schema import VERSION
from sm_lineage_magics.errors import (
    DamagedStore,
    NewerStore,
    NotALineageStore,
    ReadOnlyStore,
    StoreError,
    WriteRefused,
)
from sm_lineage_magics.model import Entity, Home

RAW = Entity(Home().artifact("s3://b/raw.csv"), "Artifact", "DataSet", "raw", "s3://b/raw.csv")


@pytest.fixture
def made(path):
    """A store with one entity, closed."""
    store = Store.open(path)
    store.put([RAW])
    store.close()
    return path


def contents(folder):
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file()}


def refused(path, error, match, **options):
    """Opening fails with this error, and leaves every file as it was."""
    before = contents(path.parent)
    with pytest.raises(error, match=match):
        Store.open(path, **options)
    assert contents(path.parent) == before


def test_a_store_is_made_where_there_is_none(path):
    store = Store.open(path)
    store.put([RAW])
    store.close()

    again = Store.open(path)
    assert again.get([RAW.arn]) == {RAW.arn: RAW}
    again.close()


def test_the_folder_is_made(tmp_path):
    Store.open(tmp_path / "not" / "yet" / "lineage.db").close()

    assert (tmp_path / "not" / "yet" / "lineage.db").exists()


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    store = Store.open(path)
    assert store.count() == 0
    store.close()


def test_the_variable_names_the_file(path, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_STORE", str(path))

    assert Opening.of(None).where == str(path)
    assert Opening.of(":memory:").where == ":memory:"


def test_the_usual_file_lies_in_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("SM_LINEAGE_STORE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    where = Path(Opening.of(None).where)
    assert where.name == "lineage.db"
    assert tmp_path in where.parents


def test_text_is_not_a_store(path):
    path.write_text("id,amount\n1,2\n" * 100)
    refused(path, NotALineageStore, "not a lineage store")


def test_a_short_text_is_not_a_store(path):
    path.write_text("hello")
    refused(path, NotALineageStore, "left untouched")


def test_another_programs_database_is_not_a_store(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE customers (id)")
    connection.close()
    refused(path, NotALineageStore, "not a lineage store")


def test_a_newer_store_is_refused(made):
    connection = sqlite3.connect(made)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    refused(made, NewerStore, "upgrade with %pip install -U sm_lineage_magics")


def test_a_store_cut_short_is_damaged(made):
    made.write_bytes(made.read_bytes()[:-4096])
    refused(made, DamagedStore, "cut short")


def test_a_store_is_not_cut_short_when_whoever_moved_its_log_into_it_was_killed(made):
    """The first page, with the number of pages, goes before the last ones."""
    store = Store.open(made)
    store.put([Entity(Home().action(f"a{n}"), "Action", name="x" * 200) for n in range(500)])
    log = made.with_name("lineage.db-wal").read_bytes()
    store.close()
    made.write_bytes(made.read_bytes()[:-8192])
    made.with_name("lineage.db-wal").write_bytes(log)

    again = Store.open(made)
    assert again.count() == 501
    again.close()


def test_a_store_whose_first_page_is_overwritten_is_damaged(made):
    content = made.read_bytes()
    made.write_bytes(content[:100] + b"\xff" * 3996 + content[4096:])
    refused(made, DamagedStore, "damaged")


def test_a_store_whose_pages_are_overwritten_says_so_when_asked(made):
    content = made.read_bytes()
    made.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = made.read_bytes()

    with pytest.raises(DamagedStore, match="Restore a copy"):
        store = Store.open(made)
        try:
            store.get([RAW.arn])
        finally:
            store.close()
    assert made.read_bytes() == before


def test_a_folder_is_not_a_store(tmp_path):
    refused(tmp_path, StoreError, "is a folder")


def test_a_pipe_is_refused_and_not_waited_for(path):
    os.mkfifo(path)

    with pytest.raises(StoreError, match="is a pipe or a device"):
        Store.open(path)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("s3://bucket/lineage.db", "is no file on this machine"),
        ("line\0age.db", r"'line\\x00age.db' is no file on this machine"),
        ("n" * 300 + ".db", "Cannot read .* File name too long"),
        ("lineage.db/below.db", "Cannot read .* Not a directory"),
    ],
)
def test_what_cannot_be_a_file_is_refused_and_makes_nothing(made, monkeypatch, target, message):
    monkeypatch.chdir(made.parent)
    before = contents(made.parent)

    with pytest.raises(StoreError, match=message):
        Store.open(target)
    assert contents(made.parent) == before


def test_reading_what_is_not_there_makes_nothing(path):
    refused(path, StoreError, "There is no lineage store", read_only=True)


def test_a_store_opened_for_reading_can_be_asked_and_not_written(made):
    store = Store.open(made, read_only=True)

    assert store.count() == 1
    with pytest.raises(WriteRefused, match="open for reading only"):
        store.put([RAW])
    store.close()


def test_reading_changes_no_byte(made):
    before = contents(made.parent)
    store = Store.open(made, read_only=True)
    assert [entity.name for entity in store.find()] == ["raw"]
    store.close()

    assert contents(made.parent) == before


@pytest.fixture
def stranger():
    """Whoever runs the tests, root included, becomes one who owns nothing, for a test."""
    if not hasattr(os, "seteuid"):
        pytest.skip("permissions are POSIX's here")
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    yield
    os.seteuid(0)
    os.setegid(0)


@pytest.fixture
def protected(made):
    """A store that may be read and not written, in a folder of the same kind."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    shutil.copy(made, folder / "lineage.db")
    (folder / "lineage.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "lineage.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_cannot_be_written_is_refused(protected, stranger):
    refused(protected, ReadOnlyStore, "open it with read_only=True")


def test_a_file_in_a_folder_that_cannot_be_written_can_be_read(protected, stranger):
    before = contents(protected.parent)
    store = Store.open(protected, read_only=True)
    assert store.count() == 1
    store.close()

    assert contents(protected.parent) == before


def test_a_store_in_a_folder_that_cannot_be_written_is_not_made(protected, stranger):
    refused(protected.with_name("new.db"), ReadOnlyStore, "cannot be written")


def test_a_folder_that_cannot_be_made_is_said(protected, stranger):
    with pytest.raises(ReadOnlyStore, match="Cannot make the folder"):
        Store.open(protected.parent / "new" / "lineage.db")


def test_a_full_disk_is_said_and_nothing_is_kept(path):
    """SQLite's limit on the number of pages fails as a full disk does."""
    store = Store.open(path)
    with store.writing() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    with store.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [Entity(Home().action(f"a{n}"), "Action", name="x" * 200) for n in range(1000)]

    with pytest.raises(StoreError, match="The disk is full"):
        store.put(many)
    assert store.count() == 0
    store.close()
