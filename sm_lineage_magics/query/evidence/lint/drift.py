"""What has changed since a model was trained on it: data, and the schema of features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ....model import Entity, aliases, vocabulary
from ..inspected import Inspected, is_training
from ..recorded import features_in, features_of, ran_at, sources_of
from .rule import Broken


def data_overwritten(lineage: Inspected) -> Broken:
    """Training data that is not what it was when a model was trained on it."""
    for data in lineage.of("dataset"):
        trained = [job for job in lineage.downstream(data) if is_training(job)]
        if any(_rewritten(lineage, data, job) for job in trained):
            yield data, "It was written again after a model was trained on it."


def schema_changed(lineage: Inspected) -> Broken:
    """Feature groups that lack a feature a query has read."""
    read = _features_read(lineage)
    for group in lineage.of("feature-group"):
        now = features_in(lineage.now.get(group.arn, {}).get(vocabulary.FEATURES, ""))
        present = now or features_of(group)
        names = set(aliases(group))
        gone = {f for name in names for f in read.get(name, ()) if present and f not in present}
        if gone:
            yield group, f"A query read {', '.join(sorted(gone))}, which its schema has no more."


def _rewritten(lineage: Inspected, data: Entity, job: Entity) -> bool:
    """Whether the data has another ETag now, or was produced again after the job began."""
    recorded = data.properties.get(vocabulary.ETAG)
    current = lineage.now.get(data.arn, {}).get(vocabulary.ETAG)
    if recorded and current and recorded != current:
        return True
    trained = ran_at(job)
    made = filter(None, map(ran_at, lineage.upstream(data)))
    return trained is not None and any(each > trained for each in made)


def _features_read(lineage: Inspected) -> Mapping[str, set[str]]:
    read: dict[str, set[str]] = defaultdict(set)
    for query in lineage.of("query"):
        for group, feature in sources_of(query):
            read[group].add(feature)
    return read
