"""Questions typed in a real shell."""

from datetime import datetime, timezone

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics.model import Answer

RAW = "s3://bucket/raw/customers.csv"


def labels(answer):
    return [entity.label for entity in answer]


def test_upstream_is_everything_an_entity_was_built_from(ask):
    assert labels(ask("upstream model:churn")) == [
        "fit",
        "train.csv",
        "join",
        "fg-customers",
        "clean",
        "customers.csv",
    ]


def test_downstream_is_everything_built_from_an_entity(ask):
    assert labels(ask("downstream fg:customers")) == ["join", "train.csv", "fit", "churn", "live"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"feature-groups {RAW}", ["fg-customers"]),
        ("sources fg:customers", ["customers.csv"]),
        ("models fg:customers", ["churn"]),
        ("feature-groups model:churn", ["fg-customers"]),
        ("endpoints fg:customers", ["live"]),
        ("jobs fg:customers", ["clean", "fit"]),
        ("queries endpoint:live", ["join"]),
        ("datasets fg:customers", ["customers.csv", "train.csv"]),
        ("code fg:customers", []),
    ],
)
def test_a_noun_names_the_entities_of_that_sort(ask, line, expected):
    assert sorted(labels(ask(line))) == sorted(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("upstream model:churn --depth 1", ["fit"]),
        ("upstream model:churn --depth 0", []),
        ("upstream model:churn --type DataSet", ["train.csv", "customers.csv"]),
        ("upstream model:churn --kind action", ["join"]),
        ("downstream fg:customers --property SageMakerModelName=churn", ["churn"]),
        ("upstream model:churn --after 2999-01-01", []),
    ],
)
def test_options_narrow_an_answer(ask, line, expected):
    assert labels(ask(line)) == expected


def test_a_depth_that_was_not_enough_is_said(ask):
    assert [gap.kind for gap in ask("upstream model:churn --depth 1").gaps] == ["beyond-depth"]


def test_the_picture_of_a_filtered_answer_holds_the_way_to_it(ask):
    answer = ask("upstream model:churn --kind action")

    way = [entity.label for entity in answer.graph.entities.values()]
    assert way == ["churn", "fit", "train.csv", "join"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("+model:churn", {"live"}),
        ("join+1", {"fit", "churn", "live"}),
        ("1+model:churn", {"live"}),
    ],
)
def test_a_selector_begins_with_what_lies_round_an_entity(ask, name, expected):
    assert set(labels(ask(f"downstream {name}"))) == expected


def test_a_sign_that_is_part_of_the_name_is_taken_so(ip, ask):
    from sm_lineage_magics.model import Entity, Home, LineageGraph

    odd = Entity(Home().artifact("s3://b/c++"), "Artifact", "Code", "c++", "s3://b/c++")
    from sm_lineage_magics.magics import loaded

    loaded(ip).session.lineage.load(LineageGraph.of([odd]))

    assert labels(ask("show c++")) == ["c++"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("upstream model:chrun", "Did you mean model:churn?"),
        ("upstream custmers", "Did you mean fg:customers"),
        ("upstream model:", "names nothing"),
        ('upstream ""', "names nothing"),
        ("upstream zzzzzz", "%lineage find"),
        ("upstrem x", "Did you mean upstream?"),
        ("upstream model:churn --depth -1", "no whole number"),
        ("link fg:customers fg:customers", "cannot be linked to itself"),
        ("path a", "DESTINATION"),
        ("upstream arn:aws:sagemaker:local:000000000000:artifact/none", "No lineage entity"),
        ("upstream '\"<b>x</b>\"'", "<b>x</b>"),
        ("import nowhere.json", "cannot be read"),
        ("export model:churn churn.zip", "Expected one of: .svg"),
        ("use nowhere", "Expected one of: local, sagemaker"),
        ('use ""', "'' names nothing. Expected: %lineage use local|sagemaker|PROFILE|FILE"),
        ('use local --store " "', "' ' names nothing"),
        ('use sagemaker --profile ""', "'' names nothing"),
        ("config view=round", "expected one of graph"),
        ("config veiw=graph", "Did you mean view?"),
        ("config depth=deep", "expected a whole number"),
        ("demo bakery", "invalid choice"),
    ],
)
def test_a_mistake_is_one_line_and_stops_the_notebook(ask, line, message):
    with pytest.raises(UsageError) as raised:
        ask(line)
    assert type(raised.value) is UsageError
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_was_listed_can_be_listed_again(ask):
    assert str(ask("ls model --limit 7").question) == "ls models --limit 7"


def test_an_empty_store_says_how_to_fill_it(shell):
    from sm_lineage_magics.magics import load

    load(shell)
    with pytest.raises(UsageError, match="There is none yet in embedded store"):
        shell.run_line_magic("lineage", "upstream churn")


def test_an_empty_list_of_all_says_how_to_fill_it(shell, capsys):
    from sm_lineage_magics.magics import load

    load(shell)
    for line in ("ls", "ls models"):
        shell.run_line_magic("lineage", line)
    assert capsys.readouterr().out.count("%%lineage track on top of a cell") == 1


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("upstream model:churn --type dataset", "DataSet, FeatureGroup, FeatureStoreQuery"),
        ("sources model:churn --type Raw", "DataSet"),
        ("find .csv --type Modl", "DataSet"),
        ("ls queries --type dataset", "FeatureStoreQuery"),
    ],
)
def test_a_type_that_nothing_has_is_told_with_those_there_are(ask, capsys, line, types):
    assert not ask(line)
    assert f"Types there: {types}" in capsys.readouterr().out


def test_a_file_that_was_never_recorded_is_told_so(ask, tmp_path):
    (tmp_path / "fresh.csv").touch()

    with pytest.raises(UsageError, match=r"The file is there, but nothing.*%%lineage track"):
        ask("upstream fresh.csv")


def test_several_entities_of_one_name_are_listed_and_none_is_picked(ip, ask):
    from sm_lineage_magics.magics import loaded
    from sm_lineage_magics.model import Entity, Home, LineageGraph

    twins = [
        Entity(Home().artifact(uri), "Artifact", "DataSet", "twin", uri)
        for uri in ("s3://a/twin", "s3://b/twin")
    ]
    loaded(ip).session.lineage.load(LineageGraph.of(twins))

    with pytest.raises(UsageError, match=r"names 2 entities: s3://./twin, s3://./twin"):
        ask("upstream twin")


def test_what_a_message_says_to_type_instead_is_understood(ip, ask):
    """The service gives an endpoint, and what deployed it, one name and one source."""
    from sm_lineage_magics.magics import loaded
    from sm_lineage_magics.model import Entity, Home, LineageGraph

    source = Home().arn("endpoint", "scores")
    twins = [
        Entity(Home().context("scores"), "Context", "Endpoint", "scores", source),
        Entity(Home().action("scores"), "Action", "ModelDeployment", "scores", source),
    ]
    loaded(ip).session.lineage.load(LineageGraph.of(twins))

    with pytest.raises(UsageError, match="names 2 entities: ") as raised:
        ask("upstream scores")
    offered = str(raised.value).partition("entities: ")[2].partition(". Type")[0].split(", ")
    assert {ask(f"show {each}")[0].arn for each in offered} == {each.arn for each in twins}


def test_what_was_known_at_a_date_is_answered(ask):
    answer = ask(f"upstream model:churn --as-of {datetime.now(timezone.utc):%Y-%m-%d}")

    assert (len(answer), answer.complete) == (6, True)


def test_before_an_entity_was_recorded_nothing_is_known_of_it(ip, ask):
    from sm_lineage_magics.magics import loaded
    from sm_lineage_magics.model import Entity, Home, LineageGraph

    young = Entity(
        Home().action("young"),
        "Action",
        "FeatureStoreQuery",
        "young",
        created=datetime(2026, 6, 1, tzinfo=timezone.utc),
    )
    loaded(ip).session.lineage.load(LineageGraph.of([young]))

    answer = ask("upstream query:young --as-of 2026-01-31")

    assert [gap.kind for gap in answer.gaps] == ["not-recorded"]


def test_the_question_can_be_typed_again(ask):
    answer = ask("upstream model:churn --depth 2 --type DataSet --type Model --as table")

    assert ask(str(answer.question)) == answer


def test_show_tells_of_the_entity_and_draws_its_neighbours(ask):
    answer = ask("show fg:customers")

    assert labels(answer) == ["fg-customers"]
    assert {e.label for e in answer.graph.entities.values()} == {"clean", "fg-customers", "join"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("find customers", {"fg-customers", "customers.csv"}),
        ("find bucket --type Model", {"churn"}),
        ("ls models", {"churn"}),
        ("ls fg", {"fg-customers"}),
        ("find nothing-of-the-kind", set()),
    ],
)
def test_entities_are_found_and_listed(ask, line, expected):
    assert set(labels(ask(line))) == expected


def test_a_list_that_was_cut_says_so(ask):
    answer = ask("ls --limit 2")

    assert (len(answer), [gap.kind for gap in answer.gaps]) == (2, ["truncated"])
    assert ask("ls --limit 0").complete


def test_a_result_is_kept_by_assignment_and_by_store_to(ip, ask):
    ip.run_cell("kept = %lineage upstream model:churn")
    ask("models fg:customers --store-to found --quiet")

    assert isinstance(ip.user_ns["kept"], Answer)
    assert labels(ip.user_ns["found"]) == ["churn"]


@pytest.fixture
def schemas(ip):
    """A feature group whose features are known."""
    from sm_lineage_magics.magics import loaded
    from sm_lineage_magics.model import Entity, Home, LineageGraph

    arn = Home().arn("feature-group", "orders")
    known = {"Features": '{"order_id":"String","amount":"Fractional"}'}
    group = Entity(
        Home().artifact(arn), "Artifact", "FeatureGroup", "orders", arn, properties=known
    )
    loaded(ip).session.lineage.load(LineageGraph.of([group]))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("show fg:orders.amuont", "Did you mean amount?"),
        ("models fg:orders.order", "Did you mean order_id?"),
        ("impact fg:orders.zzz", "See %lineage show fg:orders."),
    ],
)
def test_a_feature_that_is_not_there_is_refused_with_those_that_are(schemas, ask, line, expected):
    with pytest.raises(UsageError) as raised:
        ask(line)

    assert "fg:orders has no feature" in str(raised.value)
    assert expected in str(raised.value)


@pytest.mark.parametrize("column", ["amount", "is_deleted", "year"])
def test_a_feature_and_what_the_offline_store_adds_can_be_named(schemas, ask, column):
    assert labels(ask(f"show fg:orders.{column}")) == ["orders"]


def test_any_feature_can_be_named_where_none_is_recorded_and_that_is_said(ask):
    answer = ask("show fg:customers.age")

    assert labels(answer) == ["fg-customers"]
    assert [gap.where for gap in answer.gaps] == ["fg:customers.age"]
