"""Queries over small feature groups, every column traced by hand."""

import pytest

from sm_lineage_magics.model import ColumnSource, Gap
from sm_lineage_magics.tracking.sql import TableSchema, read_query

CUSTOMERS = TableSchema("shop.customers_1", ("customer_id", "age", "City"), "customers")
ORDERS = TableSchema("shop.orders_2", ("order_id", "customer_id", "amount", "items"), "orders")
VIEWS = {
    "shop.adults": "SELECT age, city FROM customers_1 WHERE age > 17",
    "shop.older": "SELECT age FROM adults",
    "shop.loop": "SELECT * FROM loop",
}


def read(text, **options):
    return read_query(text, [CUSTOMERS, ORDERS], database="shop", views=VIEWS, **options)


def c(column, how="direct"):
    return ColumnSource("customers", column, how)


def o(column, how="direct"):
    return ColumnSource("orders", column, how)


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        ("SELECT age FROM customers_1", {"age": (c("age"),)}, ()),
        ('SELECT "AGE" FROM "Shop"."Customers_1"', {"age": (c("age"),)}, ()),
        ("SELECT city FROM AwsDataCatalog.shop.customers_1", {"city": (c("City"),)}, ()),
        ("(SELECT age FROM customers_1)", {"age": (c("age"),)}, ()),
        ("SELECT c.age + 1 AS older FROM customers_1 c", {"older": (c("age"),)}, ()),
        ("SELECT count(*) FROM customers_1", {"_col0": ()}, ()),
        (
            "SELECT age FROM customers_1 WHERE city = ? ORDER BY customer_id LIMIT 5",
            {"age": (c("age"),)},
            (c("City", "filter"), c("customer_id", "order")),
        ),
        (
            "SELECT city, max(age) m FROM customers_1 GROUP BY 1 HAVING min(age) > 3",
            {"city": (c("City"),), "m": (c("age"),)},
            (c("age", "filter"), c("City", "group")),
        ),
        (
            "SELECT c.age, o.amount FROM customers_1 c LEFT JOIN orders_2 o"
            " ON c.customer_id = o.customer_id",
            {"age": (c("age"),), "amount": (o("amount"),)},
            (c("customer_id", "join"), o("customer_id", "join")),
        ),
        (
            "SELECT customer_id, amount FROM customers_1 JOIN orders_2 USING (customer_id)",
            {"customer_id": (c("customer_id"), o("customer_id")), "amount": (o("amount"),)},
            (c("customer_id", "join"), o("customer_id", "join")),
        ),
        (
            "SELECT CASE WHEN age > 3 THEN city END AS x FROM customers_1",
            {"x": (c("age", "condition"), c("City"))},
            (),
        ),
        (
            "WITH latest AS (SELECT amount, row_number() OVER"
            " (PARTITION BY customer_id ORDER BY order_id DESC) AS rn FROM orders_2)"
            " SELECT amount FROM latest WHERE rn = 1",
            {"amount": (o("amount"),)},
            (o("customer_id", "filter"), o("order_id", "filter")),
        ),
        (
            "SELECT age FROM (SELECT * FROM customers_1 WHERE city = 'x') t",
            {"age": (c("age"),)},
            (c("City", "filter"),),
        ),
        (
            "SELECT customer_id FROM customers_1 UNION ALL SELECT order_id FROM orders_2",
            {"customer_id": (c("customer_id"), o("order_id"))},
            (),
        ),
        (
            "SELECT (SELECT max(amount) FROM orders_2 o WHERE o.customer_id = c.customer_id) m"
            " FROM customers_1 c",
            {"m": (o("amount"), o("customer_id", "condition"), c("customer_id", "condition"))},
            (),
        ),
        (
            "SELECT age FROM customers_1 c WHERE EXISTS"
            " (SELECT 1 FROM orders_2 o WHERE o.customer_id = c.customer_id)",
            {"age": (c("age"),)},
            (o("customer_id", "filter"), c("customer_id", "filter")),
        ),
        (
            "SELECT order_id, item FROM orders_2 CROSS JOIN UNNEST(items) AS t(item)",
            {"order_id": (o("order_id"),), "item": (o("items"),)},
            (),
        ),
        (
            "WITH RECURSIVE r AS (SELECT age n FROM customers_1 UNION ALL"
            " SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
            {"n": (c("age"),)},
            (c("age", "filter"),),
        ),
        (
            "SELECT * FROM adults",
            {"age": (c("age"),), "city": (c("City"),)},
            (c("age", "filter"),),
        ),
        (
            "WITH customers_1 AS (SELECT * FROM customers_1 WHERE city = 'x')"
            " SELECT age FROM customers_1",
            {"age": (c("age"),)},
            (c("City", "filter"),),
        ),
        (
            "WITH adults AS (SELECT * FROM adults) SELECT age FROM adults",
            {"age": (c("age"),)},
            (c("age", "filter"),),
        ),
        ("SELECT age FROM older", {"age": (c("age"),)}, (c("age", "filter"),)),
        ("SELECT 1 AS one", {"one": ()}, ()),
        (
            "SELECT age AS years FROM customers_1 ORDER BY years",
            {"years": (c("age"),)},
            (c("age", "order"),),
        ),
        (
            "SELECT age AS city, city AS age FROM customers_1 c ORDER BY age + 1, c.age",
            {"city": (c("age"),), "age": (c("City"),)},
            (c("City", "order"), c("age", "order")),
        ),
        (
            "SELECT age + 1, (SELECT max(amount) FROM orders_2) FROM customers_1 ORDER BY 2, 1",
            {"_col0": (c("age"),), "_col1": (o("amount"),)},
            (o("amount", "order"), c("age", "order")),
        ),
        (
            "SELECT c.age AS x FROM customers_1 c, orders_2 o ORDER BY x",
            {"x": (c("age"),)},
            (c("age", "order"),),
        ),
        (
            "SELECT age FROM customers_1 EXCEPT SELECT amount FROM orders_2 WHERE items > 1",
            {"age": (c("age"),)},
            (o("items", "filter"), o("amount", "filter")),
        ),
        (
            "SELECT age FROM customers_1 UNION SELECT amount FROM orders_2 ORDER BY age",
            {"age": (c("age"), o("amount"))},
            (c("age", "order"), o("amount", "order")),
        ),
        (
            "SELECT rank() OVER w AS a, rank() OVER (v ORDER BY age) AS b FROM customers_1"
            " WINDOW w AS (PARTITION BY city), v AS (w)",
            {"a": (c("City", "condition"),), "b": (c("City", "condition"), c("age", "condition"))},
            (),
        ),
        (
            "SELECT max_by(age, city), nullif(age, customer_id) FROM customers_1",
            {
                "_col0": (c("age"), c("City", "condition")),
                "_col1": (c("age"), c("customer_id", "condition")),
            },
            (),
        ),
    ],
)
def test_each_column_is_traced_and_what_decides_about_the_rows_is_kept_apart(query, columns, rows):
    facts = read(query)

    assert (dict(facts.columns), facts.rows, facts.gaps) == (columns, rows, ())


def test_the_workshops_join_has_every_column_traced():
    """`SELECT *` of customers, orders and products; a name that repeats is numbered."""
    customers = TableSchema(
        "sagemaker_featurestore.customers_1",
        ("customer_id", "sex", "is_married", "event_time", "write_time"),
        "customers",
    )
    products = TableSchema(
        "sagemaker_featurestore.products_3",
        ("product_id", "category", "event_time", "write_time"),
        "products",
    )
    orders = TableSchema(
        "sagemaker_featurestore.orders_2",
        ("order_id", "customer_id", "product_id", "purchased_on", "event_time", "write_time"),
        "orders",
    )
    query = """
        SELECT * FROM "sagemaker_featurestore"."customers_1" AS customers,
            "sagemaker_featurestore"."orders_2" AS orders,
            "sagemaker_featurestore"."products_3" AS products
        WHERE customers.customer_id = orders.customer_id
            AND products.product_id = orders.product_id
    """

    facts = read_query(query, [customers, orders, products])

    assert facts.feature_groups == ("customers", "orders", "products")
    assert facts.gaps == ()
    assert {name: sources for name, (*sources,) in facts.columns.items()} == {
        **{name: [ColumnSource("customers", name)] for name in customers.columns},
        "order_id": [ColumnSource("orders", "order_id")],
        "customer_id.1": [ColumnSource("orders", "customer_id")],
        "product_id": [ColumnSource("orders", "product_id")],
        "purchased_on": [ColumnSource("orders", "purchased_on")],
        "event_time.1": [ColumnSource("orders", "event_time")],
        "write_time.1": [ColumnSource("orders", "write_time")],
        "product_id.1": [ColumnSource("products", "product_id")],
        "category": [ColumnSource("products", "category")],
        "event_time.2": [ColumnSource("products", "event_time")],
        "write_time.2": [ColumnSource("products", "write_time")],
    }
    assert facts.rows == (
        ColumnSource("customers", "customer_id", "filter"),
        ColumnSource("orders", "customer_id", "filter"),
        ColumnSource("products", "product_id", "filter"),
        ColumnSource("orders", "product_id", "filter"),
    )


@pytest.mark.parametrize(
    ("query", "verb", "location", "writes"),
    [
        (
            "UNLOAD (SELECT age FROM customers_1 WHERE city <> ') TO') TO 's3://b/out/'"
            " WITH (format = 'PARQUET')",
            "unload",
            "s3://b/out/",
            "",
        ),
        (
            "-- made by hand\nCREATE TABLE ml.train WITH (external_location = 's3://b/t/',"
            " format = 'PARQUET') AS SELECT age FROM customers_1",
            "create-table",
            "s3://b/t/",
            "ml.train",
        ),
        (
            "CREATE OR REPLACE VIEW v AS SELECT age FROM customers_1",
            "create-view",
            "",
            "shop.v",
        ),
        ("INSERT INTO ml.train SELECT age FROM customers_1", "insert", "", "ml.train"),
        ("PREPARE p FROM SELECT age FROM customers_1 WHERE age > ?", "prepare", "", ""),
        ("EXPLAIN ANALYZE SELECT age FROM customers_1", "select", "", ""),
    ],
)
def test_what_surrounds_a_query_says_where_its_rows_go(query, verb, location, writes):
    facts = read(query)

    assert (facts.verb, facts.location, facts.writes) == (verb, location, writes)
    assert dict(facts.columns) == {"age": (c("age"),)}
    assert (facts.feature_groups, facts.text) == (("customers",), query)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("EXECUTE ages", 0),
        ("EXECUTE ages USING 3", 1),
        ("execute AGES using 'a, b', concat('c', 'd'), 3;", 3),
        ("EXECUTE IMMEDIATE 'SELECT age FROM customers_1 WHERE city = ''x''' USING 3", 1),
    ],
)
def test_execute_is_the_statement_that_was_prepared(query, parameters):
    facts = read(query, prepared={"ages": "SELECT age FROM customers_1"})

    assert (facts.parameters, dict(facts.columns)) == (parameters, {"age": (c("age"),)})


def test_an_unknown_prepared_statement_is_named():
    gap = Gap("unresolved", "ages", "the text of this prepared statement is not known")

    assert read("EXECUTE ages USING 3").gaps == (gap,)


@pytest.mark.parametrize(
    "query", ["SHOW TABLES", "MSCK REPAIR TABLE customers_1", "EXPLAIN SELECT age FROM customers_1"]
)
def test_statements_that_read_no_rows_say_nothing(query):
    facts = read(query)

    assert (facts.verb, facts.tables, facts.gaps) == ("other", (), ())


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("age", "age"),
        ("((c.age))", "age"),
        ("c.age.years", "years"),
        ("CAST(age AS varchar)", "_col1"),
        ("age['k']", "_col1"),
        ("age[1]", "_col1"),
        ("'age'", "_col1"),
        ("7", "_col1"),
        ("(SELECT 1 AS one)", "_col1"),
        ("-age", "_col1"),
    ],
)
def test_a_column_nobody_named_is_called_what_athena_calls_it(expression, name):
    assert list(read(f"SELECT city, {expression} FROM customers_1 c").columns) == ["city", name]


def test_columns_of_a_sub_query_and_of_values_are_counted_where_they_come_out():
    assert list(read("SELECT * FROM (SELECT age, age + 1 FROM customers_1)").columns) == [
        "age",
        "_col1",
    ]
    assert list(read("SELECT * FROM (VALUES (1, 2))").columns) == ["_col0", "_col1"]


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("shop.customers_1 (city, age)", ["city", "age"]),
        ("other.t", ["customer_id", "amount"]),
        ("shop.two", ["x", "y"]),
    ],
)
def test_what_is_inserted_is_called_as_where_it_goes(target, names):
    schemas = [CUSTOMERS, ORDERS, TableSchema("shop.two", ("x", "y"))]
    query = f"INSERT INTO {target} SELECT customer_id, amount FROM orders_2"
    facts = read_query(query, schemas, database="shop")

    assert list(facts.columns) == names
    assert list(facts.columns.values()) == [(o("customer_id"),), (o("amount"),)]


def test_a_table_of_unknown_columns_leaves_its_part_of_a_star_open():
    facts = read("SELECT * FROM customers_1, other.t")

    assert list(facts.columns) == ["customer_id", "age", "city"]
    assert facts.tables == ("shop.customers_1", "other.t")
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("unresolved", "other.t")]


def test_a_column_that_could_be_of_two_tables_is_named_and_not_guessed():
    facts = read("SELECT z, age FROM customers_1, other.t, other.u")

    assert dict(facts.columns) == {"z": (), "age": (c("age"),)}
    assert [gap.where for gap in facts.gaps] == ["z"]


def test_a_column_of_one_unknown_table_is_that_tables():
    facts = read("SELECT z FROM (SELECT * FROM other.t)")

    assert dict(facts.columns) == {"z": (ColumnSource("other.t", "z"),)}


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("WITH t AS (SELECT * FROM t) SELECT * FROM t", ("shop.t",)),
        ("WITH a AS (SELECT * FROM t), t AS (SELECT * FROM a) SELECT * FROM t", ("shop.t",)),
        ("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a, b", ("shop.b",)),
        ("WITH t AS (SELECT 1) SELECT * FROM (WITH t AS (SELECT * FROM t) TABLE t)", ()),
        ("WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT * FROM t) SELECT * FROM t", ()),
        ("WITH t AS (SELECT 1) SELECT * FROM t, other.t", ("other.t",)),
    ],
)
@pytest.mark.parametrize("broken", ["", " ORDER BY ((("])
def test_a_name_means_what_the_query_defines_once_it_is_defined(query, tables, broken):
    """As it stands, and where the text is only searched because it does not parse."""
    assert read(query + broken).tables == tables


@pytest.mark.parametrize(
    ("table", "catalog", "group"),
    [
        ("awsdatacatalog.shop.customers_1", "", "customers"),
        ('"AwsDataCatalog"."SHOP".customers_1', "lake", "customers"),
        ("customers_1", "AwsDataCatalog", "customers"),
        ("lake.shop.customers_1", "", ""),
        ('"s3tablescatalog/b".shop.customers_1', "", ""),
        ("customers_1", "lake", ""),
        ("shop.customers_1", "lake", ""),
    ],
)
def test_a_table_of_another_data_catalog_is_no_feature_group(table, catalog, group):
    facts = read(f"SELECT age FROM {table}", catalog=catalog)

    assert facts.feature_groups == ((group,) if group else ())
    assert [source.feature_group for source in facts.columns["age"]] == [group or facts.tables[0]]


def test_a_view_reads_tables_of_its_own_database():
    views = {"shop.ages": "WITH x AS (SELECT age FROM customers_1) SELECT age FROM x"}
    other = TableSchema("else.customers_1", ("age",), "others")

    facts = read_query(
        "SELECT age FROM shop.ages", [CUSTOMERS, other], database="else", views=views
    )

    assert facts.feature_groups == ("customers",)


def test_nothing_of_a_query_is_logged(caplog):
    read("USING EXTERNAL FUNCTION f(x INT) RETURNS INT LAMBDA 'l' SELECT f(age) FROM customers_1")

    assert caplog.records == []


def test_rows_changed_by_merge_come_from_other_tables():
    facts = read(
        "MERGE INTO ml.t USING customers_1 s ON t.id = s.customer_id"
        " WHEN MATCHED THEN UPDATE SET a = s.age"
    )

    assert (facts.verb, facts.writes, facts.feature_groups) == ("change", "ml.t", ("customers",))
    assert [gap.kind for gap in facts.gaps] == ["unresolved"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT FROM WHERE customers_1 FROM customers_1 c JOIN orders_2 ON",
        "SELECT * EXCEPT (age) FROM customers_1 JOIN orders_2 QUALIFY ((( ",
        "SELECT `age` FROM `shop`.`customers_1`, orders_2 LIMIT 5 BY x y z",
        "SELECT * FROM customers_1, orders_2, unknown ORDER BY 9",
        "SELECT * FROM customers_1, orders_2 MATCH_RECOGNIZE"
        " (ORDER BY age MEASURES last(age) AS l PATTERN (x+) DEFINE x AS amount > 1)",
    ],
)
def test_what_does_not_parse_still_names_its_tables(query):
    facts = read(query)

    assert facts.feature_groups == ("customers", "orders")
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("unresolved", "query")]


def test_tables_in_strings_and_comments_are_not_read():
    facts = read("SELECT ')' FROM customers_1 -- FROM orders_2\n /* JOIN orders_2 */ WHERE ((")

    assert facts.tables == ("shop.customers_1",)


@pytest.mark.parametrize(
    "query",
    [
        *("", "   ", ";", "\0", "😀", "((((", "'", '"', "EXECUTE", "UNLOAD (", "WITH", "SELECT"),
        "DELETE customers_1 WHERE age = 1",
        "SELECT y FROM unnest(x) AS x(y)",
        "SELECT * FROM unknown ORDER BY 1",
    ],
)
def test_nonsense_is_never_an_exception(query):
    assert read(query).columns == {}


def test_a_view_within_itself_stays_a_table():
    assert [gap.where for gap in read("SELECT * FROM loop").gaps] == ["shop.loop"]


def test_only_the_first_of_several_statements_is_traced():
    facts = read("SELECT age FROM customers_1; SELECT 1")

    assert dict(facts.columns) == {"age": (c("age"),)}
    assert "first of 2" in facts.gaps[0].why


@pytest.mark.parametrize(
    "query",
    [
        "SELECT " + ", ".join(f"age AS a{n}" for n in range(80_000)) + " FROM customers_1",
        "SELECT " + "age + " * 20_000 + "1 FROM customers_1",
        "SELECT " + "(" * 3_000 + "age" + ")" * 3_000 + " FROM customers_1",
    ],
)
def test_a_text_beyond_reason_is_searched_for_tables_only(query):
    facts = read(query)

    assert (facts.feature_groups, facts.columns) == (("customers",), {})
    assert len(facts.gaps) == 1


def test_a_thousand_columns_are_all_traced():
    wide = TableSchema("d.wide", tuple(f"c{n}" for n in range(1_000)), "wide")

    facts = read_query("SELECT * FROM d.wide a JOIN d.wide b ON a.c1 = b.c1", [wide])

    assert (len(facts.columns), facts.gaps) == (2_000, ())


def test_columns_are_written_with_what_holds_for_every_row():
    facts = read("SELECT age FROM customers_1 WHERE city = 'x'")

    assert facts.written_columns == (
        '{"age":[["customers","age","direct"]],"*":[["customers","City","indirect","filter"]]}'
    )
