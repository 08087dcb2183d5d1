"""The story of a model: all before it, and of what came after only what serves it."""

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.model import Association, LineageGraph
from sm_lineage_magics.query import traverse
from sm_lineage_magics.query.evidence.story import require_answering, story_of


@pytest.fixture
def served(fraud):
    """A live model that also wrote predictions, and on top of which another was trained."""
    graph = fraud.lineage(fraud.version(1, live=True))
    scores = fraud.artifact("DataSet", "s3://b/scores.csv")
    later = fraud.artifact("Model", "s3://b/tuned/model.tar.gz")
    model = fraud.named(graph, "model.tar.gz")
    return LineageGraph.of(
        (*graph.entities.values(), scores, later),
        (
            *graph.associations,
            Association(model.arn, scores.arn, "Produced"),
            Association(model.arn, later.arn, "ContributedTo"),
        ),
    )


def test_predictions_and_later_models_are_not_in_it(fraud, served):
    model = fraud.HOME.artifact("s3://b/v1/model.tar.gz")

    story = story_of(traverse(served, [model], "both"))

    assert {entity.source_uri for entity in story if entity.type in ("DataSet", "Model")} == {
        "s3://b/raw.csv",
        "s3://b/v1/train.csv",
        fraud.HOME.arn("model-package", "fraud/1"),
    }
    assert "fraud-live" in {entity.label for entity in story}


def test_of_predictions_the_model_is_told(fraud, served):
    story = story_of(traverse(served, [fraud.HOME.artifact("s3://b/scores.csv")], "both"))

    require_answering(story)
    assert "model.tar.gz" in {entity.label for entity in story}


def test_a_feature_group_answers_nothing(fraud, served):
    story = story_of(traverse(served, [fraud.CUSTOMERS.arn], "both"))

    with pytest.raises(QuestionError, match="fg:customers is no model or endpoint"):
        require_answering(story)
