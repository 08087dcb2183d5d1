"""The public names, so that adding one is a decision."""

import ast
import subprocess
import sys
from pathlib import Path

import sm_lineage_magics

PUBLIC = {
    "Answer",
    "Association",
    "Entity",
    "Gap",
    "Lineage",
    "LineageError",
    "LineageGraph",
    "load",
    "load_ipython_extension",
    "unload_ipython_extension",
}
HEAVY = {"pandas", "numpy", "boto3", "sqlglot", "ipywidgets", "ipycytoscape", "networkx", "IPython"}


def test_the_public_names_are_these():
    assert set(sm_lineage_magics.__all__) == PUBLIC
    assert all(getattr(sm_lineage_magics, name) is not None for name in PUBLIC)
    assert set(dir(sm_lineage_magics)) >= PUBLIC


def test_type_checkers_see_each_name_in_the_room_it_comes_from():
    """What `__getattr__` gives is of any type to them, and an editor completes nothing after it."""
    tree = ast.parse(Path(sm_lineage_magics.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom) and node.level]
    seen = {alias.asname: node.module for node in imports for alias in node.names}

    assert seen == sm_lineage_magics._ROOMS


def test_a_name_there_is_not_is_refused_as_python_does():
    assert not hasattr(sm_lineage_magics, "lineages")


def test_importing_the_package_imports_nothing_heavy():
    code = "import sys, sm_lineage_magics; print(*{name.split('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert HEAVY & set(ran.stdout.split()) == set()


def test_loading_from_python_needs_a_shell():
    code = (
        "import sm_lineage_magics as m\n"
        "try:\n    m.load()\nexcept m.LineageError as error:\n    print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "No IPython shell is running" in ran.stdout
