"""A small account as ml-lineage-helper's example leaves it, and clients that count their calls.

One raw file → one processing job → two feature groups → training and test data of each model →
training job → model; with code, as ml-lineage-helper and SageMaker record training jobs.
"""

import json
from collections import Counter

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.model import Association, Entity, Home

HOME = Home("us-east-1", "123456789012")
RAW = "s3://bucket/raw/claims.csv"
GROUPS = ("customers", "claims")


class World:
    """An account's store, and what the rest of SageMaker answers about it."""

    def __init__(self, models=1):
        self.store = Store.open(":memory:")
        self.entities = {}
        self.links = []
        self.models = [f"fraud-{number}" for number in range(models)]
        self._shared()
        for name in self.models:
            self._model(name)
        with self.store.writing():
            self.store.put(self.entities.values())
            self.store.link(self.links)

    def artifact(self, key, type, name, uri, **properties):
        self.entities[key] = Entity(
            HOME.artifact(uri), "Artifact", type, name, uri, properties=properties
        )

    def link(self, source, destination, type="ContributedTo"):
        ends = (self.entities[source].arn, self.entities[destination].arn)
        self.links.append(Association(*ends, type))

    def arn(self, key):
        return self.entities[key].arn

    def _shared(self):
        self.artifact("raw", "DataSet", "ProcessingInputData", RAW)
        self.artifact("pcode", "Code", "ProcessingCode", "s3://bucket/code/processing.py")
        job = HOME.arn("processing-job", "clean")
        self.artifact("clean", "ProcessingJob", "ProcessingJob", job)
        self.link("raw", "clean")
        self.link("pcode", "clean")
        for group in GROUPS:
            uri = HOME.arn("feature-group", group)
            self.artifact(group, "FeatureGroup", f"fg-{group}", uri)
            self.link("clean", group)

    def _model(self, name):
        job = f"train-{name}"
        source = HOME.arn("training-job", job)
        self.entities[job] = Entity(
            HOME.trial_component(f"{job}-aws-training-job"),
            "TrialComponent",
            "TrainingJob",
            f"{job}-aws-training-job",
            source,
            status="Completed",
        )
        for data in ("train", "test"):
            key = f"{name}/{data}"
            title = {"train": "TrainingData", "test": "TestingData"}[data]
            self.artifact(key, "DataSet", title, f"s3://bucket/{key}.csv")
            for group in GROUPS:
                self.link(group, key)
            self.link(key, job)
        self.artifact(f"{name}/code", "Code", "TrainingCode", f"s3://bucket/{name}/source.tar.gz")
        self.link(f"{name}/code", job)
        uri = f"s3://bucket/{name}/model.tar.gz"
        self.artifact(name, "Model", "Model", uri, SageMakerModelName=name)
        self.link(job, name, "Produced")

    def resources(self, operation, request):
        """What SageMaker's other operations answer of this world; None for what it has not."""
        if operation == "DescribeFeatureGroup" and request["FeatureGroupName"] in GROUPS:
            name = request["FeatureGroupName"]
            return {
                "FeatureGroupArn": HOME.arn("feature-group", name),
                "FeatureGroupName": name,
                "FeatureDefinitions": [{"FeatureName": "age", "FeatureType": "Integral"}],
                "OfflineStoreConfig": {
                    "S3StorageConfig": {"S3Uri": f"s3://bucket/offline/{name}"},
                    "DataCatalogConfig": {
                        "TableName": name,
                        "Catalog": "AwsDataCatalog",
                        "Database": "sagemaker_featurestore",
                    },
                },
            }
        if operation == "DescribeTrainingJob":
            return self._training_job(request["TrainingJobName"])
        if operation == "DescribeProcessingJob":
            return self.processing_job()
        if operation == "DescribeModel" and request["ModelName"] in self.models:
            url = f"s3://bucket/{request['ModelName']}/model.tar.gz"
            return {"ModelName": request["ModelName"], "PrimaryContainer": {"ModelDataUrl": url}}
        return None

    def processing_job(self):
        """The job that made the feature groups, as SageMaker describes it."""
        places = {"raw": RAW, "code": self.entities["pcode"].source_uri}
        return {
            "ProcessingJobName": "clean",
            "ProcessingJobArn": self.entities["clean"].source_uri,
            "ProcessingJobStatus": "Completed",
            "ProcessingInputs": [
                {"InputName": name, "S3Input": {"S3Uri": uri}} for name, uri in places.items()
            ],
            "AppSpecification": {"ImageUri": "image"},
        }

    def _training_job(self, job):
        name = job.removeprefix("train-")
        channels = {data: self.entities[f"{name}/{data}"].source_uri for data in ("train", "test")}
        code = self.entities[f"{name}/code"].source_uri
        return {
            "TrainingJobName": job,
            "TrainingJobArn": self.entities[job].source_uri,
            "TrainingJobStatus": "Completed",
            "AlgorithmSpecification": {"TrainingInputMode": "File"},
            "HyperParameters": {"sagemaker_submit_directory": f'"{code}"'},
            "InputDataConfig": [
                {"ChannelName": data, "DataSource": {"S3DataSource": {"S3Uri": uri}}}
                for data, uri in channels.items()
            ],
            "ModelArtifacts": {"S3ModelArtifacts": self.entities[name].source_uri},
            "OutputDataConfig": {"S3OutputPath": f"s3://bucket/{name}"},
        }

    def answer(self, model, params, **_):
        """A `before-call` handler for botocore."""
        answer = self.resources(model.name, json.loads(params["body"] or "{}"))
        if answer is None:
            return None
        return _Http(), {**answer, "ResponseMetadata": {"HTTPStatusCode": 200}}

    def client(self, **options):
        """A client of this account, and the counter of its calls by operation."""
        sm = emulator.client(self.store, **options)
        return sm, counted(sm, self.answer)


class _Http:
    status_code = 200
    headers = {}


def counted(client, answer=None):
    """Count every call of a client; what `answer` answers never reaches the emulator."""
    calls = Counter()

    def seen(model, **handed):
        calls[model.name] += 1
        return answer(model, **handed) if answer else None

    client.meta.events.register_first("before-call.sagemaker", seen)
    return calls
