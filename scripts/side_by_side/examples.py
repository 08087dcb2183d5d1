"""The examples of ml-lineage-helper's README, and its four questions."""

from __future__ import annotations

from typing import Any

from .account import Account
from .case import case
from .libraries import OLD, Library


@case(
    "Creating and displaying lineage",
    "MLLineageHelper().create_ml_lineage('fraud', model_name='fraud', query=query,\n"
    "    sagemaker_processing_job_description=description,\n"
    "    feature_group_names=['customers', 'claims'])",
)
def create(library: Library, account: Account) -> Any:
    """The README's example. Before, every feature group feeds every data set, the processing job
    is an artifact that SageMaker's own record of the job knows nothing of, and whichever input
    comes second is the code. Here the query is an entity of its own, so that what it read and what
    it made are told apart; the job is SageMaker's own, and what it read goes by its own name.
    """
    return library.helper().create_ml_lineage(**account.example())


@case(
    "The lineage of a model that was recorded earlier",
    "MLLineageHelper(sagemaker_model_name_or_model_s3_uri='fraud').df",
    written_before=True,
)
def read(library: Library, account: Account) -> Any:
    """What ml-lineage-helper wrote, read by both: the same associations, and the image of the
    training job, which SageMaker recorded. Before, it was left out because its artifact has no
    name. Jobs go by their own names.
    """
    _written_by_the_helper(account)
    return library.helper(sagemaker_model_name_or_model_s3_uri="fraud").df


def _written_by_the_helper(account: Account) -> None:
    """The worked example as ml-lineage-helper leaves it in an account."""
    given = account.example()
    Library.of(OLD, "ml_lineage_helper").helper().create_ml_lineage(**given)


def _customers(account: Account) -> str:
    """The ARN of the feature group that is asked about."""
    described = account.sm.describe_feature_group(FeatureGroupName="customers")
    return str(described["FeatureGroupArn"])


@case(
    "Feature groups of a data source",
    "QueryLineage().get_feature_groups_from_data_source('s3://…/raw/')",
    written_before=True,
)
def groups_of_source(library: Library, account: Account) -> Any:
    """The same two feature groups. Here they go by their own names, and the S3 URI is where the
    data of each lies, not the folder beneath which all of them were put.
    """
    _written_by_the_helper(account)
    return library.questions().get_feature_groups_from_data_source(account.uri("raw/"))


@case(
    "Data sources of a feature group",
    "QueryLineage().get_data_sources_from_feature_group(fg_arn, max_depth=3)",
    written_before=True,
)
def sources_of_group(library: Library, account: Account) -> Any:
    """Before, the training and test data made *from* the feature group are listed as sources of
    it, because the walk goes both ways. Here only what it was made from is.
    """
    _written_by_the_helper(account)
    arn = _customers(account)
    return library.questions().get_data_sources_from_feature_group(arn, max_depth=3)


@case(
    "Models of a feature group",
    "QueryLineage().get_models_from_feature_group(fg_arn)",
    written_before=True,
)
def models_of_group(library: Library, account: Account) -> Any:
    """The same model; which endpoints serve it is a column more."""
    _written_by_the_helper(account)
    return library.questions().get_models_from_feature_group(_customers(account))


@case(
    "Feature groups of a model",
    "QueryLineage().get_feature_groups_from_model('fraud')",
    written_before=True,
)
def groups_of_model(library: Library, account: Account) -> Any:
    """The same two feature groups, under their own names."""
    _written_by_the_helper(account)
    return library.questions().get_feature_groups_from_model("fraud")


EXAMPLES = (create, read, groups_of_source, sources_of_group, models_of_group, groups_of_model)
