"""A process that writes track after track, and says of each when it is acknowledged.

Run as `python writer.py STORE NAME [COUNT]`; it prints the number of each track that is kept.
"""

import sys
from itertools import count

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan

HOME = Home()


def track(name, number):
    """Fifteen entities and twenty associations, two entities shared by all writers."""
    entities = [Entity(HOME.action(f"shared-{each}"), "Action") for each in range(2)]
    uris = [f"s3://{name}/{number}/{each}" for each in range(13)]
    entities += [Entity(HOME.artifact(uri), "Artifact", "DataSet", "", uri) for uri in uris]
    pairs = [(one, other) for one in range(2) for other in range(2, 12)]
    links = [Association(entities[a].arn, entities[b].arn, "ContributedTo") for a, b in pairs]
    return LineageGraph.of(entities, links)


if __name__ == "__main__":
    path, name = sys.argv[1:3]
    backend = LocalBackend.open(path)
    for number in range(int(sys.argv[3])) if len(sys.argv) > 3 else count():
        backend.apply(Plan.of(track(name, number)))
        print(number, flush=True)  # noqa: T201
    backend.close()
