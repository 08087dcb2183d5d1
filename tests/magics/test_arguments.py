"""From a line to a frozen command, without a shell."""

from datetime import datetime, timezone

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.magics.arguments import read
from sm_lineage_magics.magics.commands import FAMILIES, WORDS, command_of
from sm_lineage_magics.magics.commands.asking import NounQuestion, Walk
from sm_lineage_magics.magics.commands.helping import Help
from sm_lineage_magics.magics.commands.looking import Ls
from sm_lineage_magics.magics.line.declared import declared


def test_a_line_becomes_a_frozen_command():
    assert read("upstream model:churn --depth 3 --type DataSet --type Model") == Walk(
        word="upstream", entity="model:churn", depth=3, types=("DataSet", "Model")
    )


def test_what_was_typed_cannot_be_changed_nor_made_of_what_is_not_declared():
    command = read("upstream model:churn --depth 3")

    with pytest.raises(AttributeError, match="'depth' cannot be changed"):
        command.depth = 4
    with pytest.raises(TypeError, match="Walk declares no argument 'dept'"):
        Walk("upstream", dept=3)
    assert command.depth == 3
    assert command != NounQuestion("upstream", entity="model:churn", depth=3)
    assert repr(Walk("upstream", entity="x")).startswith("Walk(entity='x', depth=None, ")


def test_a_commands_own_arguments_come_before_those_it_inherits():
    assert next(iter(declared(Walk))) == "entity"
    assert list(declared(Walk))[-2:] == ["store_to", "quiet"]


def test_every_option_of_a_question_is_read():
    command = read(
        "models fg:customers --kind artifact --property owner=Ann --after 2026-01-01"
        " --before 2026-01-31 --as graph --as-of 2026-02-01T12:00Z --store-to m --quiet --arns"
    )

    assert command == NounQuestion(
        word="models",
        entity="fg:customers",
        kinds=("Artifact",),
        properties=(("owner", "Ann"),),
        after=datetime(2026, 1, 1, tzinfo=timezone.utc),
        before=datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=timezone.utc),
        view="graph",
        as_of=datetime(2026, 2, 1, 12, tzinfo=timezone.utc),
        store_to="m",
        quiet=True,
        arns=True,
    )


@pytest.mark.parametrize("line", ["", "-h", "--help", "  # only a comment"])
def test_a_bare_line_asks_for_help(line):
    assert read(line) == Help(word="help")


@pytest.mark.parametrize(
    "line", ["upstream --help", "upstream -h", "upstream churn --depth -h", "help upstream"]
)
def test_help_can_be_asked_for_within_a_command(line):
    assert read(line) == Help(word="help", topic="upstream")


@pytest.mark.parametrize("name", ["models", "model", "Models", "MODEL"])
def test_a_kind_is_read_as_people_say_it(name):
    assert read(f"ls {name}") == Ls(word="ls", role="model")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("upstrem churn", "No command 'upstrem'. Did you mean upstream?"),
        ("zzz", "No command 'zzz'. %lineage help lists them."),
        ("upstream churn --dept 3", "No option '--dept'. Did you mean --depth"),
        ("upstream churn --depth=-1", "no whole number"),
        ("upstream churn --depth -1", "no whole number"),
        ("upstream churn --depth 1.5", "no whole number"),
        ("upstream churn --depth", "expected one argument"),
        ("upstream", "ENTITY"),
        ("upstream my model", "'model' is one word too many; a name with blanks goes into quotes"),
        ("upstream churn --as picture", "invalid choice"),
        ("upstream churn --as-of soon", "is not a date"),
        ("upstream churn --kind Thing", "is no kind; expected Artifact"),
        ("upstream churn --store-to class", "'class' cannot be the name of a variable"),
        ("upstream churn --store-to 'my answer'", "cannot be the name of a variable"),
        ("upstream churn --property owner", "expected KEY=VALUE"),
        ("ls things", "no kind of thing that can be listed. Expected one of datasets"),
        ("ls modles", "Did you mean models?"),
        ('show "churn', "not closed"),
        ("help nothing-like-it", "No command"),
        ("--depth 3 upstream churn", "--depth stands before a command. Expected for example"),
        ("upstream churn | head", "'|' is a shell's; x = %lineage … keeps an answer"),
        ("upstream churn >out.txt", "'>' is a shell's"),
    ],
)
def test_a_line_that_is_not_understood_says_what_was_expected(line, message):
    with pytest.raises(QuestionError) as raised:
        read(line).run(None)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_json_and_markdown_have_options_of_their_own():
    assert read("upstream churn --json") == read("upstream churn --as json")
    assert read("upstream churn --md") == read("upstream churn --as markdown")


def test_a_report_is_exported_as_an_answer_is():
    assert read("impact churn --export i.csv") == read("impact churn --report i.csv")


def test_a_bare_watch_asks_whether_it_is_on():
    assert read("watch").what == "status"


def test_an_option_is_never_guessed_from_its_beginning():
    with pytest.raises(QuestionError, match="--dep"):
        read("upstream churn --dep 3")


def test_a_question_takes_no_cell_body():
    with pytest.raises(QuestionError, match="takes no cell body"):
        read("upstream churn", "x = 1")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_table_has_its_command(word):
    """And every word a command answers to stands in the table."""
    command = command_of(word)

    assert set(command.words) <= set(WORDS)
    assert read(f"help {word}") == Help(word="help", topic=word)


def test_no_word_is_in_two_families():
    assert len(WORDS) == sum(len(words) for _, words in FAMILIES.values())
