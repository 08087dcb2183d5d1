"""Lineage in and out from Python: files, an account, and its quotas."""

import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.magics.commands import WORDS

# What a session of a notebook has and a script says otherwise: `Lineage.open` for `use`,
# `emulator.sandbox`, `demo.grocery`.
OF_THE_SESSION = {"watch", "use", "config", "demo", "sandbox", "doctor", "help"}


@pytest.fixture
def local():
    with Lineage.open(":memory:") as lineage:
        lineage.link("s3://shop/raw.csv", "s3://shop/clean.csv")
        yield lineage


@pytest.fixture
def account():
    with Lineage.open("sagemaker", client=emulator.client()) as lineage:
        yield lineage


def labels(answer):
    return {entity.label for entity in answer}


def test_every_verb_of_the_magics_that_is_not_of_the_session_is_a_method():
    methods = {"import_" if word == "import" else word.replace("-", "_") for word in WORDS}

    assert {name for name in methods if not hasattr(Lineage, name)} == OF_THE_SESSION


def test_a_file_is_brought_in_and_twice_is_once(local, tmp_path):
    file = local.export("s3://shop/raw.csv", tmp_path / "raw.json")

    with Lineage.open(":memory:") as other:
        assert len(other.plan_import(file).entities) == 2
        assert len(other.import_(file).created) == 2
        assert other.import_(file).empty
        assert labels(other.downstream("s3://shop/raw.csv")) == {"clean.csv"}


def test_what_was_recorded_here_is_pushed_to_an_account_and_pulled_from_it(local, account):
    assert len(local.plan_push(account).entities) == 2
    assert len(local.push(account).created) == 2
    assert labels(account.downstream("s3://shop/raw.csv")) == {"clean.csv"}

    with Lineage.open(":memory:") as mirror:
        pulled = mirror.pull(account)
        assert (pulled.entities, pulled.associations) == (2, 1)
        assert labels(mirror.downstream("s3://shop/raw.csv")) == {"clean.csv"}


def test_what_an_account_still_allows_is_told(local, account):
    local.push(account)

    assert account.quota().sections[0].rows[0][:2] == ("Artifact", "2")


def test_only_an_account_has_quotas_and_only_a_store_is_a_mirror(local, account):
    with pytest.raises(QuestionError, match=r"is no account\. Expected Lineage\.open\("):
        local.quota()
    with pytest.raises(QuestionError, match="is no account"):
        local.push(local)
    with pytest.raises(QuestionError, match=r"is no embedded store\. Expected Lineage\.open\(\)"):
        account.pull(account)
