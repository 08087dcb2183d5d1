"""A real IPython shell with the extension loaded, on an embedded store in memory."""

from itertools import pairwise

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from sm_lineage_magics.lineage import Lineage
from sm_lineage_magics.magics import load, loaded, unload
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph

HOME = Home()


def artifact(uri, type="DataSet", **known):
    return Entity(HOME.artifact(uri), "Artifact", type, source_uri=uri, **known)


RAW = artifact("s3://bucket/raw/customers.csv", name="customers.csv")
CUSTOMERS = artifact(HOME.arn("feature-group", "customers"), "FeatureGroup", name="fg-customers")
TRAIN = artifact("s3://bucket/train.csv", name="train.csv")
CHURN = artifact(
    "s3://bucket/model.tar.gz", "Model", name="churn", properties={"SageMakerModelName": "churn"}
)
CLEAN = Entity(HOME.trial_component("clean"), "TrialComponent", "ProcessingJob", "clean")
JOIN = Entity(HOME.action("join"), "Action", "FeatureStoreQuery", "join")
FIT = Entity(HOME.trial_component("fit"), "TrialComponent", "TrainingJob", "fit")
LIVE = Entity(HOME.context("live"), "Context", "Endpoint", "live")

CHAIN = (RAW, CLEAN, CUSTOMERS, JOIN, TRAIN, FIT, CHURN, LIVE)


def chain(entities):
    pairs = pairwise(entities)
    return LineageGraph.of(entities, (Association(a.arn, b.arn, "ContributedTo") for a, b in pairs))


@pytest.fixture
def lineage():
    with Lineage.open(":memory:") as lineage:
        yield lineage


@pytest.fixture(autouse=True)
def nothing_configured(tmp_path, monkeypatch):
    """No file or variable of this machine has a say, and no store outlives a test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SM_LINEAGE_STORE", str(tmp_path / "lineage.db"))


@pytest.fixture(scope="session")
def one_shell(tmp_path_factory):
    """A shell costs a tenth of a second, so the tests of a run share one."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.warn_venv = False
    settings.ProfileDir.location = str(tmp_path_factory.mktemp("profile"))
    return InteractiveShell(config=settings)


@pytest.fixture
def shell(one_shell):
    """A shell in which nothing is loaded and nothing has been assigned."""
    yield one_shell
    unload(one_shell)
    one_shell.config.pop("LineageMagics", None)
    one_shell.reset()


@pytest.fixture
def ip(shell):
    """A shell that knows the chain from raw data to the live endpoint."""
    load(shell)
    loaded(shell).session.lineage.load(chain(CHAIN))
    return shell


@pytest.fixture
def ask(ip, capsys):
    """Run a line as a cell would; what it prints before is forgotten."""
    capsys.readouterr()
    return lambda line: ip.run_line_magic("lineage", line)
