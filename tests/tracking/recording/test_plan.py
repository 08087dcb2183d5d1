"""A plan creates what is new, merges what is missing, and never overwrites what others wrote."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sm_lineage_magics.model import (
    Association,
    Entity,
    Known,
    Plan,
    PlannedEntity,
    PlannedLink,
    Receipt,
)
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.recording.plan import (
    Cost,
    cost,
    facts_of,
    made_already,
    plan,
)

RAW = Entity("arn:raw", "Artifact", "DataSet", "raw.csv", "s3://shop/raw.csv", {"ETag": "1"})
JOB = Entity("arn:job", "TrialComponent", "TrainingJob", "train", status="Completed")
EDGE = Association(RAW.arn, JOB.arn, "ContributedTo")
FACTS = Facts((RAW, JOB), (Link(EDGE, "line 2", "flow"),))
NOW = datetime(2026, 1, 31, tzinfo=timezone.utc)


def stored(entity: Entity, **changes) -> Entity:
    """The entity as an account has it, under an ARN of its own."""
    return Entity(
        **{
            **{f: getattr(entity, f) for f in ("kind", "type", "name", "source_uri", "status")},
            "arn": f"arn:aws:{entity.arn}",
            "properties": entity.properties,
            **changes,
        }
    )


def test_what_is_new_is_created_and_linked():
    """With its evidence."""
    assert plan(FACTS, Known(), "churn") == Plan(
        (PlannedEntity(RAW, "create", "new"), PlannedEntity(JOB, "create", "new")),
        (PlannedLink(EDGE, "link", "", "line 2"),),
        "churn",
    )


def test_what_exists_is_used_under_its_own_arn():
    """And the plan that changes nothing is empty."""
    known = {RAW.arn: stored(RAW), JOB.arn: stored(JOB)}
    made = plan(FACTS, Known(known, frozenset({("arn:aws:arn:raw", "arn:aws:arn:job")})))

    assert [(e.key, e.act) for e in made.entities] == [
        ("arn:aws:arn:raw", "reuse"),
        ("arn:aws:arn:job", "reuse"),
    ]
    assert [(link.act, link.reason) for link in made.links] == [("keep", "linked already")]
    assert made.empty


def test_properties_others_wrote_are_merged_never_overwritten():
    """Only what is missing is added."""
    theirs = stored(RAW, properties={"ETag": "other", "Owner": "them"})
    facts = Facts((Entity(**{**vars(RAW), "properties": {"ETag": "1", "Rows": "9"}}),))
    [planned] = plan(facts, Known({RAW.arn: theirs})).entities

    assert (planned.act, planned.entity.properties) == ("merge", {"Rows": "9"})
    assert planned.reason == "adds Rows"


def test_what_we_measured_ourselves_is_brought_up_to_date():
    """A file that has changed since."""
    ours = stored(RAW, properties={"ETag": "0"})
    [planned] = plan(Facts((RAW,)), Known({RAW.arn: ours}), ours={ours.arn}).entities

    assert (planned.entity.properties, planned.reason) == ({"ETag": "1"}, "updates ETag")


def test_a_job_that_has_ended_since_says_so():
    """Its status is what changes over time."""
    [planned] = plan(Facts((JOB,)), Known({JOB.arn: stored(JOB, status="InProgress")})).entities

    assert (planned.act, planned.entity.status) == ("merge", "Completed")


def test_links_that_cannot_be_are_skipped_with_the_reason():
    """A loop, an end that is not there, a job linked to a job."""
    other = Entity("arn:other", "TrialComponent", "TrainingJob", "other")
    links = [(RAW.arn, RAW.arn), (RAW.arn, "arn:gone"), (JOB.arn, other.arn)]
    facts = Facts((RAW, JOB, other), tuple(Link(Association(*pair), "") for pair in links))

    assert [(link.act, link.reason) for link in plan(facts, Known()).links] == [
        ("skip", "it would lead to itself"),
        ("skip", "arn:gone does not exist"),
        ("skip", "no job can be linked to a job"),
    ]


def test_the_cost_counts_what_the_quota_counts():
    """Trial components have none."""
    assert cost(plan(FACTS, Known())) == Cost(artifacts=1, associations=1)
    assert str(cost(plan(FACTS, Known()))) == "1 artifact, 1 association"


def test_what_exists_is_free_of_cost_even_where_something_is_merged_into_it():
    made = plan(FACTS, Known({RAW.arn: stored(RAW, properties={})}))

    assert [planned.act for planned in made.entities] == ["merge", "create"]
    assert cost(made) == Cost(associations=1)


def test_a_plan_can_be_made_anew_from_its_own_facts():
    """What was skipped stays skipped."""
    assert facts_of(plan(FACTS, Known())) == Facts((RAW, JOB), (Link(EDGE, "line 2"),))


def test_what_a_broken_attempt_made_is_told_by_its_age():
    """What stood there before is not ours to take back."""
    since = NOW - timedelta(minutes=1)
    known = {
        RAW.arn: stored(RAW, created=NOW - timedelta(days=1)),
        JOB.arn: stored(JOB, created=NOW),
    }
    edge = Association("arn:aws:arn:raw", "arn:aws:arn:job", created=NOW)
    made = made_already(plan(FACTS, Known()), Known(known), [edge], since)

    assert made == Receipt(
        {RAW.arn: "arn:aws:arn:raw", JOB.arn: "arn:aws:arn:job"},
        ("arn:aws:arn:job",),
        (edge.pair,),
    )
