"""What models are made of: data sets, code, images, feature groups and queries over them."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from ..model import Entity, vocabulary, write_columns
from .account import Account, Stamp
from .selection import Selection

DATABASE = "sagemaker_featurestore"

Features = Mapping[str, str]


def data_set(account: Account, key: str, made: Stamp, etag: str = "") -> Entity:
    """An S3 object; without an ETag it gets one that its place decides."""
    uri = account.s3(key)
    properties = {vocabulary.ETAG: etag or _digest(f"{uri} {made.at}")}
    return account.artifact("DataSet", uri, made, properties=properties)


def image(account: Account, uri: str, made: Stamp) -> Entity:
    """A container image."""
    return account.artifact("Image", uri, made)


def code(account: Account, path: str, commit: str, made: Stamp) -> Entity:
    """A script as it is at a commit."""
    return account.artifact(
        "Code",
        f"{account.repository}/blob/{commit}/{path}",
        made,
        properties={
            vocabulary.DIRTY: "false",
            vocabulary.SHA256: hashlib.sha256(f"{commit} {path}".encode()).hexdigest(),
        },
        details={"metadata": {"commit_id": commit, "repository": account.repository}},
    )


def commit_of(message: str) -> str:
    """A commit id for a message: forty hexadecimal digits."""
    return hashlib.sha1(message.encode(), usedforsecurity=False).hexdigest()


def feature_group(account: Account, name: str, features: Features, made: Stamp) -> Entity:
    """A feature group with an offline store, named as the tracker names it."""
    table = f"{name.replace('-', '_')}_{made.epoch}"
    return account.artifact(
        "FeatureGroup",
        account.resources.arn("feature-group", name),
        made,
        name=name,
        properties={
            vocabulary.FEATURES: compact(features),
            vocabulary.OFFLINE_TABLE: f"{DATABASE}.{table}",
        },
    )


def query(account: Account, name: str, selection: Selection, made: Stamp) -> Entity:
    """A completed query over feature groups."""
    execution = str(uuid.UUID(_digest(f"{name} {made.at}")))
    return account.action(
        "FeatureStoreQuery",
        name,
        f"arn:aws:athena:us-east-1:{account.resources.account}:query/{execution}",
        made,
        properties={
            vocabulary.QUERY: selection.sql,
            vocabulary.QUERY_EXECUTION_ID: execution,
            vocabulary.SUBMITTED: made.at.isoformat(),
            vocabulary.DATABASE: DATABASE,
            vocabulary.TABLES: compact(selection.tables),
            vocabulary.COLUMNS: write_columns(selection.columns),
        },
    )


def compact(value: Any) -> str:
    """JSON without blanks, since the service counts characters."""
    return json.dumps(value, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
