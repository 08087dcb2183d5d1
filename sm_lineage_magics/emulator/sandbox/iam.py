"""Who calls in the sandbox, and what they may do: as the SageMaker SDK asks for it.

>>> allow({"ActionNames": ["s3:PutObject"]})["EvaluationResults"][0]["EvalDecision"]
'allowed'
"""

from __future__ import annotations

from ..clients import ACCOUNT
from ..parsed import Parsed
from .calls import Request

ROLE = "sandbox"


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
