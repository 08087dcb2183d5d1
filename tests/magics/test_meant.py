"""What a line that begins with no command is answered with."""

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.magics.arguments import read
from sm_lineage_magics.magics.commands import WORDS
from sm_lineage_magics.magics.meant import _ELSEWHERE, _HERE, meant


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("ascendants", "upstream"),
        ("up", "upstream"),
        ("down", "downstream"),
        ("Descendants", "downstream"),
        ("list", "ls"),
        ("delete", "forget"),
        ("log", "journal"),
        ("UPSTREAM", "upstream"),
        ("feature_groups", "feature-groups"),
        ("model", "models"),
    ],
)
def test_a_word_of_another_tool_is_told_by_ours(word, command):
    assert meant(word) == f"No command {word!r}. Did you mean {command}?"


@pytest.mark.parametrize(
    "name",
    [
        "model:churn",
        "s3://bucket/raw.csv",
        "arn:aws:sagemaker:eu-west-1:1:x/y",
        "+fg:a+2",
        "churn.pkl",
        "data/raw",
    ],
)
def test_a_name_without_a_command_is_told_what_can_be_asked_of_it(name):
    assert f"%lineage upstream {name}," in meant(name)
    assert f"%lineage show {name}." in meant(name)


def test_a_name_with_blanks_is_quoted_in_what_is_to_be_typed():
    assert '%lineage upstream "model:my churn",' in meant("model:my churn")


def test_what_is_like_nothing_is_sent_to_the_list():
    assert meant("zzz") == "No command 'zzz'. %lineage help lists them."


def test_no_word_of_another_tool_is_one_of_ours_or_stands_for_two():
    assert set(_ELSEWHERE) <= set(WORDS)
    assert not set(_HERE) & set(WORDS)
    assert len(_HERE) == sum(map(len, _ELSEWHERE.values()))


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("", "%%lineage track"),
        ("churn --model churn", "%%lineage track churn --model churn"),
        ("'my run'", '%%lineage track "my run"'),
        ("trakc churn", "%%lineage track churn"),
        ("train", "%%lineage track train"),
    ],
)
def test_a_cell_without_a_command_is_told_of_track(line, instead):
    with pytest.raises(QuestionError) as raised:
        read(line, "x = 1\n")
    assert str(raised.value).endswith(f"To record what it does: {instead}")


def test_help_can_be_asked_for_on_a_cell():
    with pytest.raises(QuestionError, match="help takes no cell body"):
        read("help", "x = 1\n")
