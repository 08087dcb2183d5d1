"""What a person holds of an open sandbox.

>>> with emulator.sandbox() as box:
...     box.table("shop.orders", orders)
...     boto3.client("sagemaker").create_training_job(RoleArn=box.role, …)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..service import Service
from .catalog import Catalog, Table
from .duck import Duck, literal
from .jobs import Jobs, Work
from .s3 import Objects


@dataclass(frozen=True, repr=False)
class Sandbox:
    """An account that is not there.

    Attributes:
        region: the region all ARNs are of.
        account: its number.
        role: the ARN of a role that may do everything.
        bucket: a bucket to write to, the SDK's default one.
        service: who answers the lineage calls; its `account.store` holds what was written.
        jobs: the jobs that were started.
        objects: what is on S3.
        catalog: the tables Athena knows.
    """

    region: str
    account: str
    role: str
    bucket: str
    service: Service
    jobs: Jobs
    objects: Objects
    catalog: Catalog

    def __repr__(self) -> str:
        return f"Sandbox({self.region!r}, role={self.role!r}, bucket={self.bucket!r})"

    def table(self, name: str, data: Any) -> None:
        """Give Athena a table, in place of the one it has by that name.

        Args:
            name: `database.table`.
            data: a DataFrame, an Arrow table, a list of dicts, or the path of a CSV, JSON or
                Parquet file.
        """
        database, _, table = name.rpartition(".")
        location = f"s3://{self.bucket}/tables/{database or 'default'}/{table}"
        with Duck() as duck:
            query = _query(duck, data)
            columns, body = duck.types_of(query), duck.parquet_of(query)
        self.objects.write(f"{location}/data.parquet", body)
        self.catalog.put(Table(database or "default", table, location, columns))

    def works(self, pattern: str, work: Work) -> None:
        """Have processing or training jobs whose name matches really do something.

        Args:
            pattern: of job names, as in `clean-*`.
            work: takes the files of each input, by the input's name, and gives those of each
                output (of a training job: of the output `model`).
        """
        self.jobs.works(pattern, work)

    def finish(self, job: str, status: str = "Completed") -> None:
        """End a running job; needed only in a sandbox whose jobs do not end at once."""
        self.jobs.finish(job, status)


def _query(duck: Duck, data: Any) -> str:
    if isinstance(data, str | Path):
        return f"SELECT * FROM {literal(str(data))}"
    if isinstance(data, list):
        import json

        file = duck.folder / "given.json"
        file.write_text("\n".join(json.dumps(row) for row in data), encoding="utf-8")
        return f"SELECT * FROM read_json({literal(str(file))}, format='newline_delimited')"
    duck.connection.register("given", data)
    return "SELECT * FROM given"
