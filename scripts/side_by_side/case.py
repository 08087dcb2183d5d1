"""What a case is: something both libraries are asked.

>>> @case("Models of a feature group", "QueryLineage().get_models_from_feature_group(arn)")
... def models(library: Library, account: Account) -> Any:
...     '''The same models, by name.'''
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .account import Account
from .libraries import Library

Ask = Callable[[Library, Account], Any]


@dataclass(frozen=True)
class Case:
    """Something both libraries are asked.

    Attributes:
        title: the heading.
        why: what to make of the answers.
        code: as a reader would type it.
        ask: does it, and gives what is to be shown.
        written_before: whether the account holds what ml-lineage-helper wrote.
        options: of the sandbox.
    """

    title: str
    why: str
    code: str
    ask: Ask
    written_before: bool = False
    options: dict[str, Any] = field(default_factory=dict)


def case(
    title: str, code: str, *, written_before: bool = False, **options: Any
) -> Callable[[Ask], Case]:
    """The case a function asks; its docstring says what to make of the answers."""

    def made(ask: Ask) -> Case:
        why = " ".join(line.strip() for line in (ask.__doc__ or "").splitlines()).strip()
        return Case(title, why, code, ask, written_before, options)

    return made
