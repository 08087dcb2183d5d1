"""Recognisers that are one row of a table: a class, a kind of resource, where its name stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...model import Arn, is_arn
from ..facts import Resource
from .peek import text
from .registry import Recogniser, recognises


def by_name(type: str, *paths: str, arns: tuple[str, ...] = ()) -> Recogniser:
    """A recogniser for objects that hold the name or the ARN of one resource."""

    def recogniser(value: Any, origin: str) -> Iterator[Resource]:
        arn = text(value, *arns)
        name = text(value, *paths) if paths else ""
        if is_arn(name):
            arn, name = name, ""
        if arn or name:
            yield named(type, name or Arn.parse(arn).name, arn, origin)

    return recogniser


def named(type: str, name: str, arn: str = "", origin: str = "", **known: Any) -> Resource:
    """A resource; what is not known of it is left out."""
    return Resource(type, name, arn, {k: v for k, v in known.items() if v}, origin)


def with_script(recogniser: Recogniser, folder: str, script: str) -> Recogniser:
    """A recogniser that also tells the script on this machine that its job runs.

    Args:
        recogniser: of the job.
        folder: where the object keeps the folder of its sources, if it has one.
        script: where it keeps the entry point, within the folder, if it has one.
    """

    def recogniser_of_both(value: Any, origin: str) -> Iterator[Resource]:
        name, within = text(value, script), text(value, folder)
        path = "/".join(filter(None, (within, name)))
        known = {"script": path} if path else {}
        yield from (
            replace(each, known={**each.known, **known}) for each in recogniser(value, origin)
        )

    return recogniser_of_both


def register(rows: dict[str, Recogniser]) -> None:
    """Register a table of class → recogniser."""
    for name, recogniser in rows.items():
        recognises(name)(recogniser)
