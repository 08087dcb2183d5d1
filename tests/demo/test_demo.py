"""The demos: the same everywhere, whole, and shaped like a real account's lineage."""

import json
import subprocess
import sys
from hashlib import md5

import pytest

from sm_lineage_magics.demo import DEMOS
from sm_lineage_magics.model import ColumnSource, Reference, columns_of, role_of
from sm_lineage_magics.query import ascendants, descendants

ETAGS = {
    "fraud/claims": "886e9a47582f1efc5a64221a1d63a6d8",
    "fraud/customers": "aa87f67ab40b98bef30d62c146a54267",
    "grocery/customers": "bcc09167bbe52efd5d048a0a6aa66ad2",
    "grocery/orders": "9b857b325cee2020fc1a06b8213fa76c",
    "grocery/products": "7f90af5038f04b1ac9442d4402cabdd6",
}


@pytest.fixture(params=sorted(DEMOS))
def demo(request):
    return DEMOS[request.param]()


def named(demo, reference):
    (found,) = (e for e in demo.graph.entities.values() if Reference.parse(reference).matches(e))
    return found


def names(answer, *roles):
    return {entity.label for entity in answer if role_of(entity) in roles}


def test_tables_have_the_columns_and_sizes_of_the_workshops():
    grocery, fraud = DEMOS["grocery"](), DEMOS["fraud"]()

    assert {name: df.shape for name, df in grocery.tables.items()} == {
        "customers": (500, 9),
        "orders": (2_000, 7),
        "products": (100, 4),
    }
    assert {name: df.shape for name, df in fraud.tables.items()} == {
        "claims": (1_000, 18),
        "customers": (1_000, 13),
    }
    assert list(grocery.tables["orders"].columns) == [
        "order_id",
        "customer_id",
        "product_id",
        "purchase_amount",
        "is_reordered",
        "purchased_on",
        "event_time",
    ]


def test_values_never_change():
    """Notebooks are saved with what these values lead to."""
    etags = {
        f"{name}/{table}": raw.etag
        for name, make in DEMOS.items()
        for table, raw in make().raw.items()
    }

    assert etags == ETAGS


def test_orders_name_customers_and_products_that_exist():
    tables = DEMOS["grocery"]().tables

    assert set(tables["orders"].customer_id) <= set(tables["customers"].customer_id)
    assert set(tables["orders"].product_id) <= set(tables["products"].product_id)


def test_saved_files_are_what_the_lineage_says_they_are(demo, tmp_path):
    by_name = {path.name: md5(path.read_bytes()).hexdigest() for path in demo.save(tmp_path)}

    raw = [e for e in demo.graph.entities.values() if "/raw/" in e.source_uri]
    assert {e.label: e.properties["ETag"] for e in raw} == by_name


def test_every_association_joins_entities_of_the_graph(demo):
    ends = {arn for edge in demo.graph.associations for arn in edge.pair}

    assert ends == set(demo.graph.entities)


def test_nothing_is_made_before_what_it_was_made_from(demo):
    """A feature group is the exception: it is there first, and filled by later jobs."""
    entities = demo.graph.entities
    backwards = [
        (entities[edge.source].label, entities[edge.destination].label)
        for edge in demo.graph.associations
        if role_of(entities[edge.destination]) not in ("feature-group", "package-group", "package")
        and entities[edge.source].created > entities[edge.destination].created
    ]

    assert backwards == []


def test_properties_fit_the_service_or_are_of_the_kind_that_is_compressed(demo):
    lengths = {
        name: len(value)
        for entity in demo.graph.entities.values()
        for name, value in entity.properties.items()
        if name not in ("Query", "Columns")
    }

    assert max(lengths.values()) <= 2_500


def test_every_entity_says_who_made_it_and_when(demo):
    assert [e.label for e in demo.graph.entities.values() if not (e.created and e.created_by)] == []


def test_what_queries_say_they_read_exists_in_the_feature_groups(demo):
    groups = {e.name: e for e in demo.graph.entities.values() if e.type == "FeatureGroup"}
    queries = [e for e in demo.graph.entities.values() if e.type == "FeatureStoreQuery"]
    read = {
        (source.feature_group, source.column)
        for query in queries
        for sources in columns_of(query).values()
        for source in sources
    }

    assert queries
    assert {
        (group, feature)
        for group, feature in read
        if feature not in json.loads(groups[group].properties["Features"])
    } == set()


def test_the_four_questions_have_answers_in_the_grocer_s_lineage():
    demo = DEMOS["grocery"]()
    raw, group, model, endpoint = (named(demo, reference) for reference in demo.questions)

    assert names(descendants(demo.graph, [raw.arn]), "feature-group") == {"grocery-customers"}
    assert names(ascendants(demo.graph, [group.arn]), "dataset") == {"customers.csv"}
    assert names(descendants(demo.graph, [group.arn]), "model") == {
        "reorder-v1",
        "reorder-v2",
        "churn",
    }
    assert names(ascendants(demo.graph, [model.arn]), "feature-group") == {
        "grocery-customers",
        "grocery-orders",
        "grocery-products",
    }
    assert names(ascendants(demo.graph, [endpoint.arn]), "model") == {"reorder-v2"}


def test_the_second_reorder_model_knows_of_one_more_feature():
    demo = DEMOS["grocery"]()
    first, second = (
        columns_of(named(demo, f"query:reorder-v{version}-features")) for version in (1, 2)
    )

    assert set(second) - set(first) == {"has_kids"}
    assert set(first) - set(second) == set()


def test_the_mitigated_fraud_model_is_the_one_in_service_and_knows_no_gender():
    demo = DEMOS["fraud"]()
    endpoint = named(demo, "endpoint:fraud")
    columns = columns_of(named(demo, "query:fraud-mitigated-features"))

    assert names(ascendants(demo.graph, [endpoint.arn]), "model") == {"fraud-mitigated"}
    assert columns["age"] == (
        ColumnSource("customers", "age"),
        ColumnSource("claims", "policy_id", "join"),
        ColumnSource("customers", "policy_id", "join"),
        ColumnSource("claims", "event_time", "filter"),
    )
    assert [name for name in columns if "gender" in name] == []


def test_both_demos_fit_in_one_store():
    """What both have is the same in both, except when it was first seen."""
    grocery, fraud = DEMOS["grocery"]().graph, DEMOS["fraud"]().graph

    assert {role_of(grocery.entities[arn]) for arn in grocery.entities if arn in fraud} == {"image"}


def test_the_lineage_needs_no_pandas():
    """Asking a demo's lineage is quick in a fresh kernel."""
    script = (
        "import sys; from sm_lineage_magics import demo; demo.grocery().graph; demo.fraud().graph;"
        "sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
