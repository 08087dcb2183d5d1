"""QueryLineage: directions, depth, filters on results, edges, pages."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_ascendants_go_up_and_descendants_down(lineage: Any) -> None:
    lineage.draw("raw clean model", "image model")
    assert set(lineage.ask("model", "Ascendants")[0]) == {"clean", "image", "raw"}
    assert lineage.ask("raw", "Descendants")[0] == ["clean", "model"]
    assert lineage.ask("raw", "Ascendants")[0] == []


def test_both_turns_round_at_every_entity(lineage: Any) -> None:
    """Two models of one image are siblings; from either, both show the other."""
    lineage.draw("image one", "image two", "data two")
    assert set(lineage.ask("one", "Both")[0]) == {"image", "two", "data"}


def test_without_edges_the_start_is_not_among_the_vertices(lineage: Any) -> None:
    lineage.draw("data model")
    assert lineage.ask("model", "Ascendants", IncludeEdges=False) == (["data"], set())


def test_with_edges_the_start_and_every_edge_are_there(lineage: Any) -> None:
    lineage.draw("a b d", "a c d")
    vertices, edges = lineage.ask("d", "Ascendants", IncludeEdges=True)
    assert vertices[0] == "d"
    assert sorted(vertices) == ["a", "b", "c", "d"]
    assert edges == {"a>b", "a>c", "b>d", "c>d"}


def test_depth_counts_associations_from_the_start(lineage: Any) -> None:
    lineage.draw("a b c d")
    assert lineage.ask("d", "Ascendants", MaxDepth=2)[0] == ["c", "b"]
    assert lineage.ask("d", "Ascendants", MaxDepth=2, IncludeEdges=True) == (
        ["d", "c", "b"],
        {"c>d", "b>c"},
    )


def test_depth_ends_at_ten_unless_asked(lineage: Any) -> None:
    chain = [f"n{number}" for number in range(13)]
    lineage.draw(" ".join(chain))
    assert lineage.ask("n0", "Descendants")[0] == chain[1:11]


def test_filters_hold_back_results_and_not_the_walk(lineage: Any) -> None:
    lineage.artifact("raw", type="DataSet")
    lineage.artifact("model", type="Model")
    lineage.context("endpoint")
    lineage.draw("raw model endpoint")
    only_data = {"Types": ["DataSet"]}
    assert lineage.ask("endpoint", "Ascendants", Filters=only_data)[0] == ["raw"]


def test_filter_keys_all_hold_and_values_any(lineage: Any) -> None:
    lineage.artifact("raw", type="DataSet")
    lineage.artifact("model", type="Model")
    lineage.context("endpoint", type="Model")
    lineage.draw("raw model endpoint")
    both = {"LineageTypes": ["Artifact"], "Types": ["Model", "DataSet"]}
    assert lineage.ask("raw", "Descendants", Filters=both)[0] == ["model"]


def test_any_of_the_properties_will_do(lineage: Any) -> None:
    lineage.artifact("a", Properties={"team": "risk"})
    lineage.artifact("b", Properties={"tier": "gold"})
    lineage.artifact("c", Properties={"team": "other"})
    lineage.draw("a b c d")
    wanted = {"Properties": {"team": "risk", "tier": "gold"}}
    assert lineage.ask("d", "Ascendants", Filters=wanted)[0] == ["b", "a"]


def test_with_edges_and_a_filter_only_what_lies_on_the_way_is_shown(lineage: Any) -> None:
    """`side` leads to nothing that matches; `job` does, by two ways."""
    for name, type in (("raw", "DataSet"), ("job", "Job"), ("view", "View"), ("side", "Side")):
        lineage.artifact(name, type=type)
    lineage.draw("raw job model", "raw view model", "side model")
    vertices, edges = lineage.ask(
        "model", "Ascendants", IncludeEdges=True, Filters={"Types": ["DataSet"]}
    )
    assert (vertices[0], sorted(vertices)) == ("model", ["job", "model", "raw", "view"])
    assert edges == {"raw>job", "job>model", "raw>view", "view>model"}


def test_with_edges_and_a_filter_a_longer_way_counts_too(lineage: Any) -> None:
    """raw → model directly, and raw → a → b → model: the long way is found after the short one."""
    lineage.artifact("raw", type="Raw")
    lineage.draw("raw model", "raw a b model")
    vertices, edges = lineage.ask(
        "model", "Ascendants", IncludeEdges=True, Filters={"Types": ["Raw"]}
    )
    assert sorted(vertices) == ["a", "b", "model", "raw"]
    assert edges == {"raw>model", "raw>a", "a>b", "b>model"}


def test_a_filter_nothing_matches_gives_nothing(lineage: Any) -> None:
    lineage.draw("a b")
    nothing = {"Types": ["Nothing"]}
    assert lineage.ask("b", "Ascendants", IncludeEdges=True, Filters=nothing) == ([], set())


def test_cycles_end(lineage: Any) -> None:
    lineage.draw("a b c a")
    assert lineage.ask("a", "Descendants")[0] == ["b", "c"]
    vertices, edges = lineage.ask("a", "Descendants", IncludeEdges=True)
    assert (vertices, edges) == (["a", "b", "c"], {"a>b", "b>c", "c>a"})
    assert sorted(lineage.ask("a", "Both")[0]) == ["b", "c"]


def test_a_cycle_off_the_way_is_not_a_way(lineage: Any) -> None:
    """From start, x → start closes a ring that leads to nothing that matches."""
    lineage.artifact("end", type="End")
    lineage.draw("start end", "start x start")
    vertices, edges = lineage.ask(
        "start", "Descendants", IncludeEdges=True, Filters={"Types": ["End"]}
    )
    assert (vertices, edges) == (["start", "end"], {"start>end"})


def test_pages_give_every_vertex_and_edge_once(lineage: Any) -> None:
    leaves = [f"leaf{number}" for number in range(30)]
    lineage.draw(*(f"hub {leaf} end" for leaf in leaves))
    for size in (1, 7, 50):
        vertices, edges = lineage.ask("hub", "Descendants", IncludeEdges=True, MaxResults=size)
        assert sorted(vertices) == sorted(["hub", "end", *leaves])
        assert edges == {f"hub>{leaf}" for leaf in leaves} | {f"{leaf}>end" for leaf in leaves}


def test_a_page_never_has_an_edge_before_its_ends(lineage: Any, sm: Any) -> None:
    lineage.draw("a b d", "a c d", "d e", "a e")
    seen: set[str] = set()
    token: dict[str, str] = {}
    while True:
        page = sm.query_lineage(
            StartArns=[lineage.arns["a"]],
            Direction="Descendants",
            IncludeEdges=True,
            MaxResults=1,
            **token,
        )
        seen.update(vertex["Arn"] for vertex in page["Vertices"])
        for edge in page["Edges"]:
            assert {edge["SourceArn"], edge["DestinationArn"]} <= seen
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert len(seen) == 5


def test_fields_without_a_value_are_left_out(lineage: Any, sm: Any) -> None:
    data = lineage.artifact("data")
    job = sm.create_trial_component(TrialComponentName="train")["TrialComponentArn"]
    sm.add_association(SourceArn=data, DestinationArn=job)
    page = sm.query_lineage(StartArns=[data], Direction="Descendants", IncludeEdges=True)
    assert page["Vertices"][1] == {"Arn": job, "LineageType": "TrialComponent"}
    assert page["Edges"] == [{"SourceArn": data, "DestinationArn": job}]


def test_the_start_must_be_given_and_exist(sm: Any, refusal: Any) -> None:
    assert refusal(sm.query_lineage, Direction="Both")[0] == "ValidationException"
    absent = "arn:aws:sagemaker:us-east-1:123456789012:context/no"
    assert refusal(sm.query_lineage, StartArns=[absent], Direction="Both")[0] == "ResourceNotFound"


def test_a_long_type_is_told_whole_and_cannot_be_filtered_by(lineage: Any) -> None:
    """Types have 256 characters, filters 40, as those of the Feature Processor's pipelines show."""
    type = f"FeatureEngineeringPipelineVersion-{'p' * 40}"
    lineage.context("version", type=type)
    lineage.artifact("raw")
    lineage.draw("raw version")
    request = {"StartArns": [lineage.arns["raw"]], "Direction": "Descendants"}

    (vertex,) = lineage.sm.query_lineage(**request)["Vertices"]
    assert vertex["Type"] == type
    with pytest.raises(ClientError, match="length less than or equal to 40"):
        lineage.sm.query_lineage(**request, Filters={"Types": [type]})
