"""Resources made in moto's account are described as what was really done, edge for edge."""

import base64
import json

import pytest

from sm_lineage_magics.model import ColumnSource, Home, columns_of
from sm_lineage_magics.tracking.describe import Clients, describe
from sm_lineage_magics.tracking.facts import Facts, Resource

from .conftest import IMAGE, RESOURCES, ROLE, edges

REGION = "arn:aws:sagemaker:eu-west-1:123456789012"


def channel(name, uri):
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}}
    return {"ChannelName": name, "DataSource": source}


def train(sagemaker, name="churn-1", channels=(), **more):
    sagemaker.create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        RoleArn=ROLE,
        **({"InputDataConfig": list(channels)} if channels else {}),
        OutputDataConfig={"S3OutputPath": "s3://shop/out/"},
        ResourceConfig=RESOURCES,
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        **more,
    )


def group(sagemaker, name, *features):
    """A feature group; returns the name moto gives its table, in `sagemaker_featurestore`."""
    sagemaker.create_feature_group(
        FeatureGroupName=name,
        RecordIdentifierFeatureName=features[0],
        EventTimeFeatureName="event_time",
        FeatureDefinitions=[
            {"FeatureName": f, "FeatureType": "String"} for f in (*features, "event_time")
        ],
        RoleArn=ROLE,
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://shop/fs/"}},
    )
    answer = sagemaker.describe_feature_group(FeatureGroupName=name)
    return answer["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]


def group_answer(name, table, *features, **store):
    """An answer about a feature group, for what moto cannot hold."""
    catalogue = {"Catalog": "AwsDataCatalog", "Database": "shop", "TableName": table}
    return {
        "FeatureGroupName": name,
        "FeatureGroupArn": f"{REGION}:feature-group/{name}",
        "FeatureDefinitions": [{"FeatureName": f, "FeatureType": "String"} for f in features],
        **({"OfflineStoreConfig": {"DataCatalogConfig": catalogue, **store}} if table else {}),
    }


def test_a_training_job_has_all_its_channels_its_image_its_script_and_its_model(clients):
    train(
        clients.sagemaker,
        channels=[channel(n, f"s3://shop/{n}/") for n in ("a", "b", "validation")],
        HyperParameters={
            "eta": "0.3",
            "db_password": "hunter2",
            "sagemaker_submit_directory": '"s3://shop/src.tar.gz"',
            "sagemaker_program": '"train.py"',
        },
        CheckpointConfig={"S3Uri": "s3://shop/checkpoints/"},
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    model = clients.sagemaker.describe_training_job(TrainingJobName="churn-1")["ModelArtifacts"]
    assert edges(facts) == {
        ("s3://shop/a/", "ContributedTo", "churn-1"),
        ("s3://shop/b/", "ContributedTo", "churn-1"),
        ("s3://shop/validation/", "ContributedTo", "churn-1"),
        ("s3://shop/src.tar.gz", "ContributedTo", "churn-1"),
        (IMAGE, "ContributedTo", "churn-1"),
        ("churn-1", "Produced", model["S3ModelArtifacts"]),
        ("churn-1", "Produced", "s3://shop/checkpoints/"),
    }
    job = facts.graph.entities[Home().trial_component("churn-1")]
    assert (job.kind, job.type, job.source_uri, job.status) == (
        "TrialComponent",
        "TrainingJob",
        f"{REGION}:training-job/churn-1",
        "Completed",
    )
    assert job.details["parameters"] == {"eta": "0.3"}
    code = facts.graph.entities[Home().artifact("s3://shop/src.tar.gz")]
    assert (code.type, code.properties) == ("Code", {"EntryPoint": "train.py"})
    assert "hunter2" not in repr(facts)
    assert facts.gaps == ()


def test_a_training_job_with_one_channel_or_none_is_described(clients):
    train(clients.sagemaker, "one", [channel("train", "s3://shop/train/")])
    train(clients.sagemaker, "none")

    facts = describe([Resource("training-job", n) for n in ("one", "none")], clients)

    assert ("s3://shop/train/", "ContributedTo", "one") in edges(facts)
    assert (IMAGE, "ContributedTo", "none") in edges(facts)


def test_code_and_drivers_that_the_sdk_hands_over_as_channels_are_no_data(clients):
    names = ("train", "code", "sm_drivers")
    train(clients.sagemaker, channels=[channel(n, f"s3://shop/{n}/") for n in names])

    facts = describe([Resource("training-job", "churn-1")], clients)

    types = {e.source_uri: e.type for e in facts.entities}
    assert (types["s3://shop/train/"], types["s3://shop/code/"]) == ("DataSet", "Code")
    assert "s3://shop/sm_drivers/" not in types


def training_answer(**more):
    return {
        "TrainingJobName": "churn-1",
        "TrainingJobArn": f"{REGION}:training-job/churn-1",
        "TrainingJobStatus": "Completed",
        **more,
    }


def test_file_systems_and_data_sets_of_the_hub_are_sources_too(clients, answers):
    files = {
        "FileSystemDataSource": {
            "FileSystemId": "fs-1",
            "FileSystemType": "FSxLustre",
            "DirectoryPath": "/train",
        }
    }
    hub = {"DatasetSource": {"DatasetArn": f"{REGION}:hub-content/h/DataSet/d/1"}}
    answers(
        clients.sagemaker,
        DescribeTrainingJob=training_answer(
            InputDataConfig=[
                {"ChannelName": "a", "DataSource": files},
                {"ChannelName": "b", "DataSource": hub},
                {"ChannelName": "c", "DataSource": {"NewSource": {}}},
            ]
        ),
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    assert edges(facts) == {
        ("fsxlustre://fs-1/train", "ContributedTo", "churn-1"),
        (f"{REGION}:hub-content/h/DataSet/d/1", "ContributedTo", "churn-1"),
    }
    assert [gap.kind for gap in facts.gaps] == ["unresolved"]


@pytest.mark.parametrize(
    ("status", "makes", "gaps"),
    [("Failed", False, []), ("InProgress", True, ["not-recorded"]), ("Stopped", True, [])],
)
def test_a_job_makes_what_it_has_come_to(clients, answers, status, makes, gaps):
    answers(
        clients.sagemaker,
        DescribeTrainingJob=training_answer(
            TrainingJobStatus=status,
            ModelArtifacts={"S3ModelArtifacts": "s3://shop/m.tar.gz"},
        ),
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    assert (("churn-1", "Produced", "s3://shop/m.tar.gz") in edges(facts)) is makes
    assert [gap.kind for gap in facts.gaps] == gaps


def process(sagemaker, inputs, outputs):
    sagemaker.create_processing_job(
        ProcessingJobName="clean-1",
        ProcessingInputs=inputs,
        ProcessingOutputConfig={"Outputs": outputs},
        ProcessingResources={"ClusterConfig": RESOURCES},
        AppSpecification={
            "ImageUri": IMAGE,
            "ContainerEntrypoint": ["python3", "/opt/ml/processing/input/code/clean.py"],
        },
        RoleArn=ROLE,
    )


def s3_input(name, uri):
    return {
        "InputName": name,
        "S3Input": {
            "S3Uri": uri,
            "LocalPath": "/opt/ml/processing/x",
            "S3DataType": "S3Prefix",
            "S3InputMode": "File",
        },
    }


def s3_output(name, uri):
    return {
        "OutputName": name,
        "S3Output": {
            "S3Uri": uri,
            "LocalPath": "/opt/ml/processing/y",
            "S3UploadMode": "EndOfJob",
        },
    }


def test_a_processing_job_has_inputs_and_outputs_by_name_whatever_their_order(clients):
    group(clients.sagemaker, "customers", "id")
    process(
        clients.sagemaker,
        [
            s3_input("code", "s3://shop/clean.py"),
            s3_input("raw", "s3://shop/raw.csv"),
            s3_input("more", "s3://shop/more/"),
        ],
        [
            s3_output("clean", "s3://shop/clean/"),
            {
                "OutputName": "fg",
                "FeatureStoreOutput": {"FeatureGroupName": "customers"},
                "AppManaged": True,
            },
        ],
    )

    facts = describe([Resource("processing-job", "clean-1")], clients)

    assert edges(facts) == {
        ("s3://shop/clean.py", "ContributedTo", "clean-1"),
        ("s3://shop/raw.csv", "ContributedTo", "clean-1"),
        ("s3://shop/more/", "ContributedTo", "clean-1"),
        (IMAGE, "ContributedTo", "clean-1"),
        ("clean-1", "Produced", "s3://shop/clean/"),
        ("clean-1", "Produced", "customers"),
    }
    code = facts.graph.entities[Home().artifact("s3://shop/clean.py")]
    assert (code.type, code.properties) == ("Code", {"EntryPoint": "clean.py"})


def test_queries_that_a_processing_job_runs_are_queries(clients, answers):
    table = group(clients.sagemaker, "customers", "id", "age")
    athena = {
        "Catalog": "AwsDataCatalog",
        "Database": "sagemaker_featurestore",
        "OutputFormat": "PARQUET",
        "QueryString": f"SELECT age FROM {table}",
        "OutputS3Uri": "s3://shop/q/",
    }
    redshift = {"Database": "dev", "QueryString": "SELECT 1", "OutputS3Uri": "s3://shop/r/"}
    answers(
        clients.sagemaker,
        DescribeProcessingJob={
            "ProcessingJobName": "clean-1",
            "ProcessingJobArn": f"{REGION}:processing-job/clean-1",
            "ProcessingJobStatus": "Completed",
            "ProcessingInputs": [
                {"InputName": "a", "DatasetDefinition": {"AthenaDatasetDefinition": athena}},
                {"InputName": "r", "DatasetDefinition": {"RedshiftDatasetDefinition": redshift}},
            ],
        },
    )

    facts = describe([Resource("processing-job", "clean-1")], clients)

    assert edges(facts) == {
        ("customers", "ContributedTo", "clean-1-a"),
        ("clean-1-a", "Produced", "s3://shop/q/"),
        ("s3://shop/q/", "ContributedTo", "clean-1"),
        ("clean-1-r", "Produced", "s3://shop/r/"),
        ("s3://shop/r/", "ContributedTo", "clean-1"),
    }
    made = facts.graph.entities[Home().artifact("s3://shop/q/")]
    assert columns_of(made) == {"age": (ColumnSource("customers", "age"),)}


def container(model):
    return {"Image": IMAGE, "ModelDataUrl": model}


def test_a_transform_job_reads_its_data_and_its_model(clients):
    clients.sagemaker.create_model(
        ModelName="churn", PrimaryContainer=container("s3://shop/m.tar.gz"), ExecutionRoleArn=ROLE
    )
    clients.sagemaker.create_transform_job(
        TransformJobName="score-1",
        ModelName="churn",
        TransformInput=channel("", "s3://shop/new/")
        and {"DataSource": channel("", "s3://shop/new/")["DataSource"]},
        TransformOutput={"S3OutputPath": "s3://shop/scores/"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )

    facts = describe([Resource("transform-job", "score-1")], clients)

    assert edges(facts) == {
        ("s3://shop/new/", "ContributedTo", "score-1"),
        ("s3://shop/m.tar.gz", "ContributedTo", "score-1"),
        (IMAGE, "ContributedTo", "score-1"),
        ("score-1", "Produced", "s3://shop/scores/"),
    }


def test_a_model_of_several_containers_has_the_data_of_each(clients):
    source = {
        "S3DataSource": {
            "S3Uri": "s3://shop/prefix/",
            "S3DataType": "S3Prefix",
            "CompressionType": "None",
        }
    }
    clients.sagemaker.create_model(
        ModelName="chain",
        Containers=[container("s3://shop/m.tar.gz"), {"Image": IMAGE, "ModelDataSource": source}],
        ExecutionRoleArn=ROLE,
    )

    facts = describe([Resource("model", "chain")], clients)

    models = {e.source_uri: dict(e.properties) for e in facts.entities if e.type == "Model"}
    assert models == {
        "s3://shop/m.tar.gz": {"SageMakerModelName": "chain"},
        "s3://shop/prefix/": {"SageMakerModelName": "chain"},
    }
    assert facts.links == ()


def test_model_data_under_two_names_keeps_both(clients):
    for name in ("one", "two"):
        clients.sagemaker.create_model(
            ModelName=name, PrimaryContainer=container("s3://shop/m.tar.gz"), ExecutionRoleArn=ROLE
        )

    facts = describe([Resource("model", "one"), Resource("model", "two")], clients)

    model = facts.graph.entities[Home().artifact("s3://shop/m.tar.gz")]
    assert model.properties == {"SageMakerModelName": "one,two"}


def test_an_endpoint_of_two_variants_is_fed_by_the_models_of_both(clients):
    for name in ("blue", "green"):
        clients.sagemaker.create_model(
            ModelName=name,
            PrimaryContainer=container(f"s3://shop/{name}.tar.gz"),
            ExecutionRoleArn=ROLE,
        )
    clients.sagemaker.create_endpoint_config(
        EndpointConfigName="both",
        ProductionVariants=[
            {
                "VariantName": n,
                "ModelName": n,
                "InitialInstanceCount": 1,
                "InstanceType": "ml.m5.large",
            }
            for n in ("blue", "green")
        ],
    )
    clients.sagemaker.create_endpoint(EndpointName="live", EndpointConfigName="both")

    facts = describe([Resource("endpoint", "live")], clients)

    assert edges(facts) == {
        ("s3://shop/blue.tar.gz", "ContributedTo", "live-deployment"),
        ("s3://shop/green.tar.gz", "ContributedTo", "live-deployment"),
        (IMAGE, "ContributedTo", "live-deployment"),
        ("live-deployment", "AssociatedWith", "live"),
    }
    served = facts.graph.entities[Home().context("live")]
    assert served.source_uri == f"{REGION}:endpoint/live"
    assert served.properties["Status"] in ("Creating", "InService")
    assert served.properties["Variants"] == '{"blue": ["blue"], "green": ["green"]}'


def test_a_model_package_has_its_containers_its_group_and_the_decision(clients):
    clients.sagemaker.create_model_package_group(ModelPackageGroupName="churn")
    arn = clients.sagemaker.create_model_package(
        ModelPackageGroupName="churn",
        ModelApprovalStatus="Approved",
        InferenceSpecification={
            "Containers": [container("s3://shop/m.tar.gz")],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
        MetadataProperties={"CommitId": "9f3c", "Repository": "https://github.com/shop/churn"},
    )["ModelPackageArn"]

    facts = describe([Resource("model-package", arn, arn)], clients)

    assert edges(facts) == {
        ("s3://shop/m.tar.gz", "ContributedTo", arn),
        (IMAGE, "ContributedTo", arn),
        ("churn-1-Approved", "ContributedTo", arn),
        (arn, "AssociatedWith", "churn"),
    }
    package = facts.graph.entities[Home().artifact(arn)]
    assert package.properties == {"ModelApprovalStatus": "Approved"}
    assert package.details["metadata"]["commit_id"] == "9f3c"
    assert facts.graph.entities[Home().context("churn")].source_uri == (
        f"{REGION}:model-package-group/churn"
    )


def test_a_feature_group_has_its_features_and_its_table(clients):
    table = group(clients.sagemaker, "customers", "id", "age")

    (entity,) = describe([Resource("feature-group", "customers")], clients).entities

    assert (entity.type, entity.name) == ("FeatureGroup", "customers")
    assert entity.source_uri.endswith(":feature-group/customers")
    assert entity.properties["Features"] == '{"id":"String","age":"String","event_time":"String"}'
    assert entity.properties["OfflineTable"] == f"sagemaker_featurestore.{table}"
    assert entity.properties["OfflineStoreUri"].startswith("s3://shop/fs/")
    assert len(entity.properties["SchemaSha256"]) == 64


def test_a_feature_group_without_an_offline_store_has_no_table(clients, answers):
    answers(clients.sagemaker, DescribeFeatureGroup=group_answer("online", "", "id"))

    (entity,) = describe([Resource("feature-group", "online")], clients).entities

    assert set(entity.properties) == {"Features", "SchemaSha256"}


def run(clients, text, database="sagemaker_featurestore"):
    return clients.athena.start_query_execution(
        QueryString=text,
        QueryExecutionContext={"Database": database},
        ResultConfiguration={"OutputLocation": "s3://shop/q/"},
    )["QueryExecutionId"]


def query_of(facts):
    return next(e for e in facts.entities if e.kind == "Action")


def test_a_query_reads_feature_groups_and_its_output_has_their_columns(clients):
    customers = group(clients.sagemaker, "customers", "id", "age")
    claims = group(clients.sagemaker, "my-claims", "id", "amount").replace("-", "_")
    named = Resource("feature-group", "my-claims")
    execution = run(
        clients, f"SELECT c.age, k.id FROM {customers} c JOIN {customers} k ON c.id = k.id"
    )

    facts = describe([Resource("athena-query", execution), named], clients)

    output = f"s3://shop/q/{execution}.csv"
    assert claims.startswith("my_claims_")
    assert edges(facts) == {
        ("customers", "ContributedTo", f"query-{execution}"),
        (f"query-{execution}", "Produced", output),
    }
    query = query_of(facts)
    assert (query.type, query.status) == ("FeatureStoreQuery", "Completed")
    assert query.source_uri == f"arn:aws:athena:eu-west-1::query/{execution}"
    joined = (ColumnSource("customers", "id", "join"),)
    expected = {
        "age": (ColumnSource("customers", "age"), *joined),
        "id": (ColumnSource("customers", "id"), *joined),
    }
    assert columns_of(query) == expected
    assert columns_of(facts.graph.entities[Home().artifact(output)]) == expected


@pytest.mark.parametrize(
    ("form", "partitions"), [("Glue", ["year", "month", "day", "hour"]), ("Iceberg", [])]
)
def test_a_star_has_what_the_offline_store_adds(clients, answers, form, partitions):
    answer = group_answer("customers", "customers_1612345678", "ID", TableFormat=form)
    answers(clients.sagemaker, DescribeFeatureGroup=answer)
    execution = run(clients, "SELECT * FROM customers_1612345678", "shop")

    columns = columns_of(query_of(describe([Resource("athena-query", execution)], clients)))

    added = ["write_time", "api_invocation_time", "is_deleted", *partitions]
    assert list(columns) == ["id", *added]
    assert columns["id"] == (ColumnSource("customers", "ID"),)


def test_a_group_is_found_among_those_listed_when_its_table_has_another_name(clients, answers):
    table = answers(
        clients.sagemaker,
        DescribeFeatureGroup=group_answer("Customers-EU", "customers_eu_1612345678", "id"),
        ListFeatureGroups={"FeatureGroupSummaries": [{"FeatureGroupName": "Customers-EU"}]},
    )
    execution = run(clients, "SELECT id FROM customers_eu_1612345678", "shop")

    facts = describe([Resource("athena-query", execution)], clients)

    assert ("Customers-EU", "ContributedTo", f"query-{execution}") in edges(facts)
    assert "DescribeFeatureGroup" in table.asked


def test_glue_tells_of_tables_that_are_no_feature_groups_and_of_views(clients, answers):
    answers(clients.sagemaker, DescribeFeatureGroup=group_answer("customers", "custom_name", "age"))
    view = base64.b64encode(json.dumps({"originalSql": "SELECT age FROM custom_name"}).encode())
    clients.glue.create_database(DatabaseInput={"Name": "shop"})
    for table in (
        {
            "Name": "custom_name",
            "StorageDescriptor": {
                "Location": "s3://shop/fs/123456789012/sagemaker/eu-west-1/offline-store/"
                "customers-1612345678/data"
            },
        },
        {
            "Name": "plain",
            "StorageDescriptor": {
                "Location": "s3://shop/plain/",
                "Columns": [{"Name": "x", "Type": "int"}],
            },
        },
        {
            "Name": "ages",
            "TableType": "VIRTUAL_VIEW",
            "ViewOriginalText": f"/* Presto View: {view.decode()} */",
        },
    ):
        clients.glue.create_table(DatabaseName="shop", TableInput=table)
    execution = run(clients, "SELECT a.age, p.x FROM ages a CROSS JOIN plain p", "shop")

    facts = describe([Resource("athena-query", execution)], clients)

    assert {edge for edge in edges(facts) if edge[1] == "ContributedTo"} == {
        ("customers", "ContributedTo", f"query-{execution}"),
        ("s3://shop/plain/", "ContributedTo", f"query-{execution}"),
    }
    assert columns_of(query_of(facts)) == {
        "age": (ColumnSource("customers", "age"),),
        "x": (ColumnSource("shop.plain", "x"),),
    }


def test_a_query_that_unloads_made_what_it_says(clients):
    table = group(clients.sagemaker, "customers", "id")
    execution = run(clients, f"UNLOAD (SELECT id FROM {table}) TO 's3://shop/u/' WITH (format='X')")

    facts = describe([Resource("athena-query", execution)], clients)

    assert (f"query-{execution}", "Produced", "s3://shop/u/") in edges(facts)


@pytest.mark.parametrize(("state", "kinds"), [("RUNNING", ["not-recorded"]), ("FAILED", [])])
def test_a_query_that_did_not_succeed_made_nothing(clients, answers, state, kinds):
    answers(
        clients.athena,
        GetQueryExecution={
            "QueryExecution": {
                "QueryExecutionId": "e-1",
                "Query": "SELECT 1",
                "Status": {"State": state},
                "ResultConfiguration": {"OutputLocation": "s3://shop/q/e-1.csv"},
            }
        },
    )

    facts = describe([Resource("athena-query", "e-1")], clients)

    assert facts.links == ()
    assert [gap.kind for gap in facts.gaps] == kinds


def test_tuning_reads_what_its_trainings_read_and_makes_the_best_of_their_models(clients, answers):
    train(clients.sagemaker, "tune-1-001", [channel("train", "s3://shop/train/")])
    best = clients.sagemaker.describe_training_job(TrainingJobName="tune-1-001")
    answers(
        clients.sagemaker,
        DescribeHyperParameterTuningJob={
            "HyperParameterTuningJobName": "tune-1",
            "HyperParameterTuningJobArn": f"{REGION}:hyper-parameter-tuning-job/tune-1",
            "HyperParameterTuningJobStatus": "Completed",
            "TrainingJobDefinition": {"InputDataConfig": [channel("train", "s3://shop/train/")]},
            "BestTrainingJob": {"TrainingJobName": "tune-1-001"},
        },
    )

    facts = describe([Resource("hyper-parameter-tuning-job", "tune-1")], clients)

    model = best["ModelArtifacts"]["S3ModelArtifacts"]
    assert {
        ("s3://shop/train/", "ContributedTo", "tune-1"),
        ("s3://shop/train/", "ContributedTo", "tune-1-001"),
        ("tune-1", "Produced", model),
        ("tune-1-001", "Produced", model),
    } <= edges(facts)


def test_automl_makes_the_models_of_its_best_candidate(clients, answers):
    answers(
        clients.sagemaker,
        DescribeAutoMLJobV2={
            "AutoMLJobName": "auto",
            "AutoMLJobArn": f"{REGION}:automl-job/auto",
            "AutoMLJobStatus": "Completed",
            "AutoMLJobInputDataConfig": [channel("x", "s3://shop/train/")],
            "BestCandidate": {"InferenceContainers": [container("s3://shop/best.tar.gz")]},
        },
    )

    facts = describe([Resource("automl-job", "auto")], clients)

    assert edges(facts) == {
        ("s3://shop/train/", "ContributedTo", "auto"),
        ("auto", "Produced", "s3://shop/best.tar.gz"),
    }


def test_a_pipeline_execution_leads_to_its_steps(clients, answers):
    train(clients.sagemaker, channels=[channel("train", "s3://shop/train/")])
    arn = f"{REGION}:pipeline/p/execution/x"
    answers(
        clients.sagemaker,
        ListPipelineExecutionSteps={
            "PipelineExecutionSteps": [
                {
                    "StepName": "Train",
                    "StepStatus": "Succeeded",
                    "Metadata": {"TrainingJob": {"Arn": f"{REGION}:training-job/churn-1"}},
                },
                {
                    "StepName": "Check",
                    "StepStatus": "Failed",
                    "FailureReason": "no",
                    "Metadata": {},
                },
            ]
        },
    )

    facts = describe([Resource("pipeline-execution", "p/execution/x", arn)], clients)

    assert ("s3://shop/train/", "ContributedTo", "churn-1") in edges(facts)
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "Check")]


def test_what_is_gone_is_a_gap_and_the_rest_is_described(clients):
    train(clients.sagemaker)

    facts = describe(
        [Resource("training-job", "gone"), Resource("training-job", "churn-1")], clients
    )

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("missing", "gone")]
    assert Home().trial_component("churn-1") in facts.graph


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AccessDeniedException", "denied"),
        ("ThrottlingException", "throttled"),
        ("ResourceNotFound", "missing"),
        ("InternalFailure", "failed"),
    ],
)
def test_each_refusal_is_a_gap_of_its_kind(clients, answers, code, kind):
    answers(
        clients.sagemaker,
        DescribeModel={
            "Error": {"Code": code, "Message": "no"},
            "ResponseMetadata": {"RetryAttempts": 9},
        },
    )

    facts = describe([Resource("model", "churn")], clients)

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [(kind, "churn")]


def test_without_a_client_for_athena_its_queries_are_gaps(clients):
    facts = describe([Resource("athena-query", "e-1")], Clients(clients.sagemaker))

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "e-1")]


def test_a_query_that_athena_does_not_tell_of_is_what_was_seen_when_it_started(clients):
    table = group(clients.sagemaker, "customers", "id")
    seen = {"query": f"SELECT id FROM {table}", "database": "sagemaker_featurestore"}

    facts = describe([Resource("athena-query", "e-1", known=seen)], Clients(clients.sagemaker))

    assert edges(facts) == {("customers", "ContributedTo", "query-e-1")}
    assert query_of(facts).status == "Unknown"
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "e-1")]


def test_a_feature_group_of_another_account_is_asked_for_by_its_arn(clients):
    group(clients.sagemaker, "customers", "id")
    shared = "arn:aws:sagemaker:eu-west-1:999999999999:feature-group/customers"
    theirs = group_answer("customers", "", "id") | {"FeatureGroupArn": shared}

    def answering(params, **_):
        by_arn = json.loads(params["body"])["FeatureGroupName"] == shared
        return (type("Http", (), {"status_code": 200})(), theirs) if by_arn else None

    clients.sagemaker.meta.events.register_first(
        "before-call.sagemaker.DescribeFeatureGroup", answering
    )

    facts = describe(
        [Resource("feature-group", "customers"), Resource("feature-group", "customers", shared)],
        clients,
    )

    own = "arn:aws:sagemaker:eu-west-1:123456789012:feature-group/customers"
    assert {entity.source_uri for entity in facts.entities} == {own, shared}


def test_an_estimator_that_was_never_fitted_leaves_nothing_to_describe(clients):
    assert describe((), clients) == Facts()


def test_no_call_is_made_twice(clients, answers):
    arn = f"{REGION}:model/churn"
    table = answers(
        clients.sagemaker,
        DescribeModel={
            "ModelName": "churn",
            "ModelArn": arn,
            "PrimaryContainer": container("s3://shop/m.tar.gz"),
        },
        DescribeEndpoint={
            "EndpointName": "live",
            "EndpointArn": f"{REGION}:endpoint/live",
            "EndpointConfigName": "c",
            "EndpointStatus": "InService",
        },
        DescribeEndpointConfig={
            "ProductionVariants": [
                {"VariantName": "a", "ModelName": "churn"},
                {"VariantName": "b", "ModelName": "churn"},
            ]
        },
    )

    describe(
        [Resource("endpoint", "live"), Resource("model", "churn"), Resource("model", "churn", arn)],
        clients,
    )

    assert sorted(table.asked) == ["DescribeEndpoint", "DescribeEndpointConfig", "DescribeModel"]


def test_what_aws_knows_nothing_of_is_left_out(clients):
    assert describe([Resource("estimator", "x"), Resource("file", "y")], clients).entities == ()
