"""What all tests have in common."""

import os
import signal

import pytest

from sm_lineage_magics import Lineage, demo, emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.model import Plan


@pytest.fixture(autouse=True, scope="session")
def interruptible():
    """Ctrl-C is heard as at a terminal, even where the run was started with it switched off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True, scope="session")
def away_from_home(tmp_path_factory):
    """No test reads or writes the lineage store, the journal or the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in [name for name in os.environ if name.startswith("SM_LINEAGE_")]:
            patch.delenv(variable)
        # Of an environment that is active but not the one in use, IPython warns.
        patch.delenv("VIRTUAL_ENV", raising=False)
        patch.setenv("SM_LINEAGE_STORE", str(home / "lineage.db"))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        yield


@pytest.fixture(scope="session")
def recorded_account():
    """The fraud demo in an account: its store, and what is asked about."""
    store = Store.open(":memory:")
    with Lineage.open("sagemaker", client=emulator.client(store)) as lineage:
        lineage.backend.apply(Plan.of(demo.fraud().graph))
        arns = {entity.source_uri: entity.arn for entity in lineage.backend.find()}
    subjects = [
        next(arn for uri, arn in arns.items() if uri.endswith(ending))
        for ending in ("first/output/model.tar.gz", "mitigated/output/model.tar.gz", "/customers")
    ]
    yield store, subjects
    store.close()
