"""What entities are called in a report, so that no two of them are called the same.

>>> told_apart([deployment, endpoint, model])
{'arn:…': 'fraud (deployment)', 'arn:…': 'fraud (endpoint)', 'arn:…': 'fraud-model'}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ...model import Entity, reference_of, role_of
from ...model.wording import role_name


def told_apart(entities: Iterable[Entity]) -> Mapping[str, str]:
    """By ARN: the label; with its role, or as it is typed, where others are called the same."""
    left = {entity.arn: entity for entity in entities}
    names: dict[str, str] = {}
    for name in (_label, _with_role, typed):
        number = Counter(map(name, left.values()))
        names |= {arn: name(each) for arn, each in left.items() if number[name(each)] == 1}
        left = {arn: each for arn, each in left.items() if arn not in names}
    return names | {arn: arn for arn in left}


def typed_apart(entities: Iterable[Entity], among: Iterable[Entity]) -> Mapping[str, str]:
    """By ARN: what to type for each of these; its ARN where that means others of `among`, too."""
    wanted = tuple(entities)
    roles = {role_of(entity) for entity in wanted}
    number = Counter(typed(each) for each in among if role_of(each) in roles)
    return {each.arn: typed(each) if number[typed(each)] < 2 else each.arn for each in wanted}


def typed(entity: Entity) -> str:
    """An entity as it is typed after `%lineage`, which may mean others, too."""
    return str(reference_of(entity))


def _label(entity: Entity) -> str:
    return entity.label


def _with_role(entity: Entity) -> str:
    return f"{entity.label} ({role_name(role_of(entity))})"
