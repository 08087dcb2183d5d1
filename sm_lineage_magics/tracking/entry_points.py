"""The script on this machine behind the code a job ran.

The SDK uploads an entry point with the folder it is in, as an archive (version 2) or file by file
(version 3). The job tells only where that lies; the object that started it knows the script.

>>> job = Resource("training-job", "churn", known={"script": "src/train.py"})
>>> with_entry_points(facts, [job]).links[-1].evidence
'train.py is the entry point of churn'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Association, Entity, role_of
from .code.scripts import code_of
from .facts import Facts, Link, Resource


def with_entry_points(facts: Facts, resources: Iterable[Resource]) -> Facts:
    """The facts, with the scripts of jobs as what their uploaded code was made from."""
    for resource in resources:
        known = resource.known.get("script", "")
        if known and Path(known).exists():
            script = Path(known)
            links = tuple(_links(facts, resource, script))
            facts = facts | Facts((code_of(script),) if links else (), links)
    return facts


def _links(facts: Facts, resource: Resource, script: Path) -> Iterator[Link]:
    source = code_of(script)
    for uploaded in _uploaded(facts, resource):
        edge = Association(source.arn, uploaded.arn, "DerivedFrom")
        what = "entry point" if script.is_file() else "source folder"
        yield Link(edge, f"{script.name} is the {what} of {resource.name}", "recorded")


def _uploaded(facts: Facts, resource: Resource) -> Iterator[Entity]:
    """The code in S3 that a job ran."""
    entities = {entity.arn: entity for entity in facts.entities}
    for link in facts.links:
        code, job = (entities.get(end) for end in link.association.pair)
        if code and job and resource.is_at(job.source_uri) and role_of(code) == "code":
            yield from [code] if code.source_uri.startswith("s3://") else []
