"""Large answers become small pictures: what is grouped, what never is, and how groups open."""

import random

import networkx
import pytest

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph
from sm_lineage_magics.query import traverse
from sm_lineage_magics.views.picture import Drawing, picture_of
from sm_lineage_magics.views.picture.grouping import grouped


def entity(name, type="DataSet"):
    return Entity(name, "Artifact", type, name)


def hub(number):
    files = [entity(f"f{i:03}") for i in range(number)]
    links = [Association(each.arn, "job", "ContributedTo") for each in files]
    graph = LineageGraph.of([entity("job", "TrainingJob"), *files], links)
    return traverse(graph, ["job"], "upstream")


def test_a_small_answer_is_drawn_whole():
    assert grouped(hub(39)).groups == ()


def test_siblings_become_one_group_with_their_number():
    (group,) = grouped(hub(60)).groups

    assert (group.role, group.way, group.hops, len(group.members)) == (
        "dataset",
        "upstream",
        (1, 1),
        60,
    )
    assert grouped(hub(60)).single == ("job",)


def test_the_focus_and_what_is_kept_are_never_grouped():
    small = grouped(hub(60), keep=["f007"])

    assert set(small.single) == {"job", "f007"}
    assert len(small.groups[0].members) == 59


def test_no_more_is_grouped_than_is_needed():
    """Three files share one model and stay; the sixty of another make room enough."""
    few = [entity(name) for name in ("a", "b", "c")]
    many = [entity(f"m{i:02}") for i in range(60)]
    links = [Association(each.arn, "x", "ContributedTo") for each in few]
    links += [Association(each.arn, "y", "ContributedTo") for each in many]
    links += [Association("x", "z"), Association("y", "z")]
    entities = [entity("z", "Model"), entity("x", "TrainingJob"), entity("y", "TrainingJob")]
    graph = LineageGraph.of([*entities, *few, *many], links)

    small = grouped(traverse(graph, ["z"], "upstream"))

    assert set(small.single) == {"x", "y", "z", "a", "b", "c"}


@pytest.mark.parametrize(("cap", "sizes"), [(5, [10, 10]), (4, [20])])
def test_siblings_are_grouped_as_long_as_that_just_suffices(cap, sizes):
    """Two jobs of ten files each: with the model five things, unless there is room for four."""
    jobs = [entity("x", "TrainingJob"), entity("y", "TrainingJob")]
    files = [(entity(f"{job.arn}{i}"), job) for job in jobs for i in range(10)]
    links = [Association(file.arn, job.arn) for file, job in files]
    links += [Association(job.arn, "model") for job in jobs]
    graph = LineageGraph.of([entity("model", "Model"), *jobs, *(file for file, _ in files)], links)

    small = grouped(traverse(graph, ["model"], "upstream"), cap)

    assert [len(group.members) for group in small.groups] == sizes


def test_when_siblings_do_not_suffice_role_and_hop_decide():
    """A hundred files, each feeding a job of its own, are two groups."""
    pairs = [(entity(f"f{i}"), entity(f"j{i}", "TrainingJob")) for i in range(100)]
    links = [Association(f.arn, j.arn) for f, j in pairs]
    links += [Association(j.arn, "model") for _, j in pairs]
    graph = LineageGraph.of([entity("model", "Model"), *(e for p in pairs for e in p)], links)

    small = grouped(traverse(graph, ["model"], "upstream"), cap=20)

    assert [(g.role, g.hops, len(g.members)) for g in small.groups] == [
        ("job", (1, 1), 100),
        ("dataset", (2, 2), 100),
    ]


@pytest.mark.parametrize("way", ["upstream", "downstream", "both", None])
@pytest.mark.parametrize("cap", [4, 12, 30])
def test_groups_of_a_lineage_without_cycles_make_none(way, cap):
    """Each entity feeds some of any further level; what is as many hops away feeds each other."""
    dice = random.Random(cap)
    entities = [entity(f"e{n:03}", "Model" if n % 2 else "DataSet") for n in range(200)]
    pairs = {tuple(sorted(dice.sample(range(200), 2))) for _ in range(600)}
    links = [Association(entities[a].arn, entities[b].arn) for a, b in sorted(pairs)]
    graph = LineageGraph.of(entities, links)
    answer = traverse(graph, ["e100"], way) if way else Answer(graph)

    home = grouped(answer, cap).home
    drawn = {(home[edge.source], home[edge.destination]) for edge in answer.graph.associations}

    assert networkx.is_directed_acyclic_graph(
        networkx.DiGraph(pair for pair in drawn if len({*pair}) == 2)
    )


def test_what_is_grouped_by_depth_still_says_how_many_hops_away_it_is():
    """All twenty jobs are one hop from the model, half of them feed the other half as well."""
    jobs = [entity(f"j{n:02}", "TrainingJob") for n in range(20)]
    links = [Association(job.arn, "model") for job in jobs]
    links += [Association(a.arn, b.arn) for a, b in zip(jobs[10:], jobs[:10], strict=True)]
    graph = LineageGraph.of([entity("model", "Model"), *jobs], links)

    groups = grouped(traverse(graph, ["model"], "upstream"), cap=3).groups

    assert [(group.id, group.hops, len(group.members)) for group in groups] == [
        ("group:upstream:1:job", (1, 1), 10),
        ("group:upstream:2:job", (1, 1), 10),
    ]


def test_a_chain_too_deep_keeps_its_near_end_and_groups_the_far_one():
    names = [f"{i:05}" for i in range(10_000)]
    links = [Association(a, b) for a, b in zip(names[1:], names, strict=False)]
    graph = LineageGraph.of(map(entity, names), links)

    small = grouped(traverse(graph, [names[0]], "upstream"))

    assert len(small.single) + len(small.groups) <= 40
    assert small.single[:3] == ("00000", "00001", "00002")
    assert len(small.groups[0].members) > 9_900


def test_an_answer_without_a_focus_is_grouped_too():
    graph = LineageGraph.of(entity(f"{i:03}", "Model") for i in range(500))

    (group,) = grouped(Answer(graph)).groups

    assert (group.role, group.way, len(group.members)) == ("model", "", 500)


def test_a_group_opens_as_far_as_it_is_asked_to():
    answer = hub(60)
    id = grouped(answer).groups[0].id

    opened = grouped(answer, opened={id: 10})

    assert len(opened.single) == 11
    assert (opened.groups[0].id, opened.groups[0].shown, len(opened.groups[0].members)) == (
        id,
        10,
        50,
    )
    assert grouped(answer, opened={id: 60}).groups == ()


def test_entities_of_different_marks_do_not_share_a_group():
    marks = {f"f{i:03}": "added" for i in range(30)}

    assert sorted(len(g.members) for g in grouped(hub(90), cap=5, marks=marks).groups) == [30, 60]


def test_the_picture_names_groups_and_counts_what_their_edges_stand_for():
    picture = picture_of(hub(60))

    assert [node.lines for node in picture.nodes if node.members] == [("60 data sets",)]
    assert [edge.number for edge in picture.edges] == [60]


def test_an_opened_group_says_how_many_more_there_are():
    answer = hub(60)
    id = grouped(answer).groups[0].id

    picture = picture_of(answer, Drawing(opened={id: 20}))

    assert [node.lines for node in picture.nodes if node.members] == [("+40 data sets",)]


def test_opening_a_group_moves_nothing_that_was_there():
    answer = hub(60)
    closed = picture_of(answer)
    id = closed.groups[0].id

    opened = picture_of(answer, Drawing(opened={id: 5}, before=closed.layout.positions))

    assert opened.layout.positions["job"] == closed.layout.positions["job"]
    assert len(opened.nodes) == 7


def test_a_group_of_several_distances_tells_the_least_and_the_greatest():
    """Twenty jobs feed the model, ten more feed ten of those."""
    jobs = [entity(f"j{n:02}", "TrainingJob") for n in range(30)]
    near = [Association(job.arn, "model") for job in jobs[10:]]
    chain = [Association(a.arn, b.arn) for a, b in zip(jobs, jobs[10:], strict=False)]
    answer = traverse(
        LineageGraph.of([entity("model", "Model"), *jobs], near + chain), ["model"], "upstream"
    )
    picture = picture_of(answer, Drawing(cap=2))

    (group,) = (node for node in picture.nodes if node.members)
    assert (group.lines, group.note) == (("30 jobs",), "1–2 hops upstream")
