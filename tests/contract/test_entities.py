"""Entities found, named and told apart, on every backend."""

from dataclasses import replace

import pytest

from sm_lineage_magics.model import Association, EntityFilter, LineageGraph, Plan, Reference


def names(entities):
    return [entity.name for entity in entities]


def test_what_is_written_comes_back_whole(backend, written, lineage):
    entity = lineage.action(
        "clean",
        source_uri="s3://bucket/clean",
        properties={"rows": "10", "note": "as given"},
        status="Completed",
    )
    stored = written(alone=["clean"], make=lambda name: entity)["clean"]

    for field in ("kind", "type", "name", "source_uri", "properties", "status"):
        assert getattr(stored, field) == getattr(entity, field)
    assert stored.created is not None and stored.created.utcoffset().total_seconds() == 0


def test_get_answers_in_the_order_asked_and_leaves_out_what_is_not_there(backend, written):
    two = written(alone="ab")
    missing = backend.home.artifact("s3://bucket/nothing.csv")
    asked = [two.arns["b"], missing, two.arns["a"], two.arns["b"]]

    assert list(backend.get(asked)) == [two.arns["b"], two.arns["a"]]


def test_find_by_source_is_exact(backend, written):
    written(alone=["a", "ab"])

    assert names(backend.find(source_uri="s3://bucket/a.csv")) == ["a"]
    assert names(backend.find(source_uri="s3://bucket/a")) == []


# Names are letters, digits and hyphens in the service; sources are any text.
SOURCES = {
    "Churn-train": "s3://bucket/churn/train.csv",
    "percent": "s3://bucket/100%.csv",
    "underscore": "s3://bucket/a_b",
    "apostrophe": "s3://bucket/it's",
    "quote": 's3://bucket/say "hi"',
    "fox": "s3://bucket/🦊",
    "summer": "s3://bucket/été",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CHURN", ["Churn-train"]),
        ("n-Tr", ["Churn-train"]),
        ("%", ["percent"]),
        ("_", ["underscore"]),
        ("'", ["apostrophe"]),
        ('"', ["quote"]),
        ("🦊", ["fox"]),
        ("ÉTÉ", ["summer"]),
        ("100%.CSV", ["percent"]),
        ("\\", []),
        ("*", []),
        ("nothing", []),
        ("", sorted(SOURCES)),
    ],
)
def test_text_is_found_as_it_is_typed_whatever_the_case(backend, written, lineage, text, found):
    def make(name):
        uri = SOURCES[name]
        return lineage.dataset(name, arn=lineage.home.artifact(uri), source_uri=uri)

    written(alone=SOURCES, make=make)

    assert sorted(names(backend.find(text=text))) == found


def test_find_takes_conditions_together(backend, written, lineage):
    def make(name):
        return lineage.action(name) if name == "b" else lineage.dataset(name)

    written(alone="abc", make=make)

    assert names(backend.find(only=EntityFilter(kinds=("Action",)))) == ["b"]
    assert names(backend.find(text="c", only=EntityFilter(types=("Processing",)))) == []
    assert sorted(names(backend.find(only=EntityFilter(roles=("dataset",))))) == ["a", "c"]


def test_find_gives_no_more_than_the_limit(backend, written):
    written(alone="abc")

    assert len(list(backend.find(limit=2))) == 2
    assert list(backend.find(limit=0)) == []


def test_an_empty_backend_finds_nothing(backend):
    assert list(backend.find()) == []
    assert list(backend.find(text="a")) == []
    assert list(backend.names()) == []


def test_a_reference_means_all_entities_that_answer_to_it(backend, written, lineage):
    def make(name):
        uri = f"s3://{name}/train.csv"
        return lineage.dataset(name, arn=lineage.home.artifact(uri), source_uri=uri)

    both = written(alone=["first", "second"], make=make)

    def resolved(text):
        return sorted(names(backend.resolve(Reference.parse(text))))

    assert resolved("first") == ["first"]
    assert resolved("train.csv") == ["first", "second"]
    assert resolved("dataset:train.csv") == ["first", "second"]
    assert resolved("model:train.csv") == []
    assert resolved("s3://second/train.csv") == ["second"]
    assert resolved(both.arns["first"]) == ["first"]
    assert resolved("third") == []


def test_names_known_are_references_that_begin_as_typed(backend, written):
    written(alone=["a", "b"])

    assert sorted(backend.names()) == ["s3://bucket/a.csv", "s3://bucket/b.csv"]
    assert list(backend.names("s3://bucket/b")) == ["s3://bucket/b.csv"]
    assert list(backend.names("model:")) == []
    arns = list(backend.names("arn:"))
    assert sorted(backend.get(arns)) == sorted(arns)
    assert len(arns) == 2


def test_the_same_source_is_the_same_artifact(backend, written, lineage):
    stored = written(alone="a")
    again = lineage.dataset("another name", arn="key", source_uri="s3://bucket/a.csv")
    other = lineage.dataset("b")

    assert backend.existing([again, other]) == {"key": stored["a"]}


def test_other_source_types_are_another_artifact(backend, written, lineage):
    written(alone="a")
    typed = lineage.dataset("a", arn="key", details={"source_types": [["MD5Hash", "0" * 32]]})

    assert backend.existing([typed]) == {}


def test_the_same_name_is_the_same_action(backend, written, lineage):
    stored = written(alone=["clean"], make=lineage.action)

    assert backend.existing([lineage.action("clean", arn="key")]) == {"key": stored["clean"]}
    assert backend.existing([lineage.dataset("clean")]) == {}


@pytest.mark.parametrize(
    "name",
    ["<b>&amp;", "two\nlines", "🦊🦊", "'; DROP TABLE entity; --", "tab\there", "x" * 100],
)
def test_any_text_is_a_property_and_comes_back(backend, written, lineage, name):
    stored = written(
        alone="a", make=lambda letter: lineage.dataset(letter, properties={"note": name})
    )

    assert stored["a"].properties == {"note": name}


def test_a_source_of_2048_characters_is_kept_and_found(backend, lineage):
    uri = "s3://bucket/" + "x" * 2036
    entity = lineage.dataset("long", source_uri=uri, arn=lineage.home.artifact(uri))
    backend.apply(Plan.of(LineageGraph.of([entity])))

    assert [found.source_uri for found in backend.find(source_uri=uri)] == [uri]


def test_a_link_to_nothing_is_left_out_and_says_so(backend, lineage):
    a = lineage.dataset("a")
    nothing = backend.home.artifact("s3://bucket/nothing.csv")
    graph = LineageGraph.of([a], [Association(a.arn, nothing, "ContributedTo")])
    receipt = backend.apply(Plan.of(graph))

    assert receipt.linked == ()
    assert [(gap.kind, gap.where) for gap in receipt.gaps] == [("missing", nothing)]


def test_everything_is_all_entities_with_their_details_and_all_associations(backend, lineage):
    graph = lineage.graph("ab", "bc", alone="d")
    detailed = replace(graph.entities[lineage.dataset("a").arn], properties={"ETag": "1"})
    written = backend.apply(Plan.of(LineageGraph.of([detailed]) | graph))

    whole = backend.everything()

    assert {entity.name for entity in whole} == {"a", "b", "c", "d"}
    assert whole.graph.entities[written.arns[detailed.arn]].properties == {"ETag": "1"}
    assert len(whole.graph.associations) == 2
    assert whole.complete


def test_everything_of_nothing_is_nothing(backend):
    assert len(backend.everything().graph) == 0
    assert backend.everything().complete
