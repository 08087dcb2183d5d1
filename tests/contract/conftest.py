"""The contract of backends: every test here runs over each of them, empty at its start.

Nothing but the `Backend` protocol is used: data is written with `apply(Plan.of(graph))`, and
entities are told apart by name, because each backend gives ARNs of its own. A new backend is one
line in `BACKENDS`: its name, and how an empty one is opened in a folder of its own.
"""

from dataclasses import replace

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan

BACKENDS = {
    "file": lambda folder: LocalBackend.open(folder / "lineage.db"),
    "memory": lambda folder: LocalBackend.open(":memory:"),
    "sagemaker": lambda folder: SageMakerBackend.open(client=emulator.client()),
}


@pytest.fixture(params=BACKENDS)
def open_backend(request, tmp_path_factory):
    """Opens another empty backend with each call."""
    opened = []

    def open_backend():
        opened.append(BACKENDS[request.param](tmp_path_factory.mktemp("backend")))
        return opened[-1]

    yield open_backend
    for backend in opened:
        backend.close()


@pytest.fixture
def backend(open_backend):
    return open_backend()


class Lineage:
    """Entities by their names, which are letters as a rule, and graphs of them."""

    home = Home()

    def dataset(self, name, **changes):
        uri = f"s3://bucket/{name}.csv"
        plain = Entity(self.home.artifact(uri), "Artifact", "DataSet", name, uri)
        return replace(plain, **changes)

    def action(self, name, **changes):
        return replace(Entity(self.home.action(name), "Action", "Processing", name), **changes)

    def graph(self, *pairs, alone="", make=None):
        """`graph("ab", "bc")` is a → b → c."""
        make = make or self.dataset
        names = dict.fromkeys([*(name for pair in pairs for name in pair), *alone])
        entities = {name: make(name) for name in names}
        return LineageGraph.of(
            entities.values(),
            (
                Association(entities[source].arn, entities[destination].arn, "ContributedTo")
                for source, destination in pairs
            ),
        )


class Written:
    """A graph in a backend: its ARNs there by name, and names of what comes back."""

    def __init__(self, backend, graph):
        self.backend = backend
        self.receipt = backend.apply(Plan.of(graph))
        self.arns = {e.name: self.receipt.arns[key] for key, e in graph.entities.items()}
        self.names = {arn: name for name, arn in self.arns.items()}

    def __getitem__(self, name):
        (entity,) = self.backend.get([self.arns[name]]).values()
        return entity

    def traverse(self, names, direction, **options):
        return self.backend.traverse([self.arns[name] for name in names], direction, **options)

    def walk(self, names, direction, **options):
        """The names of what a walk finds, in its order."""
        return [entity.name for entity in self.traverse(names, direction, **options)]

    def holds(self, source, destination):
        """Whether the backend took this edge; one from an entity to itself it may refuse."""
        return (self.arns[source], self.arns[destination]) in self.receipt.linked

    def links(self, associations):
        return sorted(self.names[a.source] + self.names[a.destination] for a in associations)


@pytest.fixture
def lineage():
    return Lineage()


@pytest.fixture
def written(backend, lineage):
    """Writes edges such as "ab" into the backend."""
    return lambda *pairs, **options: Written(backend, lineage.graph(*pairs, **options))


@pytest.fixture
def written_in():
    """Writes a graph into a given backend."""
    return Written
