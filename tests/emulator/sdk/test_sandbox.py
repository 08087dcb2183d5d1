"""Unmodified SDK code, of version 2 and of version 3, in a sandbox."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sm_lineage_magics import emulator

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]


def _types(artifacts: Any) -> set[str]:
    return {one.artifact_type for one in artifacts}


@pytest.mark.sdk_v2
def test_version_2_trains_processes_and_queries(tmp_path: Path) -> None:
    import pandas as pd

    (tmp_path / "clean.py").write_text("print(1)")
    with emulator.sandbox() as box:
        session = import_module("sagemaker").Session()
        machine = {
            "role": box.role,
            "image_uri": "image",
            "instance_count": 1,
            "instance_type": "ml.m5.large",
            "sagemaker_session": session,
        }
        assert import_module("sagemaker").get_execution_role() == box.role
        processing = import_module("sagemaker.processing")
        box.works("*", lambda inputs: {"out": {"x.csv": b"a\n1\n"}})
        processor = processing.ScriptProcessor(command=["python3"], **machine)
        processor.run(
            str(tmp_path / "clean.py"),
            outputs=[processing.ProcessingOutput(source="/opt/ml/out", output_name="out")],
            wait=False,
        )
        made = processor.latest_job.outputs[0].destination
        assert [uri.removeprefix(made) for uri in box.objects.under(made)] == ["/x.csv"]
        estimator = import_module("sagemaker.estimator").Estimator(**machine)
        estimator.fit({"train": made}, logs="None")
        assert estimator.model_data.endswith("/output/model.tar.gz")
        frame = pd.DataFrame({"id": ["a", "b"], "seen": [1.0, 2.0], "age": [3, 4]})
        frame["id"] = frame["id"].astype("string")
        group = import_module("sagemaker.feature_store.feature_group").FeatureGroup(
            "customers", sagemaker_session=session
        )
        group.load_feature_definitions(frame)
        group.create(f"s3://{box.bucket}/fs", "id", "seen", box.role, enable_online_store=True)
        group.ingest(frame, max_workers=2, wait=True)
        query = group.athena_query()
        query.run(
            f'SELECT id, age FROM "{query.table_name}" ORDER BY id', f"s3://{box.bucket}/results"
        )
        query.wait()
        assert query.as_dataframe().to_dict("list") == {"id": ["a", "b"], "age": [3, 4]}
        artifacts = import_module("sagemaker.lineage.artifact").Artifact
        assert _types(artifacts.list(sagemaker_session=session)) == {"DataSet", "Image", "Model"}


@pytest.mark.sdk_v3
def test_version_3_trains_and_keeps_features(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("print(1)")
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1"
    with emulator.sandbox() as box:
        configs = import_module("sagemaker.train.configs")
        trainer = import_module("sagemaker.train.model_trainer").ModelTrainer(
            training_image=image,
            role=box.role,
            source_code=configs.SourceCode(source_dir=str(tmp_path), entry_script="train.py"),
            compute=configs.Compute(instance_type="ml.m5.large", instance_count=1),
        )
        data = configs.InputData(channel_name="train", data_source=f"s3://{box.bucket}/train")
        trainer.train(input_data_config=[data], wait=False)
        assert trainer._latest_training_job.training_job_status == "Completed"
        resources = import_module("sagemaker.core.resources")
        shapes = import_module("sagemaker.core.shapes")
        storage = shapes.S3StorageConfig(s3_uri=f"s3://{box.bucket}/fs")
        group = resources.FeatureGroup.create(
            feature_group_name="customers",
            record_identifier_feature_name="id",
            event_time_feature_name="seen",
            feature_definitions=[
                shapes.FeatureDefinition(feature_name="id", feature_type="String"),
                shapes.FeatureDefinition(feature_name="seen", feature_type="Fractional"),
            ],
            online_store_config=shapes.OnlineStoreConfig(enable_online_store=True),
            offline_store_config=shapes.OfflineStoreConfig(s3_storage_config=storage),
            role_arn=box.role,
        )
        values = {"id": "a", "seen": "1"}
        group.put_record(
            record=[
                shapes.FeatureValue(feature_name=name, value_as_string=value)
                for name, value in values.items()
            ]
        )
        record = group.get_record(record_identifier_value_as_string="a").record
        assert {one.feature_name: one.value_as_string for one in record} == values
        assert _types(resources.Artifact.get_all()) == {"DataSet", "Image", "Model"}


@pytest.mark.sdk_v3
def test_version_3_deploys_and_finds_its_endpoint() -> None:
    with emulator.sandbox() as box:
        resources = import_module("sagemaker.core.resources")
        shapes = import_module("sagemaker.core.shapes")
        container = shapes.ContainerDefinition(image="i", model_data_url=f"s3://{box.bucket}/m")
        resources.Model.create(
            model_name="m", primary_container=container, execution_role_arn=box.role
        )
        variant = shapes.ProductionVariant(
            variant_name="all",
            model_name="m",
            instance_type="ml.m5.large",
            initial_instance_count=1,
        )
        resources.EndpointConfig.create(endpoint_config_name="c", production_variants=[variant])
        made = resources.Endpoint.create(endpoint_name="e", endpoint_config_name="c")
        assert (made.endpoint_status, resources.Model.get("m").model_name) == ("InService", "m")
        assert resources.EndpointConfig.get("c").production_variants[0].model_name == "m"
        [context] = resources.Context.get_all(source_uri=made.endpoint_arn)
        assert context.context_type == "Endpoint"
