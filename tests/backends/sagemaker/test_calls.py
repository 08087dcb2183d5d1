"""How many calls each question costs, exactly; pages and details are the only ones that grow."""

from dataclasses import replace
from math import ceil

import pytest

from sm_lineage_magics import Lineage
from sm_lineage_magics.model import (
    Association,
    Entity,
    EntityFilter,
    Home,
    LineageGraph,
    Plan,
    Reference,
)

HOME = Home("us-east-1", "123456789012")
MODELS = EntityFilter(roles=("model",))


def test_the_lineage_of_a_model_by_its_name(world, ask):
    """One look at the model, one at its artifact, one page, and each entity once."""
    asked = ask(world())
    answer = Lineage(asked.backend).upstream("model:fraud-0")

    assert len(answer) == 9
    assert asked.calls == {
        "DescribeModel": 1,
        "ListArtifacts": 1,
        "QueryLineage": 1,
        "DescribeArtifact": 9,
        "DescribeTrialComponent": 1,
    }


def test_the_lineage_of_an_arn_describes_each_entity_once(world, ask):
    """Looking whether it is there tells all of it, so that the walk need not."""
    here = world()
    asked = ask(here)
    answer = Lineage(asked.backend).upstream(here.arn("fraud-0"))

    assert len(answer) == 9
    assert asked.calls == {"QueryLineage": 1, "DescribeArtifact": 9, "DescribeTrialComponent": 1}


def test_the_lineage_of_an_action_by_its_name_describes_it_once(world, ask):
    here = world(0)
    here.entities["join"] = Entity(HOME.action("join"), "Action", "FeatureStoreQuery", "join")
    here.store.put([here.entities["join"]])
    here.store.link([Association(here.arn("claims"), here.arn("join"), "ContributedTo")])
    asked = ask(here)
    answer = Lineage(asked.backend).upstream("query:join")

    assert len(answer) == 4
    assert asked.calls == {"DescribeAction": 1, "QueryLineage": 1, "DescribeArtifact": 4}


def test_a_model_whose_artifact_does_not_say_its_name(world, ask):
    """SageMaker's own artifacts do not; the model itself tells where its data lies."""
    here = world()
    bare = replace(here.entities["fraud-0"], name="", properties={})
    here.store.put([bare])
    asked = ask(here)

    assert [one.arn for one in asked.backend.resolve(Reference.parse("model:fraud-0"))] == [
        bare.arn
    ]
    assert asked.calls == {"DescribeModel": 1, "ListArtifacts": 1}


@pytest.mark.parametrize("models", [2, pytest.param(101, marks=pytest.mark.slow)])
def test_the_models_of_a_feature_group(world, ask, models):
    """Complete whatever the depth: all that lies on the way is paged, only models described."""
    here = world(models)
    asked = ask(here)
    (group,) = asked.backend.resolve(Reference.parse(here.entities["claims"].source_uri))
    answer = asked.backend.traverse([group.arn], "downstream", only=MODELS)

    reached = 4 * models + 1
    assert (len(answer), answer.complete) == (models, True)
    assert asked.calls == {
        "ListArtifacts": 1,
        "QueryLineage": ceil(reached / 50),
        "DescribeArtifact": models,
    }


def test_the_feature_groups_of_a_model(world, ask):
    asked = ask(world())
    (model,) = asked.backend.resolve(Reference.parse("model:fraud-0"))
    groups = asked.backend.traverse(
        [model.arn], "upstream", only=EntityFilter(roles=("feature-group",))
    )

    assert sorted(one.name for one in groups) == ["fg-claims", "fg-customers"]
    assert asked.count == 5


def test_the_sources_of_a_feature_group(world, ask):
    here = world(2)
    asked = ask(here)
    (group,) = asked.backend.resolve(Reference.parse(here.entities["claims"].source_uri))
    sources = asked.backend.traverse([group.arn], "upstream", only=EntityFilter(roles=("dataset",)))

    assert [one.source_uri for one in sources] == ["s3://bucket/raw/claims.csv"]
    assert asked.count == 3


def test_the_feature_groups_of_a_source(world, ask):
    asked = ask(world(2))
    (raw,) = asked.backend.resolve(Reference.parse("s3://bucket/raw/claims.csv"))
    groups = asked.backend.traverse(
        [raw.arn], "downstream", only=EntityFilter(roles=("feature-group",))
    )

    assert len(groups) == 2
    assert asked.count == 4


@pytest.mark.parametrize("question", ["upstream", "downstream"])
def test_a_second_ask_in_another_kernel_costs_the_pages_alone(world, ask, tmp_path, question):
    here = world(3)
    first = ask(here, memory=tmp_path / "memory.db")
    answer = getattr(Lineage(first.backend), question)("fg:claims")
    first.backend.close()
    second = ask(here, memory=tmp_path / "memory.db")
    again = getattr(Lineage(second.backend), question)("fg:claims")

    assert again == answer
    assert dict(second.calls) == {"QueryLineage": 1}


def test_what_somebody_recorded_elsewhere_shows_in_a_warm_answer(world, ask):
    """Details are remembered; what leads where is asked each time."""
    here = world(1)
    asked = ask(here)
    lineage = Lineage(asked.backend)
    lineage.downstream("fg:claims")
    here.artifact("late", "DataSet", "late", "s3://bucket/late.csv")
    here.link("claims", "late")
    here.store.put([here.entities["late"]])
    here.store.link(here.links[-1:])

    assert "late" in [one.name for one in lineage.downstream("fg:claims")]


def test_a_plan_of_new_entities_costs_one_call_each(world, ask):
    """Nothing is looked up first: the service itself says what is there already."""
    here = world()
    empty = ask(_Empty(here))
    graph = LineageGraph.of(here.entities.values(), here.links)
    receipt = empty.backend.apply(Plan.of(graph))

    assert (len(receipt.created), len(receipt.linked)) == (len(graph), len(graph.associations))
    assert empty.count == len(graph) + len(graph.associations)


class _Empty:
    """The same world with nothing recorded yet."""

    def __init__(self, world):
        self._world = world

    def client(self, **options):
        from sm_lineage_magics.backends.local import Store

        self._world.store = Store.open(":memory:")
        return self._world.client(**options)
