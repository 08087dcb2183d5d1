"""Splitting a magic's line."""

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.magics.line.words import Words, words
from sm_lineage_magics.model import quoted


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("", ()),
        ("   ", ()),
        ("upstream churn", ("upstream", "churn")),
        ('upstream "my model"', ("upstream", "my model")),
        ("upstream 'my \"best\" model'", ("upstream", 'my "best" model')),
        (r'find "a \"quoted\" \\ name"', ("find", r'a "quoted" \ name')),
        ('--property owner="Ann B"', ("--property", "owner=Ann B")),
        ("show churn # the first one", ("show", "churn")),
        ("# nothing at all", ()),
        ("show s3://bucket/a#1", ("show", "s3://bucket/a#1")),
        (r"import C:\data\lineage.json", ("import", r"C:\data\lineage.json")),
        ('find ""', ("find", "")),
        ("find 🙂\tb", ("find", "🙂", "b")),
    ],
)
def test_a_line_is_split(line, texts):
    assert words(line) == Words(texts)


@pytest.mark.parametrize("line", ["show churn;", "show churn ;", "show churn; # why"])
def test_a_trailing_semicolon_asks_for_silence(line):
    assert words(line) == Words(("show", "churn"), quiet=True)


def test_a_semicolon_in_quotes_belongs_to_the_name():
    assert words('show "churn;"') == Words(("show", "churn;"))


@pytest.mark.parametrize("line", ['show "churn', "show 'churn", 'show a"b', "find O'Brien"])
def test_a_quotation_mark_left_open_is_refused(line):
    with pytest.raises(QuestionError, match="not closed"):
        words(line)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        (
            "show churn \u2014depth 3",
            "dash, as copied text has them. Expected a plain one: --depth;",
        ),
        ("show churn \u2013\u2013depth 3", "Expected a plain one: --depth;"),
        (
            "show \u201cchurn\u201d",
            'quotation mark, as copied text has them. Expected a plain one: "churn"',
        ),
        ("show \u2018my churn\u2019", 'Expected a plain one: "my model"'),
    ],
)
def test_a_sign_that_only_looks_plain_is_told_by_the_plain_one(line, plain):
    with pytest.raises(QuestionError) as raised:
        words(line)

    assert plain in str(raised.value)


@pytest.mark.parametrize("name", ["\u201cbest\u201d", "\u2014", "\u00ab a \u00bb"])
def test_a_name_that_begins_with_such_a_sign_is_typed_in_plain_quotes(name):
    assert words(f"show {quoted(name)}") == Words(("show", name))
