"""Who calls in the sandbox, and what they may do: as the SageMaker SDK asks for it.

>>> allow({"ActionNames": ["s3:PutObject"]})["EvaluationResults"][0]["EvalDecision"]
'allowed'
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from ..clients import ACCOUNT
from ..parsed import Parsed
from .calls import Request

ROLE = "sandbox"

_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "sagemaker.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def role_of(client: Any) -> str:
    """The ARN of the role that may do everything, made with this IAM client if need be."""
    # There is one already in a sandbox within a sandbox, which is the same account.
    with suppress(client.exceptions.EntityAlreadyExistsException):
        client.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(_TRUST))
    return str(client.get_role(RoleName=ROLE)["Role"]["Arn"])


def caller(request: Request) -> Parsed:
    """GetCallerIdentity: whoever has assumed the role, so that `get_execution_role` finds it."""
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE}/notebook"
    return {"UserId": "AROASANDBOX:notebook", "Account": ACCOUNT, "Arn": arn}


def allow(request: Request) -> Parsed:
    """SimulatePrincipalPolicy: in the sandbox everybody may do everything."""
    resources = request.get("ResourceArns", ["*"])
    results = [
        {"EvalActionName": action, "EvalResourceName": resource, "EvalDecision": "allowed"}
        for action in request.get("ActionNames", ())
        for resource in resources
    ]
    return {"EvaluationResults": results, "IsTruncated": False}


ANSWERS = {
    ("iam", "SimulatePrincipalPolicy"): allow,
    ("sts", "GetCallerIdentity"): caller,
}
