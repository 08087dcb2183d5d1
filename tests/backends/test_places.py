"""Where accounts are remembered: each in its file, those that are emulated in one that goes."""

from pathlib import Path

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.places import memory_file, remembered_apart
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Entity, Home

HOME = Home("us-east-1", "123456789012")
DATA = Entity(HOME.artifact("s3://b/d"), "Artifact", "DataSet", "d", "s3://b/d")


def test_an_emulated_account_is_remembered_apart_and_then_no_more(monkeypatch, tmp_path):
    """A backend that was opened before is included."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    backend = SageMakerBackend(emulator.client(), lambda: HOME)
    backend.memory.keep([DATA])
    for _ in range(2):
        with emulator.emulate():
            assert backend.memory.recall([DATA.arn]) == {}
            backend.memory.keep([DATA])
    assert backend.memory.recall([DATA.arn]) == {DATA.arn: DATA}
    backend.close()
    assert [path.name for path in tmp_path.rglob("*.db")] == [memory_file(HOME).name]


def test_the_latest_of_several_counts_in_whatever_order_they_end():
    first, second = remembered_apart(), remembered_apart()
    first.__enter__()
    outer = memory_file(HOME)
    second.__enter__()
    inner = memory_file(HOME)
    first.__exit__(None, None, None)
    assert memory_file(HOME) == inner != outer
    second.__exit__(None, None, None)
    assert not any(folder.exists() for folder in (Path(outer).parent, Path(inner).parent))
