"""The one IAM call the SageMaker SDK makes that moto does not answer.

>>> allow({"ActionNames": ["s3:PutObject"]})["EvaluationResults"][0]["EvalDecision"]
'allowed'
"""

from __future__ import annotations

from ..parsed import Parsed
from .calls import Request


def allow(request: Request) -> Parsed:
    """SimulatePrincipalPolicy: in the sandbox everybody may do everything."""
    resources = request.get("ResourceArns", ["*"])
    results = [
        {"EvalActionName": action, "EvalResourceName": resource, "EvalDecision": "allowed"}
        for action in request.get("ActionNames", ())
        for resource in resources
    ]
    return {"EvaluationResults": results, "IsTruncated": False}
