"""Lineage as teams make it, of any size, the same for the same seed.

>>> graph = lineage(10_000)
>>> len(graph.entities), len(graph.associations)
(10001, 24...)

Pipelines: 1-3 data sources and code, a processing job, 1-2 feature groups, a fifth of them built on
an older feature group. Trainings: 1 + Poisson(3.2) feature groups, the popular ones more often,
train and test data, code and image, a tenth on top of an earlier model; a job, a model; half of
them a package in a group; a third deployed to an endpoint.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import islice

from sm_lineage_magics.model import Association, AssociationType, Entity, Home, LineageGraph

HOME = Home()
_START = datetime(2026, 1, 1, tzinfo=timezone.utc)


@dataclass
class Team:
    """What has been made so far, and the dice."""

    seed: int
    entities: dict[str, Entity] = field(default_factory=dict)
    associations: list[Association] = field(default_factory=list)
    feature_groups: list[str] = field(default_factory=list)  # once more for each use
    models: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.images = [
            self.artifact("Image", f"{HOME.account}.dkr.ecr/train:{n}") for n in range(8)
        ]

    def artifact(self, type: str, uri: str, **properties: str) -> str:
        return self._add(Entity(HOME.artifact(uri), "Artifact", type, "", uri, properties))

    def dataset(self, uri: str) -> str:
        etag, rows = f"{self.dice.getrandbits(128):032x}", str(self.dice.randrange(10**6))
        return self.artifact("DataSet", uri, ETag=etag, Rows=rows)

    def job(self, kind: str, name: str) -> str:
        arn = HOME.trial_component(f"{name}-aws-{kind}")
        source = HOME.arn(kind, name)
        type = "TrainingJob" if kind == "training-job" else "ProcessingJob"
        name = f"{name}-aws-{kind}"
        return self._add(Entity(arn, "TrialComponent", type, name, source, status="Completed"))

    def feature_group(self, name: str) -> str:
        arn = self.artifact("FeatureGroup", HOME.arn("feature-group", name))
        self.feature_groups.append(arn)
        return arn

    def link(self, source: str, type: AssociationType, destination: str) -> None:
        self.associations.append(Association(source, destination, type, self._now))

    def _add(self, entity: Entity) -> str:
        if entity.arn not in self.entities:
            dated = Entity(**{**vars(entity), "created": self._now, "modified": self._now})
            self.entities[entity.arn] = dated
        return entity.arn

    @property
    def _now(self) -> datetime:
        return _START + timedelta(seconds=len(self.entities))


def lineage(size: int, seed: int = 7) -> LineageGraph:
    """A lineage of about `size` entities, oldest first."""
    team = Team(seed)
    number = 0
    while len(team.entities) < size:
        number += 1
        if number % 9 == 1:
            _pipeline(team, number)
        else:
            _training(team, number)
    return LineageGraph(team.entities, tuple(team.associations))


def _pipeline(team: Team, number: int) -> None:
    name = f"prepare-{number:07}"
    job = team.job("processing-job", name)
    for source in range(team.dice.randint(1, 3)):
        uri = f"s3://company-data-lake/raw/{name}/part-{source}.parquet"
        team.link(team.dataset(uri), "ContributedTo", job)
    team.link(_code(team, name), "ContributedTo", job)
    if team.feature_groups and team.dice.random() < 0.2:
        team.link(team.dice.choice(team.feature_groups), "ContributedTo", job)
    for group in range(team.dice.randint(1, 2)):
        team.link(job, "Produced", team.feature_group(f"features-{number:07}-{group}"))


def _training(team: Team, number: int) -> None:
    name = f"train-{number:07}"
    job = team.job("training-job", name)
    chosen = _chosen(team)
    for part in ("train", "test"):
        data = team.dataset(f"s3://company-features/{name}/{part}.csv")
        team.link(data, "ContributedTo", job)
        for group in sorted(chosen):
            team.link(group, "ContributedTo", data)
    team.feature_groups.extend(sorted(chosen))
    for part in (_code(team, name), team.dice.choice(team.images)):
        team.link(part, "ContributedTo", job)
    if team.models and team.dice.random() < 0.1:
        team.link(team.dice.choice(team.models), "ContributedTo", job)
    uri = f"s3://company-models/{name}/output/model.tar.gz"
    model = team.artifact("Model", uri, SageMakerModelName=name)
    team.models.append(model)
    team.link(job, "Produced", model)
    _released(team, name, number, model)


def _chosen(team: Team) -> set[str]:
    wanted = 1 + _poisson(team.dice, 3.2)
    drawn = (team.dice.choice(team.feature_groups) for _ in range(6 * wanted))
    return set(islice(dict.fromkeys(drawn), wanted))


def _released(team: Team, name: str, number: int, model: str) -> None:
    if team.dice.random() < 0.5:
        package = team.artifact(
            "ModelPackage", HOME.arn("model-package", f"group-{number % 97}/{number}")
        )
        group = Entity(
            HOME.context(f"group-{number % 97}"), "Context", "ModelGroup", f"group-{number % 97}"
        )
        team.link(model, "ContributedTo", package)
        team.link(package, "AssociatedWith", team._add(group))
    if team.dice.random() < 0.3:
        deployed = Entity(
            HOME.action(f"{name}-deploy"), "Action", "ModelDeployment", f"{name}-deploy"
        )
        source = HOME.arn("endpoint", name)
        endpoint = Entity(
            HOME.context(f"{name}-endpoint"), "Context", "Endpoint", f"{name}-endpoint", source
        )
        team.link(model, "ContributedTo", team._add(deployed))
        team.link(deployed.arn, "AssociatedWith", team._add(endpoint))


def _code(team: Team, name: str) -> str:
    commit = f"{team.dice.getrandbits(160):040x}"
    uri = f"https://github.com/company/models/blob/{commit}/{name}.py"
    return team.artifact("Code", uri, Sha256=f"{team.dice.getrandbits(256):064x}")


def _poisson(dice: random.Random, mean: float) -> int:
    limit, product, number = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        number += 1
    return number


# Shapes that defeat naive walks.


def chain(size: int) -> LineageGraph:
    """One after the other."""
    return _shape(size, ((n, n + 1) for n in range(size - 1)))


def hub(children: int) -> LineageGraph:
    """One with many children."""
    return _shape(children + 1, ((0, n) for n in range(1, children + 1)))


def ladder(wide: int, long: int) -> LineageGraph:
    """Layers in which each is linked to each of the next: `wide ** long` paths."""
    rungs = (
        (layer * wide + a, (layer + 1) * wide + b)
        for layer in range(long - 1)
        for a in range(wide)
        for b in range(wide)
    )
    return _shape(wide * long, rungs)


def skip_chain(size: int) -> LineageGraph:
    """Each leads to the next two."""
    return _shape(size, ((n, n + d) for n in range(size) for d in (1, 2) if n + d < size))


def ring(size: int) -> LineageGraph:
    """A cycle."""
    return _shape(size, ((n, (n + 1) % size) for n in range(size)))


def _shape(size: int, pairs: Iterator[tuple[int, int]]) -> LineageGraph:
    uris = [f"s3://shapes/{number}" for number in range(size)]
    arns = [HOME.artifact(uri) for uri in uris]
    made = zip(arns, uris, strict=True)
    entities = {
        arn: Entity(arn, "Artifact", "DataSet", "", uri, created=_START) for arn, uri in made
    }
    return LineageGraph(
        entities, tuple(Association(arns[a], arns[b], "ContributedTo", _START) for a, b in pairs)
    )
