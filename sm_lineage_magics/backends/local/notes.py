"""Small texts a store keeps for others: the tracking journal, settings."""

from __future__ import annotations

from .file.connection import Connection


def keep(connection: Connection, topic: str, key: str, text: str) -> None:
    """Keep a text under a topic and key."""
    connection.execute(
        "INSERT INTO note (topic, key, text) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET text = excluded.text",
        (topic, key, text),
    )


def of(connection: Connection, topic: str) -> dict[str, str]:
    """What is kept under a topic, in the order in which the keys came."""
    rows = connection.execute("SELECT key, text FROM note WHERE topic = ? ORDER BY id", (topic,))
    return dict(rows.fetchall())


def forget(connection: Connection, topic: str, key: str) -> None:
    """Keep a text no longer."""
    connection.execute("DELETE FROM note WHERE topic = ? AND key = ?", (topic, key))
