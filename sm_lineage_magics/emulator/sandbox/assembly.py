"""The parts of a sandbox, put together."""

from __future__ import annotations

from typing import Any

from ...model import Home
from ..automatic import Recorder
from ..clients import ACCOUNT
from ..hook import Hook
from ..service import Service
from . import iam
from .athena.api import Athena
from .athena.engine import Engine
from .box import Sandbox
from .catalog import Catalog
from .feature_store.groups import FeatureGroups
from .feature_store.journal import Journal
from .feature_store.offline import OfflineStore
from .feature_store.records import Records
from .jobs import Jobs
from .s3 import Objects
from .seat import Answers, Seat


def assemble(
    service: Service, session: Any, journal: Journal, *, jobs_end: bool
) -> tuple[Seat, Sandbox]:
    """A sandbox, and what sits beneath every client while it is open.

    Args:
        service: who answers the lineage calls.
        session: a boto3 session with made-up credentials, for the sandbox's own calls to moto.
        journal: where records are noted that feature groups are given.
        jobs_end: whether jobs are over as soon as they are made.
    """
    region = session.region_name
    objects, catalog = Objects(session.client("s3")), Catalog(session.client("glue"))
    recorder = Recorder(service.account, at_once=False)
    jobs = Jobs(recorder, objects, _moto(region), at_once=jobs_end)
    answers = _answers(service.account.home, catalog, objects, journal, session.client("athena"))
    box = Sandbox(
        region=region,
        account=ACCOUNT,
        role=iam.role_of(session.client("iam")),
        bucket=_bucket(objects, region),
        service=service,
        jobs=jobs,
        objects=objects,
        catalog=catalog,
    )
    return Seat(Hook(service), answers, [jobs.saw]), box


def _answers(
    home: Home, catalog: Catalog, objects: Objects, journal: Journal, athena: Any
) -> Answers:
    """What is answered here and not by moto."""
    offline = OfflineStore(catalog, objects)
    groups = FeatureGroups(home, offline)
    records = Records(groups, offline, journal)
    queries = Athena(Engine(catalog, objects, records.settle), athena)
    return {**queries.answers, **groups.answers, **records.answers, **iam.ANSWERS}


def _moto(region: str) -> Any:
    from moto.sagemaker.models import sagemaker_backends

    return sagemaker_backends[ACCOUNT][region]


def _bucket(objects: Objects, region: str) -> str:
    # As the SDK names its default bucket, so that both mean the same one.
    bucket = f"sagemaker-{region}-{ACCOUNT}"
    objects.make_bucket(bucket)
    return bucket
