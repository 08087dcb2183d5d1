"""The reference pages of the documentation are what the parsers and the error family say."""

import importlib.util
from pathlib import Path

import pytest

from sm_lineage_magics.magics.commands import WORDS

ROOT = Path(__file__).parent.parent


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reference():
    return script("write_reference")


@pytest.fixture(scope="module")
def examples():
    return script("write_examples")


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


def test_every_command_has_an_example_with_its_answer(examples):
    page = (ROOT / "docs" / "reference" / "examples.md").read_text(encoding="utf-8")

    assert set(examples.EXAMPLES) == set(WORDS)
    assert [word for word in WORDS if f"### {word}\n" not in page] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_examples_answer_as_the_page_says(examples):
    """`scripts/docs` writes it again."""
    page = (ROOT / "docs" / "reference" / "examples.md").read_text(encoding="utf-8")
    changed = [
        f"{word}:\n{answer}"
        for word, answer in examples.answers().items()
        if answer not in page and word not in examples.VARIES
    ]

    assert changed == []
