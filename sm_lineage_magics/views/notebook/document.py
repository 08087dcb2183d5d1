"""A recipe as a Jupyter notebook that makes a training set, and the model, again.

>>> pathlib.Path("again.ipynb").write_text(notebook(recipe))
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...query.evidence.reproduce import QueryStep, Recipe, TrainingStep
from ..escape import markdown
from .point_in_time import as_of

_SETUP = """\
import time

import boto3

# Nothing that exists is overwritten: everything made again is written under this prefix.
OUTPUT = {output!r}
ROLE = {role!r}

athena, s3, sagemaker = (boto3.client(name) for name in ("athena", "s3", "sagemaker"))
"""

OUTPUT = "s3://YOUR-BUCKET/reproduced"
ROLE = "arn:aws:iam::ACCOUNT:role/YOUR-SAGEMAKER-ROLE"

_RUN = '''\
# What was read then → what takes its place now.
made_again = {}


def run_query(sql, database, output):
    """Run one query and return the S3 URI of its result."""
    context = {"Database": database} if database else {}
    started = athena.start_query_execution(
        QueryString=sql,
        QueryExecutionContext=context,
        ResultConfiguration={"OutputLocation": output},
    )
    while True:
        execution = athena.get_query_execution(QueryExecutionId=started["QueryExecutionId"])
        state = execution["QueryExecution"]["Status"]["State"]
        if state == "SUCCEEDED":
            return execution["QueryExecution"]["ResultConfiguration"]["OutputLocation"]
        if state in ("FAILED", "CANCELLED"):
            raise RuntimeError(execution["QueryExecution"]["Status"])
        time.sleep(1)


def content(uri):
    """The bytes of one object; None when it is there no more."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except s3.exceptions.NoSuchKey:
        return None
'''


def notebook(recipe: Recipe, *, output: str = "", role: str = "") -> str:
    """The notebook, as the text of an .ipynb file (format 4.5), without outputs.

    Args:
        recipe: what it takes.
        output: S3 prefix for all that is made; to be filled in when empty.
        role: ARN of the training job's role; to be filled in when empty.
    """
    setup = _SETUP.format(output=output.rstrip("/") or OUTPUT, role=role or ROLE)
    cells = list(_cells(recipe, setup))
    for number, cell in enumerate(cells):
        cell["id"] = f"step-{number}"
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _cells(recipe: Recipe, setup: str) -> Iterator[dict[str, Any]]:
    yield _prose(f"# {markdown(recipe.title)}, made again", *_cannot(recipe))
    yield _code(setup)
    if recipe.code:
        yield _prose("## Code", "", *_commits(recipe))
    if recipe.queries:
        yield _prose("## Training data", "", "Each query as it ran, over the rows of that moment.")
        yield _code(_RUN)
    for number, query in enumerate(recipe.queries, 1):
        yield from _query(query, number)
    for step in recipe.training:
        yield from _training(step, queries=bool(recipe.queries))


def _cannot(recipe: Recipe) -> Iterator[str]:
    yield ""
    if not recipe.missing:
        yield "Everything it takes is recorded. Set `OUTPUT` and `ROLE` below and run all cells."
        return
    yield "**What cannot be made again as it was:**"
    yield ""
    yield from (f"- {markdown(line)}" for line in recipe.missing)


def _commits(recipe: Recipe) -> Iterator[str]:
    for code in recipe.code:
        where = f"at commit {code.commit} of {code.repository}" if code.commit else "at no commit"
        yield f"- {markdown(code.path)} {markdown(where)}"


def _query(query: QueryStep, number: int) -> Iterator[dict[str, Any]]:
    if not query.sql:
        return
    sql, restricted = as_of(query.sql, query.tables, query.ran)
    note = "" if restricted else " Its tables are not known to keep every row: read as they are."
    yield _prose(f"### {markdown(query.name)}", "", f"Ran {_moment(query)}.{note}")
    folder = f'f"{{OUTPUT}}/query-{number}/"'
    lines = [
        f"sql = {_literal(sql)}",
        f"result = run_query(sql, {query.database!r}, {folder})",
        f"recorded = {dict(query.results)!r}",
        "made_again |= dict.fromkeys(recorded, result)",
        "made = content(result)",
        "for uri in recorded:",
        "    print(uri, 'the same bytes' if content(uri) == made else 'differs or is gone')",
    ]
    yield _code("\n".join(lines))


_REPLACED = (
    "for channel in channels:",
    "    source = channel['DataSource']['S3DataSource']",
    "    source['S3Uri'] = made_again.get(source['S3Uri'], source['S3Uri'])",
)


def _training(step: TrainingStep, *, queries: bool) -> Iterator[dict[str, Any]]:
    yield _prose(f"## Training: {markdown(step.name)}")
    channels = [
        {
            "ChannelName": name,
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
        }
        for name, uri in step.channels.items()
    ]
    lines = [
        f"channels = {json.dumps(channels, indent=4)}",
        *(_REPLACED if queries else ()),
        f"hyper_parameters = {json.dumps(dict(step.parameters), indent=4)}",
        "sagemaker.create_training_job(",
        "    TrainingJobName=f'again-{int(time.time())}',",
        "    AlgorithmSpecification={",
        f"        'TrainingImage': {step.image!r}, 'TrainingInputMode': 'File'",
        "    },",
        "    RoleArn=ROLE,",
        "    InputDataConfig=channels,",
        "    HyperParameters=hyper_parameters,",
        "    OutputDataConfig={'S3OutputPath': f'{OUTPUT}/model'},",
        "    ResourceConfig={'InstanceType': 'ml.m5.xlarge', 'InstanceCount': 1, "
        "'VolumeSizeInGB': 30},",
        "    StoppingCondition={'MaxRuntimeInSeconds': 86400},",
        ")",
    ]
    yield _code("\n".join(lines))


def _literal(text: str) -> str:
    """A Python literal that reads well: SQL over several lines stays so."""
    if "\n" in text and '"""' not in text and "\\" not in text and not text.endswith('"'):
        return f'"""\\\n{text}"""'
    return repr(text)


def _moment(query: QueryStep) -> str:
    return f"{query.ran:%Y-%m-%d %H:%M:%S} UTC" if query.ran else "at a time not recorded"


def _prose(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": "\n".join(lines)}


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source.rstrip(),
    }
