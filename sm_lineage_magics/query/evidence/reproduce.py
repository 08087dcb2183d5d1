"""What it takes to make a model again, read from its lineage.

>>> recipe = recipe_of(upstream_of_model)
>>> recipe.missing
('The SQL of query-1 was not recorded.',)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...model import Answer, Entity, role_of, vocabulary
from .inspected import Inspected
from .recorded import commit_of, parameters_of, ran_at, repository_of


@dataclass(frozen=True)
class QueryStep:
    """One query to run again.

    Attributes:
        name: what it is called.
        sql: as it ran.
        database: the catalog's database it ran in; empty when not recorded.
        ran: when, in UTC; rows written later do not belong to the result.
        tables: offline tables of the feature groups it read, which keep every row ever written.
        results: S3 URI → ETag (empty when not recorded) of what it wrote.
    """

    name: str
    sql: str
    database: str = ""
    ran: datetime | None = None
    tables: tuple[str, ...] = ()
    results: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class TrainingStep:
    """One training job to run again."""

    name: str
    image: str = ""
    channels: Mapping[str, str] = field(default_factory=dict, hash=False)
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class CodeAt:
    """A file at a commit."""

    path: str
    repository: str
    commit: str


@dataclass(frozen=True)
class Recipe:
    """Everything recorded that making a model again needs, and what is not recorded."""

    title: str
    queries: tuple[QueryStep, ...] = ()
    training: tuple[TrainingStep, ...] = ()
    code: tuple[CodeAt, ...] = ()
    missing: tuple[str, ...] = ()


def recipe_of(answer: Answer) -> Recipe:
    """The recipe of the model an upstream answer was asked about."""
    lineage = Inspected(answer.graph)
    trained = tuple(job for job in lineage.of("job") if "Training" in job.type)
    gaps = (f"The lineage is incomplete: {gap}" for gap in answer.gaps)
    return Recipe(
        " ".join(answer.question.subjects) or ", ".join(_labels(answer)),
        tuple(_query(lineage, query) for query in reversed([*lineage.of("query")])),
        tuple(_training(lineage, job) for job in trained),
        tuple(_code(code) for code in lineage.of("code")),
        (*gaps, *_missing(lineage, trained)),
    )


def _query(lineage: Inspected, query: Entity) -> QueryStep:
    groups = (entity for entity in lineage.upstream(query) if role_of(entity) == "feature-group")
    tables = (group.properties.get(vocabulary.OFFLINE_TABLE, "") for group in groups)
    results = (entity for entity in lineage.downstream(query) if role_of(entity) == "dataset")
    return QueryStep(
        query.label,
        query.properties.get(vocabulary.QUERY, ""),
        query.properties.get(vocabulary.DATABASE, ""),
        ran_at(query) or query.created,
        tuple(filter(None, tables)),
        {data.source_uri: data.properties.get(vocabulary.ETAG, "") for data in results},
    )


def _training(lineage: Inspected, job: Entity) -> TrainingStep:
    images = (entity.source_uri for entity in lineage.upstream(job) if role_of(entity) == "image")
    data = {e.source_uri for e in lineage.upstream(job) if role_of(e) in ("dataset", "query")}
    recorded = {name: each.get("value", "") for name, each in _inputs(job).items()}
    channels = {name: uri for name, uri in recorded.items() if uri in data}
    return TrainingStep(job.label, next(images, ""), channels, parameters_of(job))


def _inputs(job: Entity) -> Mapping[str, Mapping[str, str]]:
    return job.details.get("input_artifacts") or {}


def _code(code: Entity) -> CodeAt:
    commit = commit_of(code)
    _, _, path = code.source_uri.partition(f"{commit}/") if commit else ("", "", "")
    return CodeAt(path or code.label, repository_of(code), commit)


def _missing(lineage: Inspected, trained: Iterable[Entity]) -> Iterator[str]:
    for query in lineage.of("query"):
        yield from _missing_of_query(query)
    for code in lineage.of("code"):
        yield from _missing_of_code(code)
    jobs = tuple(trained)
    if not jobs:
        yield "No training job was recorded."
    for job in jobs:
        yield from _missing_of_training(_training(lineage, job))
        yield from _read_as_it_is(lineage, job)


def _missing_of_query(query: Entity) -> Iterator[str]:
    if not query.properties.get(vocabulary.QUERY):
        yield f"The SQL of {query.label} was not recorded."
    elif f"{vocabulary.QUERY}[of]" in query.properties:
        yield f"Of the SQL of {query.label} only the beginning was recorded."
    if not ran_at(query):
        yield f"When {query.label} ran was not recorded: rows are held to when it was recorded."


def _missing_of_code(code: Entity) -> Iterator[str]:
    if not commit_of(code):
        yield f"No commit was recorded for {code.label}."
    elif code.properties.get(vocabulary.DIRTY) == "true":
        yield f"{code.label} had changes that are in no commit."


def _missing_of_training(step: TrainingStep) -> Iterator[str]:
    if not step.image:
        yield f"The image of {step.name} was not recorded."
    if not step.channels:
        yield f"The input channels of {step.name} were not recorded."


def _read_as_it_is(lineage: Inspected, job: Entity) -> Iterator[str]:
    """Training data that no query wrote: a notebook cannot run the code that did."""
    for data in lineage.upstream(job):
        makers = [role_of(each) for each in lineage.upstream(data)]
        if role_of(data) == "dataset" and "query" not in makers:
            yield f"{data.source_uri or data.label} was not written by a query: read as it is now."


def _labels(answer: Answer) -> Iterator[str]:
    entities = answer.graph.entities
    return (entities[arn].label for arn in answer.focus if arn in entities)
