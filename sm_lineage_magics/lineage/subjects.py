"""From what a person names to the lineage entities meant.

>>> entity_of(backend, "model:churn").label
'churn'

A subject is a reference, a selector, an entity, an answer to go on from, or several of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeAlias, TypeVar

from ..backends import Backend
from ..errors import (
    AmbiguousName,
    EntityNotFound,
    InvalidReference,
    LineageError,
    QuestionError,
)
from ..model import Answer, Entity, Home, Reference, quoted, reference_among, reference_of
from ..model.arn import parsed
from ..model.wording import HOW_TO_BEGIN, offered
from ..query.selectors import Selector

One: TypeAlias = "str | Reference | Entity | Answer"
Subject: TypeAlias = "One | Sequence[One]"
Item = TypeVar("Item")

# How many names a message lists before it says how many more there are.
LISTED = 5
# How many names are looked through for a near one.
LOOKED_THROUGH = 20_000


def entities_of(backend: Backend, subject: Subject) -> tuple[Entity, ...]:
    """The entities a subject means: one, or those of a selector, of an answer or of several.

    Raises:
        EntityNotFound, AmbiguousName, InvalidReference: when it means none, or several.
        QuestionError: when it is empty, or nothing that names an entity.
    """
    if isinstance(subject, Entity):
        return (subject,)
    if isinstance(subject, Answer):
        return _of_answer(subject)
    if isinstance(subject, Reference):
        return (_the_one(backend, subject),)
    if isinstance(subject, str):
        return _of_text(backend, subject)
    return _of_several(backend, subject)


def entity_of(backend: Backend, subject: Subject) -> Entity:
    """The one entity a subject means.

    Raises:
        EntityNotFound, AmbiguousName, InvalidReference: when it means none, or several.
    """
    entities = entities_of(backend, subject)
    if len(entities) == 1:
        return entities[0]
    raise AmbiguousName(f"One entity was expected, not {len(entities)}: {listed(entities)}.")


def text_of(subject: Subject) -> str:
    """How the subject would be typed; of many, the first few and how many more."""
    if isinstance(subject, Entity):
        return str(reference_of(subject))
    if isinstance(subject, Answer):
        return _few(_of_answer(subject), text_of)
    if isinstance(subject, (list, tuple)) and not isinstance(subject, Reference):
        return _few(subject, text_of)
    return str(subject)


def column_of(subject: Subject) -> str | None:
    """The feature a subject names; None when it names a whole entity."""
    if isinstance(subject, Reference):
        return subject.column
    try:
        column = Reference.parse(subject).column if isinstance(subject, str) else None
    except InvalidReference:
        return None
    # A dot behind a comma is another name's: "fg:customers, s3://bucket/raw.csv"
    return None if column and ", " in column else column


def place_of(subject: Subject) -> str:
    """The URI of what is named by its place: a URI, or the path of a file there is; else empty."""
    if not isinstance(subject, str):
        return ""
    path = os.path.expanduser(subject)
    is_there = os.path.isfile(path) or (_has_folder(path) and os.path.exists(path))
    return _located(path) if "://" in subject or is_there else ""


def listed(entities: Sequence[Entity]) -> str:
    """References to entities, for a message; the first few of many."""
    return _few(entities, lambda entity: str(reference_among(entity, entities)))


def _few(items: Sequence[Item], text: Callable[[Item], str]) -> str:
    more = f" and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return ", ".join(map(text, items[:LISTED])) + more


def _of_answer(answer: Answer) -> tuple[Entity, ...]:
    focus = tuple(answer.graph.entities[arn] for arn in answer.focus if arn in answer.graph)
    if not (answer.entities or focus):
        raise QuestionError("That answer holds no entity. Expected one that found something.")
    return answer.entities or focus


def _of_several(backend: Backend, subjects: Sequence[One]) -> tuple[Entity, ...]:
    if not (isinstance(subjects, (list, tuple)) and subjects):
        raise QuestionError(
            f"{subjects!r:.60} names no entity. Expected a name such as 'model:churn', "
            "a Reference, an Entity, an Answer, or a list of these."
        )
    if feature := next(filter(column_of, subjects), None):
        raise QuestionError(f"{feature} is one feature. Expected it alone, or whole entities.")
    found = (entity for each in subjects for entity in entities_of(backend, each))
    return tuple({entity.arn: entity for entity in found}.values())


def _of_text(backend: Backend, text: str) -> tuple[Entity, ...]:
    selector = Selector.parse(text)
    if selector.alone:
        return _named(backend, selector.name)
    try:
        start = _the_one(backend, Reference.parse(selector.name))
    except (EntityNotFound, InvalidReference):
        # The signs may be part of the name: s3://bucket/c++
        return (_the_one(backend, Reference.parse(text)),)
    return _around(backend, start, selector)


def _named(backend: Backend, text: str) -> tuple[Entity, ...]:
    """The entity of this name; where there is none, those of the names it lists."""
    try:
        return (_the_one(backend, Reference.parse(text)),)
    except EntityNotFound:
        names = text.split(", ")
        if len(names) == 1:
            raise
        return _of_several(backend, names)


def _around(backend: Backend, start: Entity, selector: Selector) -> tuple[Entity, ...]:
    found = {start.arn: start}
    if selector.up != 0:
        up = backend.traverse([start.arn], "upstream", max_depth=selector.up)
        found.update(up.graph.entities)
    if selector.down != 0:
        down = backend.traverse([start.arn], "downstream", max_depth=selector.down)
        found.update(down.graph.entities)
    return tuple(found.values())


def _the_one(backend: Backend, reference: Reference) -> Entity:
    meant = backend.resolve(reference) or _at_path(backend, reference)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(
            f"{str(reference)!r} names {len(meant)} entities: {listed(meant)}. "
            "Type one of these instead."
        )
    raise EntityNotFound(
        f"No lineage entity is called {str(reference)!r}. {_instead(backend, str(reference))}"
    )


def _at_path(backend: Backend, reference: Reference) -> Sequence[Entity]:
    """What was recorded of a path of this machine: `data/raw.csv`, `~/raw.csv`."""
    path = os.path.expanduser(reference.name)
    if reference.scheme or path.startswith("~") or not _has_folder(path):
        return ()
    return backend.resolve(Reference("uri", _located(path)))


def _has_folder(path: str) -> bool:
    return bool(os.path.dirname(path))


def _located(path: str) -> str:
    from ..tracking.data.locations import location

    return location(path)


def _instead(backend: Backend, text: str) -> str:
    """What to type instead of a name that nothing answers to."""
    if elsewhere := _elsewhere(backend.home, text):
        return elsewhere
    names = list(islice(backend.names("", LOOKED_THROUGH), LOOKED_THROUGH))
    if not names and _is_empty(backend):
        return f"There is none yet in {backend.name}. {HOW_TO_BEGIN}"
    if place_of(text).startswith("file:"):
        return (
            "The file is there, but nothing is recorded of it: %%lineage track the cell that makes "
            f"it, or %lineage link SOURCE {quoted(text)}."
        )
    return offered(_nearest(text, names)) or (
        "Look for it with %lineage find, or list what there is with %lineage ls."
    )


def _is_empty(backend: Backend) -> bool:
    # The names of an account are those that were met before, by this kernel or another.
    try:
        return not list(islice(backend.find(limit=1), 1))
    except LineageError:
        return False  # who may not look cannot say that there is nothing


def _elsewhere(home: Home, text: str) -> str:
    """Whose an ARN is that is not of this account and region, and what to type to ask there."""
    arn = parsed(text)
    # Without account and region, as in S3, nobody can tell; the embedded store keeps every ARN. Of
    # a client that was handed in, the account is known once it has lineage.
    if arn is None or home.region == Home().region or not (arn.region and arn.account):
        return ""
    if arn.region != home.region:
        return f"It is of {arn.region}: %lineage use sagemaker --region {arn.region} asks there."
    if home.account not in (arn.account, Home().account):
        return f"It is of account {arn.account}: %lineage use sagemaker --profile NAME asks there."
    return ""


def _nearest(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The few names most like a text, with or without their prefix."""
    from difflib import get_close_matches

    by_form: dict[str, str] = {}
    for name in names:
        by_form.setdefault(name.lower(), name)
        by_form.setdefault(_bare(name).lower(), name)
    forms = (text.lower(), _bare(text).lower())
    near = (by_form[hit] for form in forms for hit in get_close_matches(form, by_form, most))
    return list(dict.fromkeys(near))[:most]


def _bare(name: str) -> str:
    return name.rpartition("/")[2] if "://" in name else name.partition(":")[2] or name
