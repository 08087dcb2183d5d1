"""Every fault of the service ends in a right answer or in a gap with a name."""

from itertools import pairwise

import pytest
from botocore.config import Config

from sm_lineage_magics.emulator import Faults
from sm_lineage_magics.errors import AccessDenied, CredentialsMissing, Throttled, WriteRefused
from sm_lineage_magics.model import Association, EntityFilter, LineageGraph, Plan, Reference

FEW_TRIES = Config(retries={"mode": "standard", "total_max_attempts": 3}, max_pool_connections=16)


def kinds(answer):
    return sorted({gap.kind for gap in answer.gaps})


def whole(world, ask):
    return ask(world).backend.traverse([world.arn("raw")], "downstream")


def test_short_pages_are_all_read(world, ask):
    here = world(3)
    answer = ask(here, faults=Faults(page=2)).backend.traverse([here.arn("raw")], "downstream")

    assert answer == whole(here, ask)


@pytest.mark.parametrize("code", ["InternalFailure", "ServiceUnavailable", "ThrottlingException"])
def test_a_call_that_fails_once_is_made_again(world, ask, code):
    here = world(2)
    faults = Faults(failing={1: code, 3: code})
    answer = ask(here, faults=faults, config=FEW_TRIES).backend.traverse(
        [here.arn("raw")], "downstream"
    )

    assert answer == whole(here, ask)


def test_details_that_may_not_be_seen_are_a_denied_gap(world, ask):
    here = world()
    asked = ask(here, faults=Faults(denied=frozenset({"DescribeTrialComponent"})))
    answer = asked.backend.traverse([here.arn("fraud-0")], "upstream")

    assert set(answer.graph.entities) == set(
        ask(here).backend.traverse([here.arn("fraud-0")], "upstream").graph.entities
    )
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("denied", here.arn("train-fraud-0"))]
    assert "sagemaker:DescribeTrialComponent" in answer.gaps[0].why


def test_many_denied_details_are_one_gap(world, ask):
    here = world(3)
    asked = ask(here, faults=Faults(denied=frozenset({"DescribeArtifact"})))
    answer = asked.backend.traverse([here.arn("raw")], "downstream")

    assert [gap.kind for gap in answer.gaps] == ["denied"]
    assert answer.gaps[0].where == "DescribeArtifact"
    assert "entities are" in answer.gaps[0].why


def test_a_question_that_may_not_be_asked_names_the_permission(world, ask):
    here = world()
    asked = ask(here, faults=Faults(denied=frozenset({"QueryLineage"})))

    with pytest.raises(AccessDenied, match="sagemaker:QueryLineage"):
        asked.backend.traverse([here.arn("raw")], "downstream")


@pytest.mark.parametrize("code", ["ExpiredTokenException", "UnrecognizedClientException"])
def test_credentials_that_have_expired_are_one_line(world, ask, code):
    asked = ask(world(), faults=Faults(failing=dict.fromkeys(range(1, 9), code)), config=FEW_TRIES)

    with pytest.raises(CredentialsMissing, match=r"^QueryLineage .*expired.*aws sso login.*$"):
        asked.backend.traverse([world().arn("raw")], "downstream", only=EntityFilter(types=("x",)))


def test_throttled_to_the_end_is_an_error_where_nothing_was_found(world, ask):
    here = world()
    asked = ask(here, faults=Faults(rate=0.001, burst=1), config=FEW_TRIES)
    asked.backend.service.call("ListArtifacts", MaxResults=1)

    with pytest.raises(Throttled):
        asked.backend.traverse([here.arn("raw")], "downstream")


def test_throttled_half_way_is_a_gap(world, ask):
    """One page and some details came through; what did not is named, not left out."""
    here = world(3)
    asked = ask(here, faults=Faults(rate=0.001, burst=4), config=FEW_TRIES)
    answer = asked.backend.traverse([here.arn("raw")], "downstream")

    assert set(answer.graph.entities) == set(whole(here, ask).graph.entities) - gone(answer)
    assert kinds(answer) == ["throttled"]


def gone(answer):
    return {gap.where for gap in answer.gaps if gap.where.startswith("arn:")} - set(
        answer.graph.entities
    )


def test_a_branch_that_fails_beyond_ten_levels_is_a_gap(ask, world):
    here = world(0)
    names = [f"step-{number:02}" for number in range(14)]
    for name in names:
        here.artifact(name, "DataSet", name, f"s3://bucket/{name}")
    for source, destination in pairwise(names):
        here.link(source, destination)
    here.store.put(here.entities.values())
    here.store.link(here.links)
    asked = ask(here)
    queries = []

    def refuse(model, **_):
        if model.name == "QueryLineage":
            queries.append(model.name)
            if len(queries) == 2:
                return _denied()
        return None

    asked.backend.service.client.meta.events.register_first("before-call.sagemaker", refuse)
    answer = asked.backend.traverse([here.arn("step-00")], "downstream")

    assert [one.name for one in answer] == names[1:11]
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("denied", here.arn("step-10"))]


def _denied():
    class Http:
        status_code = 400
        headers = {}

    error = {"Code": "AccessDeniedException", "Message": "no"}
    return Http(), {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}


def test_what_was_deleted_in_between_is_a_missing_gap(world, ask):
    here = world()
    asked = ask(here)

    def delete(**_):
        here.store.drop([here.arn("pcode")])

    events = asked.backend.service.client.meta.events
    events.register("after-call.sagemaker.QueryLineage", delete)
    answer = asked.backend.traverse([here.arn("fraud-0")], "upstream")

    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("missing", here.arn("pcode"))]


def test_another_accounts_entity_is_shown_and_named(world, ask):
    here = world()
    twin = here.arn("raw").replace("123456789012", "210987654321")
    here.entities["twin"] = here.entities["raw"].__class__(twin, "Artifact", "DataSet", "raw")
    here.store.put([here.entities["twin"]])
    here.store.link([Association(twin, here.arn("raw"), "SameAs")])
    asked = ask(here)

    def refuse(model, params, **_):
        if model.name == "DescribeArtifact" and "210987654321" in str(params["body"]):
            return _denied()
        return None

    asked.backend.service.client.meta.events.register_first("before-call.sagemaker", refuse)
    answer = asked.backend.traverse([here.arn("fraud-0")], "upstream")

    assert answer.graph.entities[twin].type == "DataSet"
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("other-account", twin)]


def test_ctrl_c_gives_what_was_found_so_far(world, ask, monkeypatch):
    here = world(2)
    asked = ask(here)
    service = asked.backend.service
    waiting = service.result

    def interrupted(begun):
        found = waiting(begun)
        service.interrupt()  # as the wait does when Ctrl-C arrives
        return found

    monkeypatch.setattr(service, "result", interrupted)
    answer = asked.backend.traverse([here.arn("raw")], "downstream", max_depth=20)

    assert "interrupted" in kinds(answer)
    assert len(answer) > 0


def test_a_write_is_refused_before_it_is_sent(world, ask):
    here = world()
    asked = ask(here, read_only=True)
    plan = Plan.of(LineageGraph.of([here.entities["raw"]]))

    with pytest.raises(WriteRefused):
        asked.backend.apply(plan)
    assert asked.count == 0


@pytest.mark.parametrize("operation", ["CreateArtifact", "AddAssociation"])
def test_a_write_that_is_denied_is_said(world, ask, operation):
    here = world(0)
    entities = [here.entities["raw"], here.entities["pcode"]]
    graph = LineageGraph.of(entities, [Association(entities[0].arn, entities[1].arn)])
    here.store.drop([one.arn for one in entities])
    asked = ask(here, faults=Faults(denied=frozenset({operation})))

    if operation == "CreateArtifact":
        with pytest.raises(AccessDenied, match="sagemaker:CreateArtifact"):
            asked.backend.apply(Plan.of(graph))
    else:
        receipt = asked.backend.apply(Plan.of(graph))
        assert len(receipt.created) == 2
        assert [gap.kind for gap in receipt.gaps] == ["denied"]


def test_a_name_that_cannot_be_looked_up_is_not_called_absent(world, ask):
    asked = ask(world(), faults=Faults(denied=frozenset({"DescribeAction"})))

    with pytest.raises(AccessDenied, match="sagemaker:DescribeAction"):
        asked.backend.resolve(Reference.parse("query:join"))


def test_an_arn_that_is_not_there_means_nothing(world, ask):
    here = world()
    missing = here.arn("raw")[:-4] + "0000"

    assert list(ask(here).backend.resolve(Reference.parse(missing))) == []


@pytest.mark.parametrize("name", ["model:train.csv", "endpoint:a b", "fg:été"])
def test_a_name_that_no_resource_can_have_means_nothing(world, ask, name):
    """The service refuses to look for it: the pattern of its names does not allow it."""
    assert list(ask(world()).backend.resolve(Reference.parse(name))) == []
