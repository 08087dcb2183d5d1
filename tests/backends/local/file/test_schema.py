"""Files of every version there has been are read by the present one."""

import sqlite3
from datetime import datetime, timezone
from pathlib import Path

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.file import schema
from sm_lineage_magics.backends.local.file.connection import Connection
from sm_lineage_magics.model import Association, Entity

# One dump for each version released, made by `sqlite3 FILE .dump`; never changed afterwards.
VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
PREFIX = "arn:aws:sagemaker:local:000000000000:"
RAW = Entity(
    f"{PREFIX}artifact/00112233445566778899aabbccddeeff",
    "Artifact",
    "DataSet",
    "raw",
    "s3://bucket/raw.csv",
    {"Rows": "10"},
    NOON,
    NOON,
    "ann",
    None,
    {"source_types": [["MD5Hash", "0"]]},
)
CLEAN = Entity(f"{PREFIX}action/clean", "Action", "Processing", "clean", "", {}, NOON, NOON)
LINK = Association(RAW.arn, CLEAN.arn, "ContributedTo", NOON, "ann")


def test_there_is_a_dump_of_every_version():
    assert [path.stem for path in VERSIONS] == [str(1 + each) for each in range(schema.VERSION)]


@pytest.mark.parametrize("dump", VERSIONS, ids=lambda path: path.stem)
def test_a_store_of_an_older_version_is_brought_up_to_date_whole(dump, tmp_path):
    path = tmp_path / "lineage.db"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text())
    connection.execute(f"PRAGMA user_version = {dump.stem}")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.close()

    store = Store.open(path)
    with store.reading() as opened:
        assert schema.version_of(opened) == schema.VERSION
    assert store.get([RAW.arn, CLEAN.arn]) == {RAW.arn: RAW, CLEAN.arn: CLEAN}
    assert list(store.associations()) == [LINK]
    assert store.by_alias("raw.csv") == list(store.find(source_uri=RAW.source_uri)) == [RAW]
    assert (store.count(), store.count_associations()) == (2, 1)
    assert store.notes("topic") == {"key": "text"}
    store.close()


def test_migrations_are_carried_out_in_order_from_the_files_version(monkeypatch):
    later = ("ALTER TABLE note ADD COLUMN added TEXT", "UPDATE note SET added = 'later'")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, later))
    connection = sqlite3.connect(":memory:", factory=Connection, isolation_level=None)
    schema.migrate(connection, to=1)
    connection.execute("INSERT INTO note (topic, key, text) VALUES ('t', 'k', 'x')")
    schema.migrate(connection, to=2)
    schema.migrate(connection, to=2)

    assert connection.execute("SELECT text, added FROM note").fetchall() == [("x", "later")]
    assert schema.version_of(connection) == 2
    connection.close()
