"""Python variables named on a line.

>>> subject_of("best", {"best": "model:churn"}, print)
best: the Python variable (str) → model:churn
'model:churn'

A bare identifier that names a variable of the notebook means its value, before it means an entity
of that name; what is taken is said, and a prefix (`model:best`) always means the entity. A list of
names, a dict of URIs, an answer's data frame or a table made from several files means all of them
together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import LineageError, QuestionError
from ...lineage.subjects import LISTED, One, Subject, text_of
from ...model import Answer, Entity, Reference, is_arn
from ...model.wording import counted
from ...query.selectors import Selector

if TYPE_CHECKING:
    from ...tracking.facts import Resource

Say = Callable[[str], None]
Origin = Callable[[Any], "Sequence[Reference]"]


def subject_of(
    text: str, variables: Mapping[str, Any], say: Say, origin: Origin = lambda value: ()
) -> Subject:
    """What a word of the line names.

    Args:
        text: the word.
        variables: what it may name.
        say: told how a variable was taken.
        origin: what a tracked cell made a value from, such as the fit of a model.

    Raises:
        QuestionError: when signs of a selector stand round a variable of several entities.
    """
    selector = _selector(text)
    if selector is None or selector.name not in variables or not selector.name.isidentifier():
        return text
    subject = _value(selector.name, variables[selector.name], say, origin)
    if subject is None:
        return text
    return subject if selector.alone else _around(selector, subject)


def _selector(text: str) -> Selector | None:
    try:
        return Selector.parse(text)
    except LineageError:
        return None  # said again, and better, where the name is looked up


def _value(name: str, value: Any, say: Say, origin: Origin) -> Subject | None:
    what = f"{name}: the Python variable ({type(value).__name__})"
    meant = _meant(value)
    if meant is not None and meant != "":
        say(f"{what} → {_told(meant)}")
        return meant
    if source := _alone(origin(value)):
        say(f"{what} came from {_told(source)}")
        return source
    say(f"{what} names no lineage; {name!r} is taken as an entity's name.")
    return None


def _told(subject: Subject) -> str:
    number = _number(subject)
    return counted(number, "entity", "entities") if number > LISTED else text_of(subject)


def _number(subject: Subject) -> int:
    if isinstance(subject, (str, Reference, Entity)):
        return 1
    return len(subject)


def _meant(value: Any) -> Subject | None:
    if isinstance(value, (str, Reference, Entity, Answer)):
        return value
    from ...model import Report

    if isinstance(value, Report):
        return value.answer if value.answer.graph else None
    return value if _are_named(value) else _alone(_in_table(value)) or _recognised(value)


def _in_table(value: Any) -> tuple[str, ...]:
    """The ARNs in a data frame that an answer's `.df` gave, whole or cut down to some rows."""
    if type(value).__module__.partition(".")[0] != "pandas" or type(value).__name__ != "DataFrame":
        return ()  # and pandas need not be imported, nor another's code be run
    return tuple(filter(is_arn, map(str, value["arn"]))) if "arn" in value.columns else ()


def _are_named(value: Any) -> bool:
    """Whether it is a list of entities and names; of names alone, not of words of any sort."""
    return (
        type(value) in (list, tuple)
        and bool(value)
        and all(isinstance(each, (Reference, Entity)) or _is_a_name(each) for each in value)
    )


def _is_a_name(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(Reference.parse(value).scheme)
    except LineageError:
        return False


def _recognised(value: Any) -> Subject | None:
    """What a value of the SageMaker SDK, a response, a list of URIs or the like speaks of."""
    from ...tracking.recognise import recognise

    named = (resource.arn or _reference(resource) for resource in recognise(value))
    return _alone(tuple(dict.fromkeys(filter(None, named))))


def _alone(subjects: Sequence[One]) -> Subject | None:
    """One by itself, several together; None when there is none."""
    return subjects[0] if len(subjects) == 1 else subjects or None


def _reference(resource: Resource) -> str:
    if resource.type in ("s3", "file"):
        return resource.name
    schemes = {"feature-group": "fg", "endpoint": "endpoint", "model": "model"}
    schemes["model-package"] = "package"
    scheme = "job" if resource.type.endswith("-job") else schemes.get(resource.type)
    return f"{scheme}:{resource.name}" if scheme and resource.name else ""


def _around(selector: Selector, subject: Subject) -> str:
    if (number := _number(subject)) != 1:
        raise QuestionError(
            f"{selector} asks for levels round one entity; {selector.name} holds {number}."
        )
    return str(Selector(text_of(subject), selector.up, selector.down))
