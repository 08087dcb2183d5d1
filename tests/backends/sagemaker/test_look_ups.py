"""Which calls are made to find out what a name means."""

import pytest

from sm_lineage_magics.backends.sagemaker.naming.lookups import look_ups_of
from sm_lineage_magics.model import Reference

JOBS = ["TrainingJob", "ProcessingJob", "TransformJob", "HyperParameterTuningJob"]
THINGS = ["FeatureGroup", "Endpoint", "ModelPackage", "ModelPackageGroup", "Model"]
ENTITIES = ["Action", "Context", "TrialComponent"]
ENDPOINT = "arn:aws:sagemaker:us-east-1:111122223333:context/churn"


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("fg:churn", ["FeatureGroup"]),
        ("endpoint:churn", ["Endpoint"]),
        ("package:churn", ["ModelPackage"]),
        ("model:churn", ["Model"]),
        ("job:churn", JOBS),
        ("query:churn", ["Action"]),
        ("churn", [*THINGS, *JOBS, *ENTITIES]),
        (ENDPOINT, ["Context"]),
    ],
)
def test_a_name_is_looked_up_as_whatever_it_may_be_the_name_of(text, described):
    """With a scheme it can be one thing; a plain word may be anything that has a name."""
    look_ups = look_ups_of(Reference.parse(text))

    assert [each.operation for each in look_ups] == [f"Describe{each}" for each in described]
