"""The reference pages of the documentation are what the parsers and the error family say."""

import importlib.util
from pathlib import Path

import pytest

from sm_lineage_magics.magics.commands import WORDS

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "write_reference.py"


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("write_reference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pages(reference, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    return reference.pages()


def test_every_command_has_its_help(pages):
    assert [word for word in WORDS if f"### {word}\n" not in pages["commands.md"]] == []


def test_every_error_has_advice_and_no_advice_is_left_over(reference, pages):
    family = {each.__name__ for each in reference._family(reference.errors.LineageError)}

    assert set(reference.ADVICE) == family
    assert all(f"| `{name}` |" in pages["errors.md"] for name in family)


@pytest.mark.parametrize("name", ["errors.md", "cheat-sheet.md"])
def test_the_page_is_as_it_would_be_written_now(pages, name):
    """`scripts/docs` writes it again. The page of the commands differs by Python's argparse."""
    assert (ROOT / "docs" / "reference" / name).read_text() == pages[name]
