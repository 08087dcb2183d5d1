"""The reference pages of the documentation are what the parsers and the error family say."""

from pathlib import Path

import pytest
import write_examples
import write_reference

from sm_lineage_magics import errors
from sm_lineage_magics.magics.commands import WORDS

ROOT = Path(__file__).parent.parent


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    return write_reference.pages()


def test_every_command_has_its_help(pages):
    assert [word for word in WORDS if f"### {word}\n" not in pages["commands.md"]] == []


def test_every_error_has_advice_and_no_advice_is_left_over(pages):
    family = {each.__name__ for each in write_reference._family(errors.LineageError)}

    assert set(write_reference.ADVICE) == family
    assert all(f"| `{name}` |" in pages["errors.md"] for name in family)


@pytest.mark.parametrize("name", ["errors.md", "cheat-sheet.md"])
def test_the_page_is_as_it_would_be_written_now(pages, name):
    """`scripts/docs` writes it again. The page of the commands differs by Python's argparse."""
    assert (ROOT / "docs" / "reference" / name).read_text() == pages[name]


def test_every_command_has_an_example_with_its_answer():
    page = (ROOT / "docs" / "reference" / "examples.md").read_text(encoding="utf-8")

    assert set(write_examples.EXAMPLES) == set(WORDS)
    assert [word for word in WORDS if f"### {word}\n" not in page] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_examples_answer_as_the_page_says():
    """`scripts/docs` writes it again."""
    page = (ROOT / "docs" / "reference" / "examples.md").read_text(encoding="utf-8")
    changed = [
        f"{word}:\n{answer}"
        for word, answer in write_examples.answers().items()
        if answer not in page and word not in write_examples.VARIES
    ]

    assert changed == []
