"""The embedded store beside ML Metadata, the same lineage in both: `metadata_store.py [SIZE]`.

Run by a Python for which ml-metadata has a wheel (1.17.1: up to 3.11), with this repository on
PYTHONPATH: the embedded store needs nothing installed. Both keep one SQLite file, and both answer
what a model was built from, with names and edges, the same set of entities.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import workload
from embedded.models import some_models
from measure import interleaved, ms, seconds, table
from ml_metadata.metadata_store import metadata_store
from ml_metadata.proto import metadata_store_pb2 as proto

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.local.bulk import load
from sm_lineage_magics.model import Association, Entity, LineageGraph

DONE = ("Action", "TrialComponent")


class Peer:
    """ML Metadata with a lineage in it: what was done is an execution, all else an artifact.

    It joins artifacts to executions only: between two artifacts stands an execution without a name.
    """

    def __init__(self, path: Path, graph: LineageGraph) -> None:
        config = proto.ConnectionConfig()
        config.sqlite.filename_uri = str(path)
        config.sqlite.connection_mode = 3  # read, write, create
        self.store = metadata_store.MetadataStore(config)
        self.artifact = self.store.put_artifact_type(proto.ArtifactType(name="Artifact"))
        self.execution = self.store.put_execution_type(proto.ExecutionType(name="Execution"))
        things = [e for e in graph.entities.values() if e.kind not in DONE]
        done = [e for e in graph.entities.values() if e.kind in DONE]
        self.things = self._named(things, self.store.put_artifacts, self._thing)
        self.done = self._named(done, self.store.put_executions, self._deed)
        joined = [edge for edge in graph.associations if self._is_between_things(edge)]
        nameless = self.store.put_executions([self._deed() for _ in joined])
        between = {edge.pair: id for edge, id in zip(joined, nameless, strict=True)}
        events = (self._events(edge, between.get(edge.pair)) for edge in graph.associations)
        self.store.put_events([event for each in events for event in each])

    def upstream(self, arn: str) -> set[str]:
        """The ARNs of what an artifact was built from."""
        options = proto.LineageSubgraphQueryOptions(
            starting_artifacts={"filter_query": f"id = {self.things[arn]}"},
            max_num_hops=100,
            direction=proto.LineageSubgraphQueryOptions.UPSTREAM,
        )
        found = self.store.get_lineage_subgraph(options, ["artifacts", "executions", "events"])
        named = {each.name for each in (*found.artifacts, *found.executions)}
        return {name for name in named if name.startswith("arn:")}

    def _named(self, entities: list[Entity], put: Any, made: Any) -> dict[str, int]:
        ids = put([made(entity) for entity in entities])
        return dict(zip((entity.arn for entity in entities), ids, strict=True))

    def _thing(self, entity: Entity) -> Any:
        return proto.Artifact(type_id=self.artifact, name=entity.arn, uri=entity.source_uri)

    def _deed(self, entity: Entity | None = None) -> Any:
        return proto.Execution(type_id=self.execution, name=entity.arn if entity else None)

    def _is_between_things(self, edge: Association) -> bool:
        return edge.source in self.things and edge.destination in self.things

    def _events(self, edge: Association, between: int | None) -> Iterator[Any]:
        read = between or self.done.get(edge.destination)
        wrote = between or self.done.get(edge.source)
        if read is not None:
            yield self._event(self.things[edge.source], read, proto.Event.INPUT)
        if wrote is not None:
            yield self._event(self.things[edge.destination], wrote, proto.Event.OUTPUT)

    @staticmethod
    def _event(artifact: int, execution: int, type: Any) -> Any:
        return proto.Event(artifact_id=artifact, execution_id=execution, type=type)


def main() -> None:
    """Fill both, check that they answer the same, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", type=int, nargs="?", default=10_000)
    graph = workload.lineage(parser.parse_args().size)
    with tempfile.TemporaryDirectory() as scratch:
        rows = compared(graph, Path(scratch) / "lineage.db", Path(scratch) / "mlmd.db")
    python = ".".join(map(str, sys.version_info[:2]))
    head = ("", "ours", "ML Metadata", "times ours")
    table(f"{len(graph):,} entities, Python {python}", head, rows)


def compared(graph: LineageGraph, ours: Path, theirs: Path) -> list[tuple[str, ...]]:
    """A line of the table for each thing measured."""
    backend = LocalBackend.open(ours)
    loading = seconds(lambda: load(backend.store, graph.entities.values(), graph.associations))
    made: list[Peer] = []
    filling = seconds(lambda: made.append(Peer(theirs, graph)))
    models = some_models(backend)[:5]

    def by_us() -> list[set[str]]:
        return [{e.arn for e in backend.traverse([arn], "upstream")} for arn in models]

    def by_them() -> list[set[str]]:
        return [made[0].upstream(arn) - {arn} for arn in models]

    assert by_us() == by_them()
    us, them = interleaved({"us": by_us, "them": by_them}, 7).values()
    backend.close()
    each, small, large = len(models), size(ours), size(theirs)
    return [
        ("an answer", ms(us / each), ms(them / each), f"{them / us:.3g}"),
        ("filled in", ms(loading), ms(filling), f"{filling / loading:.3g}"),
        ("bytes", f"{small:,}", f"{large:,}", f"{large / small:.3g}"),
    ]


def size(path: Path) -> int:
    """Bytes of a store and of what lies beside it."""
    return sum(each.stat().st_size for each in path.parent.glob(path.name + "*"))


if __name__ == "__main__":
    main()
