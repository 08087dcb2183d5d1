"""How a person names an entity: `model:churn`, `fg:customers.age`, an S3 URI, an ARN, a word.

>>> Reference.parse("fg:customers.age")
Reference(scheme='fg', name='customers', column='age')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..errors import InvalidReference
from .arn import is_arn, parsed
from .entity import Entity, last_part
from .role import Role, role_of
from .vocabulary import MODEL_NAME

SCHEMES: dict[str, tuple[Role, ...]] = {
    "model": ("model",),
    "package": ("package",),
    "group": ("package-group",),
    "endpoint": ("endpoint",),
    "job": ("job",),
    "fg": ("feature-group",),
    "query": ("query",),
    "code": ("code",),
    "image": ("image",),
    "dataset": ("dataset",),
}


class Reference(NamedTuple):
    """A name as typed: what it says of the role, and the name itself.

    Attributes:
        scheme: `model`, `fg`, …; `arn` and `uri` for those; empty for a plain word.
        name: what follows the scheme; the whole text of an ARN or URI.
        column: of `fg:name.column`, else None.
    """

    scheme: str
    name: str
    column: str | None = None

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read a reference.

        Raises:
            InvalidReference: when nothing is named, or a prefix is followed by nothing.
        """
        if is_arn(text):
            return cls("arn", text)
        scheme, colon, rest = text.partition(":")
        if "://" in text:
            return cls("uri", text)
        if not colon or scheme not in SCHEMES:
            return cls("", _not_empty(text, text))
        name = _not_empty(rest, text)
        return cls._of_column(name) if scheme == "fg" else cls(scheme, name)

    @classmethod
    def _of_column(cls, text: str) -> Reference:
        # Feature group and feature names hold no dot, so the first one parts them.
        name, dot, column = text.partition(".")
        return cls("fg", name, column or None) if dot else cls("fg", name)

    def matches(self, entity: Entity) -> bool:
        """Whether `entity` is one this reference means."""
        if self.scheme == "arn":
            return self.name in (entity.arn, entity.source_uri)
        if self.scheme == "uri":
            return self.name == entity.source_uri
        roles = SCHEMES.get(self.scheme)
        return self.name in aliases(entity) and (roles is None or role_of(entity) in roles)

    def __str__(self) -> str:
        text = self.name if self.scheme in ("", "arn", "uri") else f"{self.scheme}:{self.name}"
        return f"{text}.{self.column}" if self.column else text


def aliases(entity: Entity) -> tuple[str, ...]:
    """Every short name a person may know `entity` by, without repeats."""
    names = [entity.name, *_from_source(entity)]
    names += entity.properties.get(MODEL_NAME, "").split(",")
    return tuple(dict.fromkeys(filter(None, map(str.strip, names))))


def reference_of(entity: Entity) -> Reference:
    """The shortest way to type `entity` that says which it is, for messages and magic lines.

    Where its name cannot be typed, or would be read as something else, that is its ARN.
    """
    short = _short(entity)
    text = str(short)
    # Blanks at its ends are not taken for a part of what is typed.
    is_read_back = text.isprintable() and Reference.parse(text.strip()) == short
    return short if is_read_back else Reference("arn", entity.arn)


def reference_among(entity: Entity, others: Iterable[Entity]) -> Reference:
    """How to type `entity` where all of these are: its ARN where its name means another as well."""
    short = reference_of(entity)
    is_shared = any(short.matches(each) for each in others if each.arn != entity.arn)
    return Reference("arn", entity.arn) if is_shared else short


def _short(entity: Entity) -> Reference:
    role = role_of(entity)
    scheme = next((s for s, roles in SCHEMES.items() if role in roles), "")
    if scheme in ("dataset", "code", "image", "") and "://" in entity.source_uri:
        return Reference("uri", entity.source_uri)
    names = aliases(entity)
    return Reference(scheme, _preferred(entity, names)) if names else Reference("arn", entity.arn)


def _preferred(entity: Entity, names: tuple[str, ...]) -> str:
    # The source ARN carries the resource's own name; an artifact's name may be anything. Of a
    # query it carries an id, and no other action has its name.
    by_source = is_arn(entity.source_uri) and entity.kind != "Action"
    from_source = _from_source(entity) if by_source else []
    by_property = entity.properties.get(MODEL_NAME, "").split(",")[0].strip()
    return by_property or (from_source[0] if from_source else names[0])


def _from_source(entity: Entity) -> list[str]:
    arn = parsed(entity.source_uri)
    if arn is not None:
        return [arn.name, last_part(arn.name)]
    return [last_part(entity.source_uri)] if entity.source_uri else []


def _not_empty(name: str, text: str) -> str:
    if not name.strip():
        raise InvalidReference(
            f"{text!r} names nothing. Expected for example model:churn, fg:customers, "
            "s3://bucket/key or an ARN."
        )
    return name
