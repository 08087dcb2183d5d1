"""What the README and the documentation say is true: commands, examples and links."""

import json
import re
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from sm_lineage_magics.magics.arguments import read
from sm_lineage_magics.magics.command import Viewed
from sm_lineage_magics.magics.commands import WORDS, command_of
from sm_lineage_magics.magics.line.declared import declared

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [README, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *DOCS]

_LINK = re.compile(
    r"\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)"  # [text](target#anchor)
    r"|src=\"([^\":]+)\""  # <img src="target">
)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# A line of notebook code, in a block, in running text, or in a notebook.
_TYPED = re.compile(r"(?:^|`|>>> |= )(%%?)lineage ([^`\n]+)", re.MULTILINE)


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_command_is_in_the_documentation(word):
    mentioned = re.compile(
        rf"`(?:%%?lineage )?{re.escape(word)}\b|^%%?lineage {re.escape(word)}\b", re.M
    )

    assert any(mentioned.search(page.read_text()) for page in (README, *DOCS))


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_command_says_what_it_does_and_gives_an_example(word):
    command = command_of(word)

    takes_arguments = set(declared(command)) - set(declared(Viewed))

    assert command.words[word]
    assert command.examples or not takes_arguments


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page):
    text = _FENCED.sub("", page.read_text())
    broken = [
        target or f"#{anchor}"
        for target, anchor, source in _LINK.findall(text)
        if not leads_somewhere(page, target or source, anchor)
    ]

    assert broken == []


def leads_somewhere(page, target, anchor):
    there = page.parent / target if target else page
    if not there.exists():
        return False
    return not anchor or anchor in anchors_of(there)


def anchors_of(page):
    """As GitHub makes them of headings: lower case, words joined by hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each).strip().lower().replace(" ", "-") for each in headings}


def typed(path):
    """The lines of `%lineage` a page or notebook has, but for bare words and alternatives."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return [
        (line.partition("  #")[0], "" if percent == "%%" else None)
        for percent, line in _TYPED.findall(text)
        if " " in line.strip() and not re.search(r"^…|on\|off|grocery\|fraud", line)
    ]


# Written from what was typed, between lines that only look like it.
EXAMPLES = ROOT / "docs" / "reference" / "examples.md"


@pytest.mark.parametrize(
    "page", [page for page in (*PAGES, *NOTEBOOKS) if page != EXAMPLES], ids=name_of
)
def test_every_line_can_be_typed(page):
    """No command, option or choice is written down that there is not."""
    for line, cell in typed(page):
        read(line, cell)


def in_shell(example):
    """Run a block of notebook code as a cell; an error in it is an error of the documentation."""
    shell = example.namespace["shell"]
    shell.run_cell(example.parsed).raise_error()


BLOCKS = [
    example
    for page in (README, *DOCS)
    for example in Sybil(
        parsers=[
            PythonCodeBlockParser(),
            CodeBlockParser(language="ipython", evaluator=in_shell),
            SkipParser(),
        ]
    ).parse(page)
]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """One notebook for all pages, in a folder and with a store of its own."""
    folder = tmp_path_factory.mktemp("docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SM_LINEAGE_STORE", str(folder / "lineage.db"))
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        shell = InteractiveShell.instance()
        yield shell
        shell.run_line_magic("unload_ext", "sm_lineage_magics")
        InteractiveShell.clear_instance()


def asked_in(page, heading):
    """The lines of `%lineage` in the tables below a heading."""
    _, _, below = page.read_text().partition(f"## {heading}\n")
    rows = re.findall(r"^\|.*", below.partition("\n## ")[0], re.MULTILINE)
    return [line for row in rows for line in re.findall("`%lineage ([^`]+)`", row)]


@pytest.mark.parametrize("line", asked_in(README, "Questions"))
def test_the_questions_of_the_readme_find_something_in_its_demo(line, shell):
    shell.run_cell("%load_ext sm_lineage_magics\n%lineage demo fraud --quiet").raise_error()
    found = shell.run_cell(f"%lineage {line}")

    found.raise_error()
    assert "Nothing" not in found.result.to("text")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: f"{name_of(Path(b.path))}:{b.line}")
def test_every_code_block_runs(block, shell):
    block.namespace["shell"] = shell
    block.evaluate()


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_every_decision_has_its_number_its_parts_and_a_line_in_the_list(page):
    text = page.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")

    assert title.startswith(f"{page.stem[:4]}: ")
    assert f"- [{title}]({page.name})\n" in page.with_name("README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.M) == ["Context", "Decision", "Consequence"]
