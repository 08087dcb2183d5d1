"""What runs a query: Athena's SQL in DuckDB, on the tables of the catalog, with results on S3.

>>> Engine(catalog, objects, settle).run(execution)
>>> execution.state
'SUCCEEDED'
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from botocore.exceptions import ClientError

from ..catalog import CSV, Catalog, Table, in_duckdb
from ..duck import Duck
from ..s3 import Objects, Unwritable
from . import sql
from .execution import Execution
from .reading import load
from .results import Result
from .sql import Statement, Unreadable


class Engine:
    """Carries out the statements of one sandbox.

    Args:
        catalog: the tables there are.
        objects: where their files are, and where results go.
        settle: has everything that is to be found by a query written, before it is run.
    """

    def __init__(self, catalog: Catalog, objects: Objects, settle: Callable[[], None]) -> None:
        self._catalog = catalog
        self._objects = objects
        self._settle = settle

    def run(self, execution: Execution) -> None:
        """Run a query to its end; one that fails says so of itself."""
        import duckdb

        began = time.monotonic()
        try:
            self._carry_out(execution)
        except (Unreadable, Unwritable, duckdb.Error, ClientError) as error:
            execution.state, execution.reason = "FAILED", str(error)
        execution.seconds = time.monotonic() - began

    def _carry_out(self, execution: Execution) -> None:
        statement = sql.read(execution.request["QueryString"], execution.database)
        execution.verb = statement.verb
        if statement.verb == "create database":
            self._catalog.make_database(statement.target[0])
        elif statement.verb == "drop table":
            self._drop(statement)
        elif statement.columns:
            self._create(statement)
        else:
            self._query(execution, statement)

    def _query(self, execution: Execution, statement: Statement) -> None:
        self._settle()
        with Duck() as duck:
            for database, name in statement.tables:
                execution.scanned += load(duck, self._table(database, name), self._objects)
            if statement.verb == "create table":
                self._create_as(execution, statement, duck)
                return
            duck.shut()
            execution.result = Result.of(duck.connection.execute(statement.query))
        self._objects.write(f"{execution.location}.csv", execution.result.csv)

    def _table(self, database: str, name: str) -> Table:
        table = self._catalog.find(database, name)
        if table is None:
            raise Unreadable(
                f"TABLE_NOT_FOUND: Table 'awsdatacatalog.{database}.{name}' does not exist. "
                "Give it to the sandbox with sandbox.table(...)."
            )
        return table

    def _create_as(self, execution: Execution, statement: Statement, duck: Duck) -> None:
        location = statement.options.get("location") or f"{execution.location}/"
        columns = duck.types_of(statement.query)
        body = duck.parquet_of(statement.query)
        self._objects.write(f"{location.rstrip('/')}/{uuid.uuid4().hex}.parquet", body)
        self._catalog.make(Table(*statement.target, location, columns))

    def _create(self, statement: Statement) -> None:
        if statement.lenient and self._catalog.find(*statement.target):
            return
        options = dict(statement.options)
        location, serde = options.pop("location", ""), options.pop("serde", CSV)
        columns = {name: in_duckdb(type_) for name, type_ in statement.columns.items()}
        self._catalog.make(Table(*statement.target, location, columns, serde, (), options))

    def _drop(self, statement: Statement) -> None:
        if statement.lenient and self._catalog.find(*statement.target) is None:
            return
        self._catalog.drop(*statement.target)
