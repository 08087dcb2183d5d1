"""The tables of a store's file, and how an older file becomes a current one.

Each migration is a list of statements; their number is the file's `user_version`. A migration
that has been released is never edited: a change is a new one at the end.
"""

from __future__ import annotations

import sqlite3

# The four letters "LinM" in the file's header say that the file is ours.
APPLICATION_ID = int.from_bytes(b"LinM", "big")

_VERSION_1 = (
    # Texts that repeat (ARN prefixes, types, states, authors), each kept once.
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    # An entity whose kind is NULL is only named, by an association.
    """CREATE TABLE entity (
        id INTEGER PRIMARY KEY,
        prefix INTEGER NOT NULL,
        key NOT NULL,
        kind INTEGER,
        type INTEGER,
        name TEXT,
        source_prefix INTEGER,
        source TEXT,
        created INTEGER,
        modified INTEGER,
        created_by INTEGER,
        status INTEGER,
        properties TEXT,
        details TEXT,
        ours INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX entity_by_created ON entity (created)",
    """CREATE TABLE edge (
        destination INTEGER NOT NULL,
        source INTEGER NOT NULL,
        type INTEGER,
        created INTEGER,
        created_by INTEGER,
        PRIMARY KEY (destination, source)
    ) WITHOUT ROWID""",
    "CREATE INDEX edge_by_source ON edge (source)",
    # Where to look for an entity by its ARN, its source or a short name: their hashes. An index of
    # the texts themselves would double the file.
    """CREATE TABLE lookup (
        hash INTEGER NOT NULL,
        entity INTEGER NOT NULL,
        PRIMARY KEY (hash, entity)
    ) WITHOUT ROWID""",
    # Properties that plans wrote onto entities they did not make, as they wrote them.
    """CREATE TABLE claim (
        entity INTEGER NOT NULL,
        property TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (entity, property)
    ) WITHOUT ROWID""",
    # How many entities of each kind there are; under -1, how many associations.
    "CREATE TABLE tally (kind INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    """CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        key TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (topic, key)
    )""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1,)

VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an open file; 0 when it holds nothing yet."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection, to: int = VERSION) -> None:
    """Bring an open file up to a version; to be called within a transaction."""
    for version in range(version_of(connection), to):
        for statement in MIGRATIONS[version]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
