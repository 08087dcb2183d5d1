"""An answer in Graphviz's language."""

import pytest

from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph, Question

RAW = Entity("arn:raw", "Artifact", "DataSet", "raw.csv")
JOB = Entity("arn:job", "TrialComponent", "TrainingJob", 'the "job"')


def drawn(type="ContributedTo", gaps=(), more=()):
    graph = LineageGraph.of([RAW, JOB], [Association(RAW.arn, JOB.arn, type), *more])
    answer = Answer(graph, (JOB.arn,), Question("upstream", ("job",)), gaps)
    return answer.to_dot().splitlines()


def test_a_graph_is_a_digraph_from_left_to_right_with_its_question_as_caption():
    first, graph, _, _, *rest = drawn(gaps=(Gap("denied", "ListAssociations", "Not allowed."),))

    assert first == "digraph lineage {"
    assert graph.startswith("  graph [rankdir=LR, labeljust=l, ")
    assert graph.endswith(
        'label="upstream job\\l1 entity: 1 data set; incomplete\\l'
        'denied at ListAssociations: Not allowed.\\l"];'
    )
    assert [line.partition(" [")[0] for line in rest] == [
        '  "arn:raw"',
        '  "arn:job"',
        '  "arn:raw" -> "arn:job"',
        "}",
    ]


def test_what_is_asked_about_has_a_ring_and_a_name_is_only_text():
    *_, raw, job, _, _ = drawn()

    assert 'label="the \\"job\\"\\n' in job
    assert "penwidth=4" in job and "penwidth=4" not in raw


@pytest.mark.parametrize(
    ("type", "stroke"),
    [
        ("ContributedTo", 'style=solid, penwidth=1.4, tooltip="contributed to"'),
        ("Produced", 'style=solid, penwidth=2.4, tooltip="produced"'),
        ("DerivedFrom", 'style=dashed, penwidth=1.4, tooltip="derived from"'),
        ("AssociatedWith", 'style=dashed, penwidth=1.4, tooltip="associated with", dir=none'),
        ("SameAs", 'style=dashed, penwidth=3, tooltip="same as", dir=none'),
        (None, 'style=solid, penwidth=1.2, tooltip="linked"'),
    ],
)
def test_an_edge_looks_as_its_type_does_everywhere(type, stroke):
    assert f'  "arn:raw" -> "arn:job" [{stroke}];' in drawn(type)


def test_what_an_association_names_but_is_not_there_is_dashed():
    more = [Association("arn:gone", RAW.arn, "Produced")]
    lines = drawn(more=more)

    (stub,) = (line for line in lines if line.startswith('  "arn:gone" ['))
    assert 'label="missing: arn:gone", shape=box, style=dashed' in stub
    assert '  "arn:gone" -> "arn:raw" [style=solid, penwidth=2.4, tooltip="produced"];' in lines
