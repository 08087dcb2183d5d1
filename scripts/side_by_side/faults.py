"""What goes wrong with ml-lineage-helper."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sm_lineage_magics import emulator

from .account import QUERY, Account
from .case import case
from .libraries import Library


@case(
    "A feature group that eight models use",
    "QueryLineage().get_models_from_feature_group(fg_arn)",
)
def wide(library: Library, account: Account) -> Any:
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
def one_channel(library: Library, account: Account) -> Any:
    """Before, the first channel was the training data and the second the test data, whatever they
    were called. Here every channel is drawn, and by its own URI.
    """
    return library.helper().create_ml_lineage(**account.example(channels=("train",)))


@case(
    "Without a model's name",
    "MLLineageHelper().create_ml_lineage('fraud', feature_group_names=['customers', 'claims'])",
)
def no_model(library: Library, account: Account) -> Any:
    """`model_name` is optional in both; before, leaving it out was an error of the service."""
    given = account.example()
    wanted = ("estimator_or_training_job_name", "feature_group_names")
    return library.helper().create_ml_lineage(**{name: given[name] for name in wanted})


@case(
    "A longer query",
    "table = MLLineageHelper().create_ml_lineage('fraud', query=query, …)\n"
    "base64.b64decode(table['Base64 Feature Store Query String'].dropna().iloc[0])[-30:]",
)
def long_query(library: Library, account: Account) -> Any:
    """Before, the encoded query is cut at 256 characters. Here it is kept whole."""
    given = account.example() | {"query": f"{QUERY} WHERE {' AND '.join(['k.fraud >= 0'] * 20)}"}
    table = library.helper().create_ml_lineage(**given)
    encoded = table["Base64 Feature Store Query String"].dropna().iloc[0]
    return f"{len(encoded)} characters, ending with {base64.b64decode(encoded)[-30:].decode()!r}"


@case(
    "Somebody else's artifact of the same source",
    "MLLineageHelper().create_ml_lineage('fraud', …)\n"
    "sm.list_artifacts(SourceUri=training_data)  # recorded earlier, by another team",
)
def others(library: Library, account: Account) -> Any:
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
def prefix(library: Library, account: Account) -> Any:
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
def refused(library: Library, account: Account) -> Any:
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
def repository(library: Library, account: Account) -> Any:
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


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


FAULTS = (wide, one_channel, no_model, long_query, others, prefix, refused, repository)
