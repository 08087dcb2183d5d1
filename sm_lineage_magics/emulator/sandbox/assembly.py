"""The parts of a sandbox, put together."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from ..automatic import Recorder
from ..clients import ACCOUNT
from ..hook import Hook
from ..service import Service
from .athena import Athena
from .box import Sandbox
from .catalog import Catalog
from .feature_groups import FeatureGroups
from .iam import ROLE, allow, caller
from .jobs import Jobs
from .journal import Journal
from .offline import OfflineStore
from .records import Records
from .s3 import Objects
from .seat import Seat


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
    objects = Objects(session.client("s3"))
    catalog = Catalog(session.client("glue"))
    offline = OfflineStore(catalog, objects)
    groups = FeatureGroups(service.account.home, offline)
    jobs = Jobs(Recorder(service.account, at_once=False), objects, _moto(region), at_once=jobs_end)
    records = Records(groups, offline, journal)
    athena = Athena(catalog, objects, records.settle, session.client("athena"))
    answers = {
        **athena.answers,
        **groups.answers,
        **records.answers,
        ("iam", "SimulatePrincipalPolicy"): allow,
        ("sts", "GetCallerIdentity"): caller,
    }
    box = Sandbox(
        region=region,
        account=ACCOUNT,
        role=_role(session),
        bucket=_bucket(objects, region),
        service=service,
        jobs=jobs,
        objects=objects,
        catalog=catalog,
    )
    return Seat(Hook(service), answers, [jobs.saw]), box


def _moto(region: str) -> Any:
    from moto.sagemaker.models import sagemaker_backends

    return sagemaker_backends[ACCOUNT][region]


def _role(session: Any) -> str:
    trusted = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "sagemaker.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    iam = session.client("iam")
    # There is one already in a sandbox within a sandbox, which is the same account.
    with suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(trusted))
    return str(iam.get_role(RoleName=ROLE)["Role"]["Arn"])


def _bucket(objects: Objects, region: str) -> str:
    # As the SDK names its default bucket, so that both mean the same one.
    bucket = f"sagemaker-{region}-{ACCOUNT}"
    objects.make_bucket(bucket)
    return bucket
