"""Which notebook a cell belongs to, as far as somebody says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sm_lineage_magics.tracking.code import notebook
from sm_lineage_magics.tracking.code.notebook import notebook_path, workplace
from sm_lineage_magics.tracking.code.scripts import code_of_cell

STUDIO = "arn:aws:sagemaker:eu-west-1:123456789012:app/d-abc/churn-space/JupyterLab/default"


@pytest.mark.parametrize(
    ("namespace", "environment", "path"),
    [
        (
            {"__vsc_ipynb_file__": "/w/vsc.ipynb"},
            {"JPY_SESSION_NAME": "/w/j.ipynb"},
            "/w/vsc.ipynb",
        ),
        ({}, {"IPYNB_FILE": "/w/mine.ipynb", "JPY_SESSION_NAME": "/w/j.ipynb"}, "/w/mine.ipynb"),
        ({}, {"JPY_SESSION_NAME": "/w/j.ipynb"}, "/w/j.ipynb"),
        ({"__vsc_ipynb_file__": 3}, {"JPY_SESSION_NAME": "/w/console-1"}, None),
        ({}, {}, None),
    ],
)
def test_the_front_end_says_which_notebook_it_is_or_nobody_does(namespace, environment, path):
    """A console's session has a name too, which is no notebook's."""
    assert notebook_path(namespace, environment) == (Path(path) if path else None)


@pytest.mark.parametrize(
    ("text", "arn"),
    [
        (json.dumps({"ResourceArn": STUDIO, "SpaceName": "churn-space", "AppType": "x"}), STUDIO),
        (json.dumps({"ResourceName": "no arn"}), ""),
        (json.dumps({"ResourceArn": None}), ""),
        ("[1, 2]", ""),
        ("{half", ""),
        ("\x00", ""),
    ],
)
def test_sagemaker_says_in_a_file_which_app_this_is(tmp_path, text, arn):
    """Anything else in that file says nothing."""
    file = tmp_path / "resource-metadata.json"
    file.write_text(text)

    assert workplace(file) == arn
    assert workplace(tmp_path / "not-there.json") == ""


def test_a_cell_keeps_where_it_ran_and_is_the_same_cell_elsewhere(tmp_path, monkeypatch, shell):
    """Its identity is its notebook and its text."""
    file = tmp_path / "resource-metadata.json"
    file.write_text(json.dumps({"ResourceArn": STUDIO}))
    monkeypatch.setattr(notebook.workplace, "__defaults__", (file,))
    shell.run_cell('%%lineage track\nimport pandas as pd\npd.read_csv("a.csv").to_csv("c.csv")')

    [cell] = [e for e in shell.lineage.ls(limit=None) if e.type == "Code"]
    assert cell.details["metadata"] == {"generated_by": STUDIO}
    assert cell.source_uri == "notebook:unknown"
    assert code_of_cell("x", workplace=STUDIO).arn == code_of_cell("x").arn
