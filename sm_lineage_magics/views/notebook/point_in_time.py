"""A query over offline feature stores, held to the rows of a past moment.

SageMaker's offline store only ever appends, and marks each row with its `write_time`
(Amazon SageMaker Developer Guide, *Offline store*): the rows of a moment are those written by
then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def as_of(sql: str, tables: Iterable[str], moment: datetime | None) -> tuple[str, bool]:
    """`sql` with each of `tables` held to the rows written by `moment`, and whether that worked.

    Args:
        sql: a query in Athena's dialect.
        tables: offline tables, as `database.table`.
        moment: in UTC; None leaves the query as it is.
    """
    import sqlglot
    from sqlglot import errors, exp

    wanted = {table.rpartition(".")[2].lower() for table in tables}
    if moment is None or not wanted:
        return sql, False
    try:
        tree = sqlglot.parse_one(sql, dialect="athena")
    except errors.SqlglotError:
        return sql, False

    def held(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Table) or node.name.lower() not in wanted:
            return node
        condition = f"write_time <= TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S.%f}'"
        rows = exp.select("*").from_(exp.table_(node.this, db=node.args.get("db")))
        return rows.where(condition, dialect="athena").subquery(node.alias or node.name)

    return tree.transform(held).sql(dialect="athena", pretty=True), True
