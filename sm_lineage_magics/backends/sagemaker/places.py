"""Where on this machine the memory of an account is kept.

>>> memory_file(Home("us-east-1", "123456789012")).name
'sagemaker-123456789012-us-east-1.db'
"""

from __future__ import annotations

from pathlib import Path

from ...model import Home


def memory_file(home: Home) -> Path:
    """The file of one account and region; its folder is made if there is none.

    It is an ordinary embedded store, so that it can be opened and asked without the account.
    """
    from platformdirs import user_data_path

    folder = user_data_path("sm_lineage_magics", appauthor=False, ensure_exists=True)
    return folder / f"sagemaker-{home.account}-{home.region}.db"
