"""A store in which bytes have changed: a clear line or an answer, never an error of SQLite's."""

import random
import sqlite3

import pytest

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.errors import DamagedStore, NewerStore, NotALineageStore
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan

HOME = Home()
PLACES = 200


def dataset(number):
    uri = f"s3://bucket/data-{number:03}.csv"
    properties = {"Rows": str(number), "ETag": f"{number:032x}"}
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", f"d{number}", uri, properties)


def lineage():
    entities = [dataset(number) for number in range(150)]
    links = [
        Association(entities[number // 2].arn, entities[number].arn, "DerivedFrom")
        for number in range(1, 150)
    ]
    return LineageGraph.of(entities, links)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """The bytes of a store."""
    path = tmp_path_factory.mktemp("whole") / "lineage.db"
    backend = LocalBackend.open(path)
    backend.apply(Plan.of(lineage()))
    backend.store.note("topic", "key", "text")
    backend.close()
    return path.read_bytes()


def ask(path):
    backend = LocalBackend.open(path)
    try:
        everything = backend.everything()
        walked = backend.traverse([dataset(0).arn], "downstream")
        backend.store.notes("topic")
        return everything, walked, list(backend.find(text="data-1")), backend.store.count()
    finally:
        backend.close()


def changed(content, place, by):
    return content[:place] + bytes([content[place] ^ by]) + content[place + 1 :]


def test_a_changed_byte_is_a_clear_line_or_an_answer(content, tmp_path):
    dice = random.Random(7)
    refused = 0
    for number in range(PLACES):
        path = tmp_path / f"{number}.db"
        path.write_bytes(changed(content, dice.randrange(len(content)), dice.randrange(1, 256)))
        try:
            everything, *_ = ask(path)
        except (DamagedStore, NewerStore, NotALineageStore):
            refused += 1
        else:
            assert len(everything.graph.entities) <= 151
    assert 0 < refused < PLACES


DAMAGES = [
    "UPDATE entity SET kind = 99",
    "UPDATE entity SET prefix = 99",
    "UPDATE entity SET key = 7.5",
    "UPDATE entity SET properties = 'no JSON'",
    "UPDATE entity SET properties = '[1, 2]'",
    "UPDATE entity SET created = 1 << 62",
    "UPDATE entity SET name = CAST(x'ff' AS TEXT)",
    "UPDATE entity SET source = x'ff', source_prefix = NULL",
    "UPDATE edge SET type = 99",
    "UPDATE edge SET created_by = 99",
    "DELETE FROM entity WHERE id = 3",
    "DROP TABLE edge",
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_rows_that_no_store_holds_are_damage(content, tmp_path, damage):
    path = tmp_path / "lineage.db"
    path.write_bytes(content)
    connection = sqlite3.connect(path)
    connection.execute(damage)
    connection.commit()
    connection.close()

    with pytest.raises(DamagedStore, match="Restore a copy"):
        ask(path)


def test_tables_whose_names_cannot_be_read_are_damage(content, tmp_path):
    path = tmp_path / "lineage.db"
    path.write_bytes(content.replace(b"TABLE entity", b"TABLE \xff\xfftity", 1))

    with pytest.raises(DamagedStore, match="Restore a copy"):
        ask(path)
