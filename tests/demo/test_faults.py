"""Each planted fault is found by the rule it is named after; the demos themselves have none."""

import pytest

from sm_lineage_magics.demo import DEMOS, FAULTS, broken
from sm_lineage_magics.query.evidence.lint.report import lint
from sm_lineage_magics.query.evidence.lint.rules import RULES


def found(graph):
    return [finding.rule.id for finding in lint(graph)]


@pytest.mark.parametrize("name", sorted(DEMOS))
def test_the_demos_are_without_fault(name):
    assert found(DEMOS[name]().graph) == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_found_and_is_the_only_one(name):
    assert found(broken([name]).graph) == [name]


def test_there_is_a_fault_for_every_rule():
    assert set(FAULTS) == {rule.id for rule in RULES}


def test_all_faults_together_are_each_found_once():
    assert sorted(found(broken().graph)) == sorted(FAULTS)
