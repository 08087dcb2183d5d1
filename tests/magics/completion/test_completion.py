"""Completion: pure, and through the shell's own completer."""

import threading

import pytest

from sm_lineage_magics.lineage import Lineage
from sm_lineage_magics.magics import load, loaded
from sm_lineage_magics.magics.completion.candidates import MOST, Completed, Known, completed
from sm_lineage_magics.magics.completion.names import FRESH, Names
from sm_lineage_magics.magics.line.words import words

KNOWN = Known(
    names=(
        "model:churn",
        "fg:customer-orders",
        "s3://bucket/raw/customers.csv",
        "query:my join",
        "arn:aws:sagemaker:local:000000000000:artifact/1",
    ),
    variables=("best",),
    targets=("local", "sagemaker", "prod"),
)


@pytest.mark.parametrize(
    ("line", "fragment", "texts"),
    [
        ("up", "up", ("upstream",)),
        ("feature-g", "feature-g", ("feature-groups",)),
        ("upstream --dep", "--dep", ("--depth",)),
        ("upstream churn --as ta", "ta", ("table",)),
        ("upstream model:", "model:", ("model:churn",)),
        ("upstream fg:customer-o", "fg:customer-o", ("fg:customer-orders",)),
        ("upstream s3://bucket/r", "s3://bucket/r", ("s3://bucket/raw/customers.csv",)),
        ("upstream arn:aws", "arn:aws", ("arn:aws:sagemaker:local:000000000000:artifact/1",)),
        ("upstream chu", "chu", ("model:churn",)),
        ("upstream +model:c", "+model:c", ("+model:churn",)),
        ("upstream 2+fg:", "2+fg:", ("2+fg:customer-orders",)),
        ("upstream be", "be", ("best",)),
        ("upstream query:my", "query:my", ('"query:my join"',)),
        ('upstream "query:my j', '"query:my j', ('"query:my join"',)),
        ("upstream 'model:", "'model:", ("'model:churn'",)),
        ("path model:churn fg:", "fg:", ("fg:customer-orders",)),
        ('path "my model" fg:', "fg:", ("fg:customer-orders",)),
        ('upstream "my model" ', "", ()),
        ("upstream model:churn # fg:", "# fg:", ()),
        ("upstream --depth 3 model:", "model:", ("model:churn",)),
        ("upstream model:churn fg:", "fg:", ()),
        ("upstream --depth ", "", ()),
        ("ls feat", "feat", ("feature-groups",)),
        ("help dow", "dow", ("downstream",)),
        ("config vi", "vi", ("view=",)),
        ("config view=table de", "de", ("depth=",)),
        ("use pr", "pr", ("prod",)),
        ("demo f", "f", ("fraud",)),
        ("nonsense x", "x", ()),
    ],
)
def test_the_end_of_a_line_is_completed(line, fragment, texts):
    assert completed(line, KNOWN) == Completed(fragment, texts)


def test_an_option_given_once_is_not_offered_again_unless_it_repeats():
    offered = completed("upstream x --depth 3 --type Model --", KNOWN).texts

    assert "--depth" not in offered
    assert "--type" in offered


def test_without_a_beginning_arns_are_not_offered():
    assert completed("upstream ", KNOWN).texts[:2] == ("best", "model:churn")
    assert not any(text.startswith("arn:") for text in completed("upstream ", KNOWN).texts)


def test_every_command_completes_whatever_is_typed():
    from sm_lineage_magics.magics.commands import WORDS

    for word in WORDS:
        for end in ("", "-", "--", "x", "x y ", '"', "+", "--as "):
            assert isinstance(completed(f"{word} {end}", KNOWN), Completed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("query:it's", '"query:it\'s"'),
        ('query:the "best"', '"query:the \\"best\\""'),
        ("query:both \" and '", '"query:both \\" and \'"'),
        ("query:churn;", '"query:churn;"'),
        ("query:a\\b", '"query:a\\\\b"'),
        ("query:<b>🧺</b>", "query:<b>🧺</b>"),
        ("query:\u202eevil", "query:\u202eevil"),
    ],
)
@pytest.mark.parametrize("begun", ["query:", '"query:', "'query:"])
def test_what_is_offered_for_a_strange_name_is_read_as_that_name(name, typed, begun):
    (text,) = completed(f"upstream {begun}", Known(names=(name,))).texts

    assert words(text).texts == (name,)
    assert begun != "query:" or text == typed


@pytest.mark.parametrize("name", ["query:a\nb", "query:a\rb", "query:a\u2028b"])
def test_a_name_that_breaks_the_line_is_not_offered(name):
    assert completed("upstream query:", Known(names=(name,))).texts == ()


@pytest.mark.parametrize("piece", ["a", '"a"', "'", '"', 'a"b" ', "\\", "🧺 ", "+", "=", "%"])
def test_a_line_of_100_kb_is_completed_while_a_key_is_pressed(piece):
    line = f"upstream {piece * (100_000 // len(piece))} "

    assert isinstance(completed(line, KNOWN), Completed)


def test_of_very_many_names_the_first_are_offered():
    many = Known(names=tuple(f"model:{i}" for i in range(20_000)))

    assert completed("upstream model:", many).texts == many.names[:MOST]


def offered(shell, text):
    _, matches = shell.complete(None, text, len(text))
    return matches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%lineage upstre", "upstream"),
        ("%lineage upstream model:c", "model:churn"),
        ("x = %lineage upstream fg:cust", "fg:customers"),
        ("%lineage upstream s3://bucket/ra", "s3://bucket/raw/customers.csv"),
        ("%%lineage tra", "track"),
        ("%lineage upstream model:churn --dep", "--depth"),
    ],
)
def test_tab_in_a_shell(ip, text, expected):
    assert expected in offered(ip, text)


def test_arns_are_completed_in_a_shell(ip):
    matches = offered(ip, "%lineage show arn:aws:sagemaker:local:000000000000:act")

    assert matches == ["arn:aws:sagemaker:local:000000000000:action/join"]


def test_other_lines_are_left_alone(ip):
    assert "upstream" not in offered(ip, "%time upstre")
    assert "upstream" not in offered(ip, "upstre")


def test_an_alias_completes_as_well(ip):
    ip.run_line_magic("config", "LineageMagics.alias = 'sml'")

    assert "upstream" in offered(ip, "%sml upstre")


def test_a_key_pressed_never_opens_an_account(shell):
    load(shell)
    shell.run_line_magic("config", "LineageMagics.backend = 'sagemaker'")

    assert "upstream" in offered(shell, "%lineage upstre")
    assert not any("model:" in text for text in offered(shell, "%lineage upstream model:"))
    assert loaded(shell).session.opened is None


def test_what_cannot_be_read_is_not_offered_and_a_key_says_nothing(shell, tmp_path, capsys):
    load(shell)
    (tmp_path / "lineage.db").write_text("no store")
    (tmp_path / "pyproject.toml").write_text("[tool.sm_lineage_magics")
    capsys.readouterr()

    assert "upstream" in offered(shell, "%lineage upstre")
    assert {"local", "sagemaker"} <= set(offered(shell, "%lineage use "))
    assert not any("model:" in text for text in offered(shell, "%lineage upstream model:"))
    assert capsys.readouterr() == ("", "")


class SlowBackend:
    """Names that come when they are let."""

    def __init__(self):
        self.let = threading.Event()
        self.asked = 0

    def names(self, prefix="", limit=1000):
        if not prefix:
            self.asked += 1
            self.let.wait(10)
            yield "model:churn"


def test_names_that_take_long_are_there_at_the_next_key():
    backend, now = SlowBackend(), [0.0]
    names, lineage = Names(lambda: now[0]), Lineage(backend)

    assert names.of(lineage) == ()
    backend.let.set()
    names.wait()
    assert names.of(lineage) == ("model:churn",)
    assert backend.asked == 1

    now[0] += FRESH + 1
    names.of(lineage)
    assert backend.asked == 2
