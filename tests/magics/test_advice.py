"""After a recording it is said what can be asked now: once, in lines that answer when typed."""

from __future__ import annotations

import re

import pytest

COPY = "import pandas as pd\npd.read_csv('raw.csv').to_csv('{}.csv')"


@pytest.fixture
def track(ip, tmp_path, monkeypatch, capsys):
    """Track a cell that copies a table; what it says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw.csv").write_text("age\n20\n")

    def tracked(name: str, line: str = "") -> str:
        capsys.readouterr()
        assert ip.run_cell(f"%%lineage track {line}\n{COPY.format(name)}").success
        return capsys.readouterr().out

    return tracked


def asked(said: str) -> list[str]:
    """The lines that are advised."""
    return re.findall(r"%lineage (?:up|down)stream \S+", said)


def test_the_lines_answer(ip, track):
    lines = asked(track("copy"))

    assert lines == ["%lineage upstream copy.csv", "%lineage downstream raw.csv"]
    made, led_to = (ip.run_cell(line).result for line in lines)
    assert "raw.csv" in [entity.label for entity in made]
    assert "copy.csv" in [entity.label for entity in led_to]


def test_it_is_said_once_in_a_session(track):
    assert [len(asked(track(name))) for name in ("one", "two")] == [2, 0]


def test_it_is_said_every_time_where_much_feedback_is_wanted(ip, track):
    ip.run_line_magic("lineage", "config feedback=2")

    assert [len(asked(track(name))) for name in ("one", "two")] == [2, 2]


@pytest.mark.parametrize("line", ["--quiet", "--plan"])
def test_a_quiet_line_and_a_plan_leave_it_for_later(track, line):
    """Of a plan nothing can be asked yet."""
    assert asked(track("one", line)) == []
    assert len(asked(track("one"))) == 2


def test_without_feedback_nothing_is_said(ip, track):
    ip.run_line_magic("lineage", "config feedback=0")

    assert track("one") == ""


def test_a_name_that_two_files_bear_is_told_whole(ip, track, tmp_path):
    (tmp_path / "other").mkdir()
    track("other/copy", "--quiet")
    lines = asked(track("copy"))

    assert lines[0] == f"%lineage upstream {(tmp_path / 'copy.csv').as_uri()}"


def test_a_model_is_named_as_a_model(ip, track, capsys):
    """`fitted` is a variable; `model:churn` is not."""
    track("one", "--quiet")
    fit = (
        "import joblib\nfrom sklearn.linear_model import LogisticRegression\n"
        "table = pd.read_csv('raw.csv')\nfitted = LogisticRegression()\n"
        "fitted.fit([[1], [2]], [0, len(table)])\njoblib.dump(fitted, 'churn.joblib')"
    )
    ip.run_cell(f"%%lineage track --model churn\n{fit}")

    assert "%lineage upstream model:churn" in asked(capsys.readouterr().out)


def test_what_was_committed_can_be_asked_too(ip, track, tmp_path):
    """In the report, as text and as HTML."""
    ip.run_line_magic("lineage", "watch on")
    ip.run_cell(COPY.format("seen"))
    ip.run_cell("!sh -c 'exit 0'")  # of which nothing can be asked
    report = ip.run_cell("%lineage commit").result
    ip.run_line_magic("lineage", "watch off")

    assert "%lineage upstream seen.csv" in report.to("text")
    assert "%lineage upstream seen.csv" in report.to("fragment")
