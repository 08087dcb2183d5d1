"""What SageMaker records in lineage by itself, when jobs, packages and endpoints are made.

>>> recorder = Recorder(account)
>>> recorder.saw("CreateTrainingJob", request, response)

What is recorded is not counted against quotas. Jobs count as finished at once unless somebody
says otherwise: then what they produce is recorded when `finish` is called.
"""

from .recorder import OPERATIONS, Recorder

__all__ = ["OPERATIONS", "Recorder"]
