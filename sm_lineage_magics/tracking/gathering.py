"""What a cell did in AWS, asked about and put together with what it did in memory.

>>> facts = gather(sighting, memory, describe)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import QuestionError
from ..model import Entity, Gap, last_part, role_of
from .clients import Clients
from .code.scripts import code_of
from .data.datasets import dataset
from .data.locations import local_path
from .entry_points import with_entry_points
from .facts import Facts, Link, Resource
from .flow.chains import chains
from .flow.inside import inside
from .flow.memory import Memory
from .recognise import recognise_all, resources_of_call
from .recognise.registry import recogniser_of
from .watching.events import Call
from .watching.sighting import Sighting

# From what was seen to what it read, wrote and ran, asking the services through these clients.
Describe = Callable[[Sequence[Resource], Clients], Facts]

# A cell's own chains say what became of these; named alone, a data set or estimator says nothing.
_OF_CHAINS = frozenset(("s3", "file", "estimator"))
_ENDED = frozenset(("Completed", "Failed", "Stopped", None))


def gather(sighting: Sighting, memory: Memory, describe: Describe) -> Facts:
    """Everything a block of code did, as facts; `memory` is brought up to date."""
    made = {call: resource for call in sighting.calls for resource in _made(call)}
    resources = _merged((*made.values(), *_held(sighting.values)))
    # What the cell made or changed is asked about anew, whatever was known of it before.
    changed = {(r.type, r.name) for call, r in made.items() if call.operation != "PutRecord"}
    known_whole = memory.described - changed
    asked = [each for each in resources if (each.type, each.name) not in known_whole]
    described = _described(asked, made, sighting, describe)
    known = joined(described, Facts(tuple(memory.entities.values())))
    calls = {call: _entity(resource, known) for call, resource in made.items()}
    found = {call: entity for call, entity in calls.items() if entity is not None}
    facts = _with_scripts(joined(described, chains(replace(sighting, made=found), memory)))
    facts = inside(with_entry_points(_without_parts_of_code(facts), resources), memory)
    memory.know(facts)
    memory.described |= {(r.type, r.name) for r in asked if _is_final(_entity(r, described))}
    return replace(facts, gaps=(*facts.gaps, *sighting.gaps))


def _described(
    asked: Sequence[Resource],
    made: Mapping[Call, Resource],
    sighting: Sighting,
    describe: Describe,
) -> Facts:
    """What was made, asked of the region it was made in; a cell may work in several."""
    calls: dict[str, list[Call]] = {}
    for call in sighting.calls:
        calls.setdefault(_region(call), []).append(call)
    usual = _usual(sighting.calls)
    where = {(each.type, each.name): _region(call) for call, each in made.items()}
    there: dict[str, list[Resource]] = {}
    for each in asked:
        there.setdefault(where.get((each.type, each.name), usual), []).append(each)
    facts = Facts()
    for region, resources in there.items():
        clients = Clients(calls.get(region, ()), sighting.values, region=region or None)
        facts = joined(facts, describe(resources, clients))
    return facts


def _usual(calls: Sequence[Call]) -> str:
    """The region that what variables hold is asked of: where SageMaker was last worked with."""
    of_sagemaker = [call for call in calls if call.service == "sagemaker"]
    return next(map(_region, reversed(of_sagemaker or calls)), "")


def _region(call: Call) -> str:
    return "" if call.client is None else str(call.client.meta.region_name)


def gather_values(values: Mapping[str, Any], memory: Memory, describe: Describe) -> Facts:
    """What variables hold already, as facts, whenever and wherever it was made.

    Raises:
        QuestionError: when one of them holds nothing that lineage knows.
    """
    resources = {name: recognise_all({name: value}) for name, value in values.items()}
    for name in (name for name, found in resources.items() if not found):
        raise QuestionError(_nothing_of(name, values[name]))
    found = _merged(each for several in resources.values() for each in several)
    asked = [each for each in found if each.type not in _OF_CHAINS]
    facts = describe(asked, Clients(values=values)) if asked else Facts()
    data = tuple(dataset(each.name) for each in found if each.type == "s3")
    facts = joined(facts, Facts(data, gaps=tuple(_unseen_fits(values, found, memory))))
    facts = inside(with_entry_points(facts, found), memory)
    memory.know(facts)
    return facts


def _nothing_of(name: str, value: Any) -> str:
    """Why nothing can be recorded of a variable, and what to do about it."""
    called = f"{name} ({type(value).__name__})"
    if recogniser_of(value) is not None:
        return (
            f"{called} stands for nothing in AWS yet. Fit, run, create or deploy it first: in a "
            "cell with %%lineage track on top that is recorded by itself."
        )
    return (
        f"{called} holds nothing lineage can be recorded of. "
        "Expected an object of the SageMaker SDK, an answer of boto3, an ARN or an S3 URI."
    )


def _unseen_fits(
    values: Mapping[str, Any], found: Iterable[Resource], memory: Memory
) -> Iterable[Gap]:
    why = "What it was fitted on was not seen. Fit it in a cell with %%lineage track on top."
    return [
        Gap("not-recorded", each.origin, why)
        for each in found
        if each.type == "estimator" and not memory.origins(values.get(each.origin))
    ]


def ask(resources: Sequence[Resource], clients: Clients) -> Facts:
    """Ask the services; what that takes is imported only now."""
    from .describe import describe

    return describe(resources, clients)


def joined(one: Facts, other: Facts) -> Facts:
    """Both, each entity once with the properties of both; of two values the first one's."""
    entities: dict[str, Entity] = {}
    for entity in (*one.entities, *other.entities):
        known = entities.get(entity.arn, entity)
        properties = {**entity.properties, **known.properties}
        entities[entity.arn] = replace(known, properties=properties)
    both = one | other
    return replace(both, entities=tuple(entities.values()))


def _with_scripts(facts: Facts) -> Facts:
    """The facts, where a local file that was uploaded to be run is code, with its commit."""
    entities = {entity.arn: entity for entity in facts.entities}
    scripts = {
        link.association.source: code_of(path)
        for link in facts.links
        if role_of(entities[link.association.destination]) == "code"
        and (path := local_path(entities[link.association.source].source_uri))
    }
    links = (_from(link, scripts) for link in facts.links)
    kept = (scripts.get(entity.arn, entity) for entity in facts.entities)
    return replace(facts, entities=tuple(kept), links=tuple(links))


def _without_parts_of_code(facts: Facts) -> Facts:
    """The facts without the files of a folder of code, which version 3 of the SDK uploads."""
    folders = tuple(
        f"{entity.source_uri.rstrip('/')}/"
        for entity in facts.entities
        if role_of(entity) == "code" and entity.source_uri.startswith("s3://")
    )
    linked = {arn for link in facts.links for arn in link.association.pair}
    kept = (e for e in facts.entities if e.arn in linked or not e.source_uri.startswith(folders))
    return replace(facts, entities=tuple(kept))


def _from(link: Link, scripts: Mapping[str, Entity]) -> Link:
    edge = link.association
    script = scripts.get(edge.source)
    return (
        link
        if script is None
        else replace(link, association=edge.placed({edge.source: script.arn}))
    )


def _made(call: Call) -> tuple[Resource, ...]:
    return resources_of_call(call.operation, call.parameters, call.response)[:1]


def _held(values: Mapping[str, Any]) -> Iterable[Resource]:
    return (each for each in recognise_all(values) if each.type not in _OF_CHAINS)


def _merged(resources: Iterable[Resource]) -> list[Resource]:
    """Each resource once; what a call said of it comes before what a variable holds."""
    found: dict[tuple[str, str], Resource] = {}
    for each in resources:
        first = found.setdefault((each.type, each.name), each)
        known = {**each.known, **first.known}
        found[each.type, each.name] = replace(first, arn=first.arn or each.arn, known=known)
    return list(found.values())


def _entity(resource: Resource, facts: Facts) -> Entity | None:
    """The entity that stands for a resource: by its ARN, else by its name in the entity's."""
    for entity in facts.entities:
        source = entity.source_uri
        if resource.arn and source == resource.arn:
            return entity
        if resource.is_at(source):
            return entity
        if resource.type == "athena-query" and last_part(source) == resource.name:
            return entity
    return None


def _is_final(entity: Entity | None) -> bool:
    return entity is not None and entity.status in _ENDED
