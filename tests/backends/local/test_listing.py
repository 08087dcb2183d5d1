"""Lists of what a store holds: what SQLite leaves out must be nothing that was asked for."""

import os
import signal
import threading

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.model import ROLES, Entity, EntityFilter, Home

HOME = Home()

SOURCES = [
    "",
    "s3://bucket/data.csv",
    HOME.arn("training-job", "train"),
    HOME.arn("feature-group", "customers"),
    HOME.arn("model-package", "churn/1"),
    "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live",
    "arn:aws:sagemaker:not-an-account:endpoint/live",
    "arn:aws:ecr:eu-west-1:123456789012:repository/train",
]
TYPES = ["", "DataSet", "Model", "ModelGroup", "Approval", "Endpoint", "MyJob", "SomePipeline"]


@pytest.fixture
def store():
    opened = Store.open(":memory:")
    yield opened
    opened.close()


def of_every_sort():
    return [
        Entity(f"{kind}-{type}-{number}", kind, type, source_uri=source)
        for kind in ("Artifact", "Action", "Context", "TrialComponent")
        for type in TYPES
        for number, source in enumerate(SOURCES)
    ]


@pytest.mark.parametrize("role", ROLES)
def test_everything_of_a_role_is_listed_whatever_makes_it_so(store, role):
    every = of_every_sort()
    store.put(every)
    only = EntityFilter(roles=(role,))

    assert {entity.arn for entity in store.find(only=only)} == {e.arn for e in every if only(e)}


def test_a_role_known_by_a_word_that_another_notebook_added_is_listed(tmp_path):
    store, other = Store.open(tmp_path / "lineage.db"), Store.open(tmp_path / "lineage.db")
    jobs = EntityFilter(roles=("job",))
    assert list(store.find(only=jobs)) == []
    job = Entity(HOME.artifact("x"), "Artifact", "NightlyJob")
    other.put([job])

    assert list(store.find(only=jobs)) == [job]
    store.close()
    other.close()


def test_ctrl_c_in_a_search_is_heard_and_is_no_damage(store):
    """SQLite takes whatever ends its function for a failure of the function."""
    names = [f"a{number}" for number in range(2000)]
    store.put(Entity(HOME.action(name), "Action", name=name) for name in names)
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        while True:
            assert list(store.find(text="absent")) == []
    assert len(list(store.find(text="A1999"))) == 1
