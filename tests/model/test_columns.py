"""Columns are written once and read back by everybody."""

import pytest

from sm_lineage_magics.model import ColumnSource, Entity, columns_of, write_columns
from sm_lineage_magics.model.packing import packed


def query(**properties: str) -> Entity:
    return Entity("arn:aws:sagemaker:local:000000000000:action/q", "Action", properties=properties)


AGE = ColumnSource("customers", "age")
KEY = ColumnSource("customers", "customer_id", "join")


def test_columns_are_plain_lists():
    assert write_columns({"age": [AGE], "*": [KEY]}) == (
        '{"age":[["customers","age","direct"]],"*":[["customers","customer_id","indirect","join"]]}'
    )


def test_what_decides_about_all_rows_stands_under_every_column():
    read = columns_of(query(Columns=write_columns({"age": [AGE], "one": [], "*": [KEY]})))

    assert read == {"age": (AGE, KEY), "one": (KEY,)}


def test_an_indirect_source_without_more_is_a_condition():
    read = columns_of(query(Columns='{"age":[["customers","age","indirect"]]}'))

    assert read == {"age": (ColumnSource("customers", "age", "condition"),)}


def test_packed_columns_read_as_any_other():
    columns = {f"c{n}": [ColumnSource("customers", f"c{n}")] for n in range(1_000)}
    fitted = packed({"Columns": write_columns(columns)})

    assert fitted.cut == ()
    assert columns_of(query(**fitted.properties)) == {n: tuple(s) for n, s in columns.items()}


@pytest.mark.parametrize("text", ["", "no json", "[]", "3", '{"a":3}', '{"a":[["b"]]}', "null"])
def test_what_is_not_columns_reads_as_none(text):
    assert columns_of(query(Columns=text)) == {}
