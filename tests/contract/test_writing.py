"""Plans applied and taken back, on every backend."""

from dataclasses import replace

from sm_lineage_magics.model import LineageGraph, Plan, PlannedEntity, PlannedLink


def test_a_receipt_says_what_was_made(backend, lineage):
    graph = lineage.graph("ab")
    receipt = backend.apply(Plan.of(graph))

    assert list(receipt.arns) == list(graph.entities)
    assert sorted(receipt.created) == sorted(receipt.arns.values())
    assert receipt.linked == (tuple(receipt.arns.values()),)
    assert (receipt.merged, receipt.statuses, receipt.gaps) == ({}, {}, ())


def test_a_plan_applied_again_changes_nothing(backend, lineage):
    plan = Plan.of(lineage.graph("ab", "bc"))
    first = backend.apply(plan)
    again = backend.apply(plan)

    assert again.empty
    assert again.arns == first.arns


def test_a_plan_of_what_is_known_already_makes_one_set(backend, written, lineage):
    first = written("ab")
    second = written("bc")

    assert second.receipt.created == (second.arns["c"],)
    assert first.walk("b", "both") == ["a", "c"]


def test_a_pair_has_one_association_and_the_first_stays(backend, written, lineage):
    stored = written("ab")
    (association,) = lineage.graph("ab").associations
    receipt = backend.apply(
        Plan(
            tuple(PlannedEntity(e, "reuse") for e in lineage.graph("ab").entities.values()),
            (PlannedLink(replace(association, type="DerivedFrom"), "link"),),
        )
    )

    assert receipt.linked == ()
    (kept,) = stored.traverse("b", "upstream").graph.associations
    assert kept.type == "ContributedTo"


def test_links_kept_or_skipped_are_not_made(backend, lineage):
    graph = lineage.graph("ab", "bc")
    keep, skip = graph.associations
    plan = replace(
        Plan.of(graph), links=(PlannedLink(keep, "keep"), PlannedLink(skip, "skip", "guessed"))
    )

    assert backend.apply(plan).linked == ()


def test_reuse_changes_nothing(backend, written, lineage):
    stored = written(alone="a")
    changed = lineage.dataset("a", properties={"rows": "10"})

    assert backend.apply(Plan((PlannedEntity(changed, "reuse"),))).empty
    assert stored["a"].properties == {}


def test_what_is_to_be_reused_but_is_not_there_is_a_gap(backend, lineage):
    entity = lineage.dataset("a")
    receipt = backend.apply(Plan((PlannedEntity(entity, "reuse"),)))

    assert (receipt.arns, receipt.created) == ({}, ())
    assert [(gap.kind, gap.where) for gap in receipt.gaps] == [("missing", entity.arn)]


def merging(entity):
    return Plan((PlannedEntity(entity, "merge"),))


def test_merging_adds_properties_and_keeps_the_others(backend, written, lineage):
    stored = written(alone="a", make=lambda n: lineage.dataset(n, properties={"owner": "ann"}))
    receipt = backend.apply(merging(lineage.dataset("a", properties={"rows": "10"})))

    assert stored["a"].properties == {"owner": "ann", "rows": "10"}
    assert receipt.merged == {stored.arns["a"]: {"rows": None}}


def test_merging_brings_what_we_wrote_up_to_date(backend, written, lineage):
    stored = written(alone="a", make=lambda n: lineage.dataset(n, properties={"rows": "10"}))
    receipt = backend.apply(merging(lineage.dataset("a", properties={"rows": "20"})))

    assert stored["a"].properties == {"rows": "20"}
    assert receipt.merged == {stored.arns["a"]: {"rows": "10"}}


def test_merging_brings_the_status_up_to_date(backend, written, lineage):
    stored = written(alone="a", make=lambda n: lineage.action(n, status="InProgress"))
    receipt = backend.apply(merging(lineage.action("a", status="Completed")))

    assert stored["a"].status == "Completed"
    assert receipt.statuses == {stored.arns["a"]: "InProgress"}


def test_taking_a_merge_back_restores_what_was_there(backend, written, lineage):
    stored = written(
        alone="a",
        make=lambda n: lineage.action(n, status="InProgress", properties={"rows": "10"}),
    )
    before = stored["a"]
    merged = lineage.action("a", status="Completed", properties={"rows": "20", "new": "x"})
    removed = backend.remove(backend.apply(merging(merged)))

    assert replace(stored["a"], modified=None) == replace(before, modified=None)
    assert removed.merged == {stored.arns["a"]: {"rows": "20", "new": "x"}}
    assert removed.statuses == {stored.arns["a"]: "Completed"}


def test_a_receipt_taken_back_leaves_nothing(backend, lineage):
    receipt = backend.apply(Plan.of(lineage.graph("ab", "bc", "aa")))
    removed = backend.remove(receipt)

    assert sorted(removed.created) == sorted(receipt.created)
    assert sorted(removed.linked) == sorted(receipt.linked)
    assert list(backend.find()) == []


def test_a_receipt_taken_back_twice_finds_nothing_left(backend, lineage):
    receipt = backend.apply(Plan.of(lineage.graph("ab")))
    backend.remove(receipt)

    assert backend.remove(receipt).empty


def test_what_others_linked_to_since_is_left_and_named(backend, written):
    """b has become somebody else's input: it stays; a and the link to it go."""
    ours = written("ab")
    written("bc")
    removed = backend.remove(ours.receipt)

    assert removed.created == (ours.arns["a"],)
    assert removed.linked == ((ours.arns["a"], ours.arns["b"]),)
    assert [gap.where for gap in removed.gaps] == [ours.arns["b"]]
    assert ours.walk("b", "both") == ["c"]


def test_what_was_there_before_stays(backend, written):
    first = written(alone="a")
    second = written("ab")
    backend.remove(second.receipt)

    assert [entity.arn for entity in backend.find()] == [first.arns["a"]]


def test_deleting_takes_the_associations_along(backend, written):
    chain = written("ab", "bc")
    deleted = backend.delete([chain.arns["b"]])

    assert deleted.created == (chain.arns["b"],)
    assert chain.links(chain.backend.associations([chain.arns["a"]], "downstream")) == []
    assert sorted(deleted.linked) == sorted(
        [(chain.arns["a"], chain.arns["b"]), (chain.arns["b"], chain.arns["c"])]
    )


def test_deleting_what_is_not_there_is_a_gap(backend):
    arn = backend.home.artifact("s3://bucket/nothing.csv")
    deleted = backend.delete([arn])

    assert (deleted.created, [gap.kind for gap in deleted.gaps]) == ((), ["missing"])


def test_an_empty_plan_changes_nothing(backend):
    assert backend.apply(Plan()).empty
    assert backend.apply(Plan.of(LineageGraph())).empty
