"""The Python of a notebook that makes a model again: what each of its code cells runs.

>>> print(setup(output="s3://mine/again"))
import time
…
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from string import Template

from ...query.evidence.reproduce import QueryStep, TrainingStep

OUTPUT = "s3://YOUR-BUCKET/reproduced"
ROLE = "arn:aws:iam::ACCOUNT:role/YOUR-SAGEMAKER-ROLE"

_SETUP = Template("""\
import time

import boto3

# Nothing that exists is overwritten: everything made again is written under this prefix.
OUTPUT = $output
ROLE = $role

athena, s3, sagemaker = (boto3.client(name) for name in ("athena", "s3", "sagemaker"))
""")

# What the cells of the queries and of the training use.
FUNCTIONS = '''\
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

_QUERY = Template("""\
sql = $sql
result = run_query(sql, $database, f"{OUTPUT}/query-$number/")
recorded = $results
made_again |= dict.fromkeys(recorded, result)
made = content(result)
for uri in recorded:
    print(uri, 'the same bytes' if content(uri) == made else 'differs or is gone')
""")

_REPLACED = """\
for channel in channels:
    source = channel['DataSource']['S3DataSource']
    source['S3Uri'] = made_again.get(source['S3Uri'], source['S3Uri'])
"""

_TRAINING = Template("""\
channels = $channels
${replaced}hyper_parameters = $parameters
sagemaker.create_training_job(
    TrainingJobName=f'again-{int(time.time())}',
    AlgorithmSpecification={
        'TrainingImage': $image, 'TrainingInputMode': 'File'
    },
    RoleArn=ROLE,
    InputDataConfig=channels,
    HyperParameters=hyper_parameters,
    OutputDataConfig={'S3OutputPath': f'{OUTPUT}/model'},
    ResourceConfig={'InstanceType': 'ml.m5.xlarge', 'InstanceCount': 1, 'VolumeSizeInGB': 30},
    StoppingCondition={'MaxRuntimeInSeconds': 86400},
)
""")


def setup(*, output: str = "", role: str = "") -> str:
    """Where all is written and as whom; to be filled in where empty."""
    where = output.rstrip("/") or OUTPUT
    return _SETUP.substitute(output=repr(where), role=repr(role or ROLE))


def query(step: QueryStep, sql: str, number: int) -> str:
    """Run `sql`, and compare what it gives with what the query of `step` gave."""
    return _QUERY.substitute(
        sql=_literal(sql),
        database=repr(step.database),
        number=number,
        results=repr(dict(step.results)),
    )


def training(step: TrainingStep, *, queries: bool) -> str:
    """Start the training job; `queries` says whether any of its data was made again."""
    return _TRAINING.substitute(
        channels=json.dumps([_channel(*each) for each in step.channels.items()], indent=4),
        replaced=_REPLACED if queries else "",
        parameters=json.dumps(dict(step.parameters), indent=4),
        image=repr(step.image),
    )


def _channel(name: str, uri: str) -> Mapping[str, object]:
    source = {"S3DataType": "S3Prefix", "S3Uri": uri}
    return {"ChannelName": name, "DataSource": {"S3DataSource": source}}


def _literal(text: str) -> str:
    """A Python literal that reads well: SQL over several lines stays so."""
    if "\n" in text and '"""' not in text and "\\" not in text and not text.endswith('"'):
        return f'"""\\\n{text}"""'
    return repr(text)
