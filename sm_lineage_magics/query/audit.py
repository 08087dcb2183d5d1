"""Why a model answers as it does: the report an auditor asks for, each line with its source.

>>> print(why(answer).to("markdown"))
# Why endpoint:fraud answers as it does
…
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..model import Answer, Entity, Report, Section, reference_of, role_of, vocabulary
from ..model.serial import time_from_text
from ..model.wording import counted, minute
from .approval import approvals_of, status_said
from .recorded import commit_of, features_of, parameters_of, repository_of, sources_of
from .rules import Lineage

COLUMNS = ("What", "Answer", "Source")

NOT_RECORDED = "not recorded"

Rows = Iterator[tuple[str, str, str]]


@dataclass(frozen=True)
class Chapter:
    """One question of an audit: how to read its answer, in brief too, and how to record it."""

    title: str
    question: str
    read: Callable[[Lineage], Rows]
    brief: Callable[[Lineage], Iterable[str]]
    repair: str


def why(answer: Answer) -> Report:
    """The audit report of what lies upstream of a model or endpoint.

    What is not recorded is said in place, with the way to record it next time.
    """
    lineage = Lineage(answer.graph)
    chapters = [(chapter, tuple(chapter.read(lineage))) for chapter in CHAPTERS]
    queries = (_sql(query) for query in lineage.of("query"))
    return Report(
        f"Why {_subject(answer)} answers as it does",
        tuple(_in_a_line(chapter, lineage) for chapter in CHAPTERS),
        (*(_section(*each) for each in chapters), *(s for s in queries if s)),
        answer,
        data={chapter.title: [_plain(row) for row in rows] for chapter, rows in chapters},
    )


def _models(lineage: Lineage) -> Rows:
    for model in lineage.of("model"):
        name = model.properties.get(vocabulary.MODEL_NAME) or model.label
        yield (name, model.source_uri, model.arn)
    for package in lineage.of("package"):
        yield ("model package", package.label, package.arn)


def _data(lineage: Lineage) -> Rows:
    for data in lineage.of("dataset"):
        identity = data.properties.get(vocabulary.ETAG) or data.properties.get(
            vocabulary.VERSION_ID
        )
        stamp = f" (ETag {identity})" if identity else ""
        yield (_part_of(lineage, data), f"{data.source_uri or data.label}{stamp}", data.arn)


def _part_of(lineage: Lineage, data: Entity) -> str:
    """What part a data set played: source, training data, result of a query …"""
    if not lineage.graph.upstream_of([data.arn]):
        return "source"
    users = (user for user in lineage.downstream(data) if role_of(user) == "job")
    job = next(users, None)
    return f"input of {job.label}" if job else "result"


def _features(lineage: Lineage) -> Rows:
    for group in lineage.of("feature-group"):
        read = dict.fromkeys(_read_of(lineage, group))
        listed = ", ".join(read or features_of(group)) or "features not recorded"
        yield (str(reference_of(group)), listed, group.arn)


def _read_of(lineage: Lineage, group: Entity) -> Iterator[str]:
    name = reference_of(group).name
    for query in lineage.of("query"):
        yield from (feature for of, feature in sources_of(query) if of == name)


def _code(lineage: Lineage) -> Rows:
    for code in lineage.of("code"):
        dirty = (
            " with changes not committed" if code.properties.get(vocabulary.DIRTY) == "true" else ""
        )
        commit = commit_of(code)
        at = f" at {commit[:12]}{dirty}" if commit else " (no commit recorded)"
        yield (code.label, f"{repository_of(code) or code.source_uri}{at}", code.arn)
    for image in lineage.of("image"):
        yield ("image", image.source_uri, image.arn)


def _training(lineage: Lineage) -> Rows:
    for job in lineage.of("job"):
        if "Training" in job.type:
            yield (job.label, f"{job.status or 'status unknown'}, {_started(job)}", job.arn)
            yield ("by", job.created_by or NOT_RECORDED, job.arn)
            settings = ", ".join(f"{k}={v}" for k, v in parameters_of(job).items())
            yield ("settings", settings or NOT_RECORDED, job.arn)


def _approval(lineage: Lineage) -> Rows:
    for package in lineage.of("package"):
        for action in approvals_of(lineage.graph, package.arn):
            by = action.created_by or action.properties.get("ApprovedBy", NOT_RECORDED)
            said = status_said(action) or action.status or "status unknown"
            yield (package.label, f"{said} by {by}, {_day(action)}", action.arn)


def _deployment(lineage: Lineage) -> Rows:
    for endpoint in lineage.of("endpoint"):
        status = endpoint.properties.get(vocabulary.STATUS) or endpoint.status or "status unknown"
        yield (endpoint.label, f"{status}, since {_day(endpoint)}", endpoint.arn)
    for deployment in lineage.of("deployment"):
        by = deployment.created_by or NOT_RECORDED
        yield (deployment.label, f"deployed {_day(deployment)} by {by}", deployment.arn)


def _models_briefly(lineage: Lineage) -> Iterator[str]:
    for model in lineage.of("model"):
        yield model.properties.get(vocabulary.MODEL_NAME) or model.label
    yield from (f"model package {package.label}" for package in lineage.of("package"))


def _data_briefly(lineage: Lineage) -> Iterator[str]:
    parts: dict[str, list[str]] = {}
    for data in lineage.of("dataset"):
        part = _part_of(lineage, data).partition(" of ")[0]
        parts.setdefault(part, []).append(data.label)
    for part in (each for each in ("source", "result", "input") if each in parts):
        names = dict.fromkeys(parts[part])
        yield f"{counted(len(parts[part]), part)} ({_some(names)})"


def _features_briefly(lineage: Lineage) -> Iterator[str]:
    for group in lineage.of("feature-group"):
        known = set(_read_of(lineage, group)) or features_of(group)
        yield f"{counted(len(known), 'feature')} of {reference_of(group).name}"


def _code_briefly(lineage: Lineage) -> Iterator[str]:
    scripts = list(lineage.of("code"))
    if scripts:
        yield _some([f"{each.label} at {commit_of(each)[:8] or 'no commit'}" for each in scripts])
    images = list(lineage.of("image"))
    if images:
        yield counted(len(images), "image")


def _training_briefly(lineage: Lineage) -> Iterator[str]:
    for job in lineage.of("job"):
        if "Training" in job.type:
            yield f"{_started(job)}, by {job.created_by or NOT_RECORDED}"


def _approval_briefly(lineage: Lineage) -> Iterator[str]:
    return (f"{package}: {said}" for package, said, _ in _approval(lineage))


def _deployment_briefly(lineage: Lineage) -> Iterator[str]:
    return (f"{name}: {said}" for name, said, _ in _deployment(lineage))


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "Model",
        "Which model answers?",
        _models,
        _models_briefly,
        "%lineage track ESTIMATOR",
    ),
    Chapter(
        "Data",
        "From which data?",
        _data,
        _data_briefly,
        "%%lineage track the cell that reads it",
    ),
    Chapter(
        "Features",
        "From which features?",
        _features,
        _features_briefly,
        "%lineage track FEATURE_GROUP QUERY",
    ),
    Chapter(
        "Code",
        "By which code, in which image?",
        _code,
        _code_briefly,
        "%%lineage track from a git clone",
    ),
    Chapter(
        "Training",
        "Trained when, by whom, how?",
        _training,
        _training_briefly,
        "%lineage track ESTIMATOR",
    ),
    Chapter(
        "Approval",
        "Approved by whom?",
        _approval,
        _approval_briefly,
        "register the model as a package and set its approval status",
    ),
    Chapter(
        "Deployment",
        "Deployed when?",
        _deployment,
        _deployment_briefly,
        "%lineage track PREDICTOR",
    ),
)


def _section(chapter: Chapter, rows: tuple[tuple[str, str, str], ...]) -> Section:
    text = chapter.question
    if not rows:
        text += f" {NOT_RECORDED.capitalize()}. To record it next time: {chapter.repair}."
    return Section(chapter.title, COLUMNS if rows else (), rows, text)


def _in_a_line(chapter: Chapter, lineage: Lineage) -> str:
    """The question and its answer as a manager reads them; the section has all of it."""
    told = list(chapter.brief(lineage))
    return f"{chapter.question} {_some(told, '; ') or NOT_RECORDED.capitalize()}."


def _some(texts: Iterable[str], between: str = ", ") -> str:
    """The first three of several, and how many more."""
    listed = list(texts)
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return between.join(listed[:3]) + more


def _sql(query: Entity) -> Section | None:
    text = query.properties.get(vocabulary.QUERY, "")
    return Section(f"SQL of {query.label}", code=text, language="sql") if text else None


def _plain(row: tuple[str, str, str]) -> Mapping[str, str]:
    return dict(zip(("what", "answer", "source"), row, strict=True))


def _day(entity: Entity) -> str:
    return minute(entity.created) or "at a time not recorded"


def _started(job: Entity) -> str:
    told = job.details.get("start_time")
    return f"started {minute(time_from_text(told)) if told else _day(job)}"


def _subject(answer: Answer) -> str:
    entities = answer.graph.entities
    named = (str(reference_of(entities[arn])) for arn in answer.focus if arn in entities)
    return " ".join(answer.question.subjects) or ", ".join(named) or "nothing"
