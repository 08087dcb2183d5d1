"""Clients of the emulator, each test through both of its doors."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from sm_lineage_magics import emulator


@pytest.fixture(params=["parsed", "wire"])
def sm(request: pytest.FixtureRequest) -> Any:
    """A client of an empty account, answered before the call and over HTTP responses."""
    return emulator.client(wire=request.param == "wire")


class Lineage:
    """Draws small graphs through a client: `draw("a b c")` makes artifacts a → b → c."""

    def __init__(self, sm: Any) -> None:
        self.sm = sm
        self.arns: dict[str, str] = {}

    def artifact(self, name: str, type: str = "DataSet", **fields: Any) -> str:
        source = fields.pop("source", {"SourceUri": f"s3://bucket/{name}"})
        made = self.sm.create_artifact(
            ArtifactName=name, ArtifactType=type, Source=source, **fields
        )
        return self.arns.setdefault(name, made["ArtifactArn"])

    def action(self, name: str, type: str = "Query", **fields: Any) -> str:
        source = {"SourceUri": f"arn:{name}"}
        made = self.sm.create_action(ActionName=name, ActionType=type, Source=source, **fields)
        return self.arns.setdefault(name, made["ActionArn"])

    def context(self, name: str, type: str = "Endpoint", **fields: Any) -> str:
        source = {"SourceUri": f"arn:{name}"}
        made = self.sm.create_context(ContextName=name, ContextType=type, Source=source, **fields)
        return self.arns.setdefault(name, made["ContextArn"])

    def link(self, source: str, destination: str, type: str = "ContributedTo") -> None:
        self.sm.add_association(
            SourceArn=self.arns[source],
            DestinationArn=self.arns[destination],
            AssociationType=type,
        )

    def draw(self, *chains: str) -> None:
        for chain in chains:
            names = chain.split()
            for name in names:
                if name not in self.arns:
                    self.artifact(name)
            for source, destination in itertools.pairwise(names):
                self.link(source, destination)

    def name(self, arn: str) -> str:
        return next(name for name, one in self.arns.items() if one == arn)

    def ask(self, start: str, direction: str, **options: Any) -> tuple[list[str], set[str]]:
        """Names of the vertices in order, and edges as `source>destination`, over all pages."""
        vertices: list[str] = []
        edges: set[str] = set()
        token: dict[str, str] = {}
        while True:
            page = self.sm.query_lineage(
                StartArns=[self.arns[start]], Direction=direction, **options, **token
            )
            vertices += [self.name(vertex["Arn"]) for vertex in page["Vertices"]]
            drawn = [
                f"{self.name(edge['SourceArn'])}>{self.name(edge['DestinationArn'])}"
                for edge in page["Edges"]
            ]
            assert edges.isdisjoint(drawn)
            edges.update(drawn)
            if "NextToken" not in page:
                return vertices, edges
            token = {"NextToken": page["NextToken"]}


@pytest.fixture
def lineage(sm: Any) -> Lineage:
    return Lineage(sm)


def refusal(call: Any, **parameters: Any) -> tuple[str, str]:
    """Code and message of the error a call ends in."""
    from botocore.exceptions import ClientError

    with pytest.raises(ClientError) as raised:
        call(**parameters)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.fixture(name="refusal")
def refusal_of() -> Any:
    return refusal
