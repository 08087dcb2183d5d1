"""IPython in a terminal: text, within the columns there are."""

import os
import pty
import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell

from sm_lineage_magics.magics.terminal import columns_of

NARROW = """\
claims
  What     feature group
  Hop      ↑4
"""
REPORT = """\
    Status  applied
    Title   demo fraud
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "columns", "told"),
    [
        ("feature-groups model:fraud-first", 60, NARROW),
        ("feature-groups model:fraud-first", 160, "Name       What           Hop"),
        ("journal", 60, REPORT),
    ],
)
def test_tables_that_are_wider_than_the_terminal_are_told_cell_by_cell(
    line, columns, told, tmp_path
):
    code = f"%load_ext sm_lineage_magics\n%lineage demo fraud --quiet\n%lineage {line}"

    assert told in typed_in_a_terminal(code, columns, tmp_path)


def test_what_is_no_terminal_has_no_columns():
    assert columns_of(InteractiveShell()) is None


def typed_in_a_terminal(code, columns, folder):
    """What somebody sees who has IPython run this."""
    screen, terminal = pty.openpty()
    environment = {"COLUMNS": str(columns), "IPYTHONDIR": str(folder), "TERM": "dumb"}
    store = {"SM_LINEAGE_STORE": str(folder / "lineage.db"), "XDG_CONFIG_HOME": str(folder)}
    shell = subprocess.Popen(
        [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", code],
        env={**os.environ, **environment, **store},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
    )
    os.close(terminal)
    seen = read_all(screen)
    assert shell.wait() == 0
    return seen.replace("\r\n", "\n")


def read_all(screen):
    """All that is left to read, to the error that ends a terminal nobody writes to."""
    parts = []
    try:
        while part := os.read(screen, 65536):
            parts.append(part)
    except OSError:
        pass
    os.close(screen)
    return b"".join(parts).decode()
