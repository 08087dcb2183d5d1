"""One URI inside another, and only where one was made and the other read."""

from sm_lineage_magics.model import Association, Entity, Home
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.flow.inside import inside
from sm_lineage_magics.tracking.flow.memory import Memory

HOME = Home()


def data(uri, type="DataSet"):
    return Entity(HOME.artifact(uri), "Artifact", type, source_uri=uri)


def job(name):
    return Entity(HOME.trial_component(name), "TrialComponent", "TrainingJob", name)


def facts(*chain):
    """Pairs of source and destination, in the order data flows."""
    links = (Link(Association(a.arn, b.arn, "ContributedTo"), "seen") for a, b in chain)
    entities = {entity.arn: entity for pair in chain for entity in pair}
    return Facts(tuple(entities.values()), tuple(links))


def found(given):
    return pairs(inside(given, Memory()))


def pairs(found):
    """What the links within say, as URIs."""
    by_arn = {entity.arn: entity.source_uri for entity in found.entities}
    return [
        (by_arn[link.association.source], by_arn[link.association.destination])
        for link in found.links
        if link.trust == "inside"
    ]


def test_an_object_made_within_a_channel_contributed_to_it():
    given = facts((job("query"), data("s3://b/q/e-1.csv")), (data("s3://b/q/"), job("train")))

    assert found(given) == [("s3://b/q/e-1.csv", "s3://b/q/")]
    (link,) = (link for link in inside(given, Memory()).links if link.trust == "inside")
    assert (link.trust, link.evidence) == ("inside", "s3://b/q/e-1.csv is inside s3://b/q/")


def test_an_object_read_within_an_output_came_from_the_nearest_one():
    given = facts(
        (job("a"), data("s3://b/out/")),
        (job("b"), data("s3://b/out/train")),
        (data("s3://b/out/train/x.csv"), job("c")),
    )

    assert ("s3://b/out/train", "s3://b/out/train/x.csv") in found(given)
    assert ("s3://b/out/", "s3://b/out/train/x.csv") not in found(given)


def test_two_queries_and_two_channels_give_two_chains_and_not_four():
    given = facts(
        (job("q1"), data("s3://b/one/r.csv")),
        (job("q2"), data("s3://b/two/r.csv")),
        (data("s3://b/one"), job("t1")),
        (data("s3://b/two"), job("t2")),
    )

    assert found(given) == [
        ("s3://b/one/r.csv", "s3://b/one"),
        ("s3://b/two/r.csv", "s3://b/two"),
    ]


def test_a_name_that_only_begins_alike_is_another_place():
    given = facts((job("q"), data("s3://b/train-2/x")), (data("s3://b/train"), job("t")))

    assert found(given) == []


def test_a_whole_bucket_holds_everything_and_so_says_nothing():
    given = facts((job("q"), data("s3://b/x/y.csv")), (data("s3://b/"), job("t")))

    assert found(given) == []


def test_what_was_only_read_is_not_linked_to_what_was_only_read():
    given = facts((data("s3://b/x/"), job("a")), (data("s3://b/x/y.csv"), job("b")))

    assert found(given) == []


def test_code_is_no_data():
    given = facts((job("q"), data("s3://b/x/m.py")), (data("s3://b/x/", "Code"), job("t")))

    assert found(given) == []


def test_links_that_are_there_already_stay_and_are_not_turned_round():
    made, read = data("s3://b/x/y.csv"), data("s3://b/x/")
    given = facts((job("q"), made), (read, job("t")), (read, made))

    assert inside(given, Memory()) == given


def test_what_an_earlier_cell_made_is_linked_to_what_this_one_reads():
    memory = Memory()
    memory.know(facts((job("query"), data("s3://b/q/e-1.csv"))))
    given = facts((data("s3://b/q/"), job("train")))

    assert pairs(inside(given, memory)) == [("s3://b/q/e-1.csv", "s3://b/q/")]


def test_what_two_earlier_cells_did_is_not_this_ones_news():
    memory = Memory()
    memory.know(facts((job("q"), data("s3://b/q/e-1.csv")), (data("s3://b/q/"), job("t"))))
    given = facts((data("s3://b/other.csv"), job("u")))

    assert inside(given, memory) == given


def test_a_job_that_writes_into_the_prefix_it_reads_closes_no_circle():
    work = job("compact")
    given = facts((data("s3://b/d/"), work), (work, data("s3://b/d/new.csv")))

    assert found(given) == []


def test_folders_on_this_machine_hold_files_as_prefixes_hold_objects():
    given = facts(
        (job("q"), data("file:///home/me/d/x.csv")), (data("file:///home/me/d"), job("t"))
    )

    assert found(given) == [("file:///home/me/d/x.csv", "file:///home/me/d")]
