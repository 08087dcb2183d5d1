"""Ask ml-lineage-helper and its drop-in the same, of the same account, and write down both answers.

    python scripts/side_by_side.py FOLDER > docs/how-to/side-by-side.md

FOLDER holds a copy of https://github.com/aws-samples/ml-lineage-helper, which is not part of this
project. It needs version 2 of the SageMaker SDK and the extra `sandbox`: the account is one that
is not there, made afresh for each library and each case.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import boto3

from sm_lineage_magics import emulator

OLD, NEW = "ml-lineage-helper", "sm_lineage_magics"
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}
GROUPS = ("customers", "claims")
QUERY = 'SELECT * FROM "customers" c JOIN "claims" k ON c.policy_id = k.policy_id'


@dataclass(frozen=True)
class Library:
    """One of the two, by its documented names."""

    name: str
    helper: Any
    questions: Any
    repo_link: Any

    @classmethod
    def of(cls, name: str, module: str) -> Library:
        """The names that its README imports."""
        package, query = import_module(module), import_module(f"{module}.query_lineage")
        return cls(name, package.MLLineageHelper, query.QueryLineage, package.get_repo_link)


class Account:
    """The worked example of AWS's blog post, in an account that is not there."""

    def __init__(self, box: Any) -> None:
        self.box, self.sm = box, boto3.client("sagemaker")

    def group(self, name: str) -> str:
        """A feature group with an offline store; its ARN."""
        kinds = {"policy_id": "Integral", "event_time": "String", f"{name}_amount": "Fractional"}
        return str(
            self.sm.create_feature_group(
                FeatureGroupName=name,
                RecordIdentifierFeatureName="policy_id",
                EventTimeFeatureName="event_time",
                FeatureDefinitions=[
                    {"FeatureName": feature, "FeatureType": kind} for feature, kind in kinds.items()
                ],
                OfflineStoreConfig={"S3StorageConfig": {"S3Uri": self.uri("offline")}},
                RoleArn=self.box.role,
            )["FeatureGroupArn"]
        )

    def processing(self) -> dict[str, Any]:
        """A processing job on raw data, with a script; what SageMaker says of it."""
        inputs = {"raw": self.uri("raw/"), "code": self.uri("code/clean.py")}
        self.sm.create_processing_job(
            ProcessingJobName="clean",
            AppSpecification={"ImageUri": IMAGE},
            ProcessingInputs=[
                {
                    "InputName": name,
                    "S3Input": {"S3Uri": uri, "LocalPath": "/x", "S3DataType": "S3Prefix"},
                }
                for name, uri in inputs.items()
            ],
            ProcessingResources={"ClusterConfig": MACHINE},
            RoleArn=self.box.role,
        )
        return dict(self.sm.describe_processing_job(ProcessingJobName="clean"))

    def model(self, name: str, channels: tuple[str, ...] = ("train", "test")) -> str:
        """A model, trained on these channels by a job of its own; its name."""
        self.sm.create_training_job(
            TrainingJobName=name,
            AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            InputDataConfig=[
                {
                    "ChannelName": channel,
                    "DataSource": {
                        "S3DataSource": {
                            "S3DataType": "S3Prefix",
                            "S3Uri": self.uri(f"{name}/{channel}.csv"),
                        }
                    },
                }
                for channel in channels
            ],
            OutputDataConfig={"S3OutputPath": self.uri("models")},
            ResourceConfig=MACHINE,
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            RoleArn=self.box.role,
        )
        made = self.sm.describe_training_job(TrainingJobName=name)["ModelArtifacts"]
        container = {"Image": IMAGE, "ModelDataUrl": made["S3ModelArtifacts"]}
        self.sm.create_model(
            ModelName=name, PrimaryContainer=container, ExecutionRoleArn=self.box.role
        )
        return name

    def example(self, channels: tuple[str, ...] = ("train", "test")) -> dict[str, Any]:
        """All of the example; what its README hands to `create_ml_lineage`."""
        for name in GROUPS:
            self.group(name)
        return {
            "estimator_or_training_job_name": self.model("fraud", channels),
            "model_name": "fraud",
            "query": QUERY,
            "sagemaker_processing_job_description": self.processing(),
            "feature_group_names": list(GROUPS),
        }

    def artifact(self, type: str, uri: str, name: str, **properties: str) -> str:
        """An artifact, as ml-lineage-helper writes them; its ARN."""
        made = self.sm.create_artifact(
            ArtifactName=name,
            ArtifactType=type,
            Source={"SourceUri": uri},
            Properties=properties,
        )
        return str(made["ArtifactArn"])

    def link(self, *arns: str) -> None:
        """Data flows from the first to the last."""
        for source, destination in pairwise(arns):
            self.sm.add_association(
                SourceArn=source, DestinationArn=destination, AssociationType="ContributedTo"
            )

    def uri(self, key: str) -> str:
        """A place in the account's bucket."""
        return f"s3://{self.box.bucket}/{key}"


@dataclass(frozen=True)
class Case:
    """Something both libraries are asked.

    Attributes:
        title: the heading.
        why: what to make of the answers.
        code: as a reader would type it.
        ask: does it, and gives what is to be shown.
        written_before: whether the account holds what ml-lineage-helper wrote.
        options: of the sandbox.
    """

    title: str
    why: str
    code: str
    ask: Callable[[Library, Account], Any]
    written_before: bool = False
    options: dict[str, Any] = field(default_factory=dict)


CASES: list[Case] = []


def case(
    title: str, code: str, *, written_before: bool = False, **options: Any
) -> Callable[[Any], Any]:
    """Add a case; the docstring of its function says what to make of the answers."""

    def add(ask: Callable[[Library, Account], Any]) -> Callable[[Library, Account], Any]:
        why = " ".join(line.strip() for line in (ask.__doc__ or "").splitlines()).strip()
        CASES.append(Case(title, why, code, ask, written_before, options))
        return ask

    return add


@case(
    "Creating and displaying lineage",
    "MLLineageHelper().create_ml_lineage('fraud', model_name='fraud', query=query,\n"
    "    sagemaker_processing_job_description=description,\n"
    "    feature_group_names=['customers', 'claims'])",
)
def _create(library: Library, account: Account) -> Any:
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
def _read(library: Library, account: Account) -> Any:
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


@case(
    "Feature groups of a data source",
    "QueryLineage().get_feature_groups_from_data_source('s3://…/raw/')",
    written_before=True,
)
def _groups_of_source(library: Library, account: Account) -> Any:
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
def _sources_of_group(library: Library, account: Account) -> Any:
    """Before, the training and test data made *from* the feature group are listed as sources of
    it, because the walk goes both ways. Here only what it was made from is.
    """
    _written_by_the_helper(account)
    described = account.sm.describe_feature_group(FeatureGroupName="customers")
    arn = described["FeatureGroupArn"]
    return library.questions().get_data_sources_from_feature_group(arn, max_depth=3)


@case(
    "Models of a feature group",
    "QueryLineage().get_models_from_feature_group(fg_arn)",
    written_before=True,
)
def _models_of_group(library: Library, account: Account) -> Any:
    """The same model; which endpoints serve it is a column more."""
    _written_by_the_helper(account)
    described = account.sm.describe_feature_group(FeatureGroupName="customers")
    return library.questions().get_models_from_feature_group(described["FeatureGroupArn"])


@case(
    "Feature groups of a model",
    "QueryLineage().get_feature_groups_from_model('fraud')",
    written_before=True,
)
def _groups_of_model(library: Library, account: Account) -> Any:
    """The same two feature groups, under their own names."""
    _written_by_the_helper(account)
    return library.questions().get_feature_groups_from_model("fraud")


@case(
    "A feature group that eight models use",
    "QueryLineage().get_models_from_feature_group(fg_arn)",
)
def _wide(library: Library, account: Account) -> Any:
    """`max_depth=5` was compared with the number of entities looked at, not with levels: after six
    of them the walk ends, and nothing says that it did. Here all eight are found; where a depth is
    given and cuts, the table warns.
    """
    group = account.group("customers")
    arn = account.artifact("FeatureGroup", group, "fg-customers")
    for number in range(8):
        data = account.artifact("DataSet", account.uri(f"{number}.csv"), "TrainingData")
        name = {"SageMakerModelName": f"model-{number}"}
        model = account.artifact("Model", account.uri(f"{number}.tar.gz"), "Model", **name)
        account.link(arn, data, model)
    return library.questions().get_models_from_feature_group(group)


@case("A training job with one channel", "MLLineageHelper().create_ml_lineage('fraud', …)")
def _one_channel(library: Library, account: Account) -> Any:
    """Before, the first channel was the training data and the second the test data, whatever they
    were called. Here every channel is drawn, and by its own URI.
    """
    return library.helper().create_ml_lineage(**account.example(channels=("train",)))


@case(
    "Without a model's name",
    "MLLineageHelper().create_ml_lineage('fraud', feature_group_names=['customers', 'claims'])",
)
def _no_model(library: Library, account: Account) -> Any:
    """`model_name` is optional in both; before, leaving it out was an error of the service."""
    given = account.example()
    wanted = ("estimator_or_training_job_name", "feature_group_names")
    return library.helper().create_ml_lineage(**{name: given[name] for name in wanted})


@case(
    "A longer query",
    "table = MLLineageHelper().create_ml_lineage('fraud', query=query, …)\n"
    "base64.b64decode(table['Base64 Feature Store Query String'].dropna().iloc[0])[-30:]",
)
def _long_query(library: Library, account: Account) -> Any:
    """Before, the encoded query is cut at 256 characters. Here it is kept whole."""
    import base64

    given = account.example() | {"query": f"{QUERY} WHERE {' AND '.join(['k.fraud >= 0'] * 20)}"}
    table = library.helper().create_ml_lineage(**given)
    encoded = table["Base64 Feature Store Query String"].dropna().iloc[0]
    return f"{len(encoded)} characters, ending with {base64.b64decode(encoded)[-30:].decode()!r}"


@case(
    "Somebody else's artifact of the same source",
    "MLLineageHelper().create_ml_lineage('fraud', …)\n"
    "sm.list_artifacts(SourceUri=training_data)  # recorded earlier, by another team",
)
def _others(library: Library, account: Account) -> Any:
    """Before, an artifact that exists already is renamed, and all of its properties are replaced.
    Here it is reused as it is, and what is added is merged.
    """
    given = account.example()
    uri = account.uri("fraud/train.csv")
    found = account.sm.list_artifacts(SourceUri=uri)["ArtifactSummaries"]
    arn = found[0]["ArtifactArn"]
    account.sm.update_artifact(
        ArtifactArn=arn, ArtifactName="claims-2026", Properties={"owner": "team-risk"}
    )
    library.helper().create_ml_lineage(**given)
    described = account.sm.describe_artifact(ArtifactArn=arn)
    kept = described.get("Properties", {}).get("owner", "gone")
    return f"name: {described.get('ArtifactName')}\nowner: {kept}"


@case(
    "A feature group whose name holds `fg-`",
    "QueryLineage().get_feature_groups_from_model('fraud')",
)
def _prefix(library: Library, account: Account) -> Any:
    """Before, `fg-` was taken out of the name wherever it stood. Here the name comes from the
    feature group's ARN.
    """
    group = account.artifact("FeatureGroup", account.group("avg-fg-claims"), "fg-avg-fg-claims")
    account.model("fraud")
    [model] = account.sm.list_artifacts(ArtifactType="Model")["ArtifactSummaries"]
    account.link(group, model["ArtifactArn"])
    return library.questions().get_feature_groups_from_model("fraud")


@case(
    "A call that is refused",
    "QueryLineage().get_data_sources_from_feature_group(fg_arn)",
    faults=emulator.Faults(denied=frozenset({"ListAssociations", "QueryLineage"})),
)
def _refused(library: Library, account: Account) -> Any:
    """Before, any error ends the walk, and what was found by then is the answer: here, that the
    feature group was made from nothing. An answer that could not be had is an error now.
    """
    group = account.group("customers")
    arn = account.artifact("FeatureGroup", group, "fg-customers")
    account.link(account.artifact("DataSet", account.uri("raw/"), "ProcessingInputData"), arn)
    return library.questions().get_data_sources_from_feature_group(group)


@case(
    "A repository cloned into a folder of another name, at a commit, with a token in its remote",
    "get_repo_link(os.getcwd(), 'clean.py')",
)
def _repository(library: Library, account: Account) -> Any:
    """Before, the link needs the folder to be called as the repository, names a branch, and tells
    everybody the token. Here it names the commit, and no credentials.
    """
    with tempfile.TemporaryDirectory() as folder, _inside(folder):
        Path("clean.py").write_text("print('clean')\n")
        remote = "https://me:s3cret@github.com/insurer/fraud-detection.git"
        who = ("-c", "user.name=me", "-c", "user.email=me@insurer.example")
        for line in (
            ("init", "-q", "-b", "main"),
            ("add", "clean.py"),
            (*who, "commit", "-q", "-m", "Clean", "--date", "2026-01-01T00:00:00Z"),
            ("remote", "add", "origin", remote),
        ):
            subprocess.run(["git", *line], check=True, capture_output=True)
        _, link = library.repo_link(folder, "clean.py")
    return re.sub(r"\b[0-9a-f]{40}\b", "COMMIT", link)


def answers(libraries: list[Library], asked: Case) -> Iterator[tuple[Library, str]]:
    """What each library answers, in an account of its own."""
    for library in libraries:
        with emulator.sandbox(**asked.options) as box, _silence():
            text = _answer(asked, library, Account(box))
        yield library, text


def _answer(asked: Case, library: Library, account: Account) -> str:
    try:
        return _text(asked.ask(library, account))
    except Exception as error:  # noqa: BLE001  # whatever goes wrong is the answer
        return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _text(value: Any) -> str:
    """A table without the columns of ARNs, which say nothing here; each row once."""
    if isinstance(value, str):
        return value
    if "Name/Source" in value.columns:
        value = value[["Name/Source", "Association", "Name/Destination"]]
    value = value.replace(r"(?<=s3://)sagemaker-[\w-]+", "bucket", regex=True)
    value = value.replace(r"-\d{10}(?=/)|_\d{10}$", "", regex=True)  # when a feature group was made
    shown = value[[column for column in value.columns if "ARN" not in column]]
    shown = shown.sort_values(list(shown.columns), key=lambda column: column.astype(str))
    return "nothing" if shown.empty else str(shown.to_string(index=False, na_rep=""))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Without what libraries print and warn while they work."""
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


HEAD = f"""# Side by side with {OLD}

The examples of {OLD}'s README, its four questions, and what goes wrong with it, asked of both libraries in the same account. Written by `scripts/side_by_side.py`, which runs both in the sandbox; ARNs are left out.

[Moving over](move-over.md) tells how.
"""  # noqa: E501


def page(libraries: list[Library]) -> Iterator[str]:
    """The page, part by part."""
    yield HEAD
    for asked in CASES:
        yield f"## {asked.title}\n\n```text\n{asked.code}\n```\n\n{asked.why}\n"
        yield from (block(library, text) for library, text in answers(libraries, asked))


def block(library: Library, text: str) -> str:
    """What one of them answers."""
    body = "\n".join(f"  {line}".rstrip() for line in text.splitlines())
    return f"```text\n{library.name}\n{body}\n```\n"


def main() -> int:
    """Write the page to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", help="a copy of the repository of ml-lineage-helper")
    sys.path.insert(0, parser.parse_args().folder)
    os.environ["SAGEMAKER_SUPPRESS_V2_WARNING"] = "1"
    with _silence():
        libraries = [
            Library.of(OLD, "ml_lineage_helper"),
            Library.of(NEW, "sm_lineage_magics.ml_lineage_helper"),
        ]
    print("\n".join(page(libraries)).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
