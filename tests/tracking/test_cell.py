"""A tracked cell runs as the notebook itself would run it, and stops what it would stop."""

from __future__ import annotations

import re

import joblib
import pandas
import pytest
from IPython.core.error import UsageError

from sm_lineage_magics import Lineage

CHAIN = """
import joblib, pandas as pd
from sklearn.linear_model import LogisticRegression
table = pd.read_csv("a.csv")
model = LogisticRegression().fit(table[["age"]], table["churned"])
joblib.dump(model, "model.joblib")
"""


def test_the_last_expression_is_the_result(shell):
    """As of any cell."""
    assert shell.run_cell("%%lineage track\nx = 20\nx + 1").result == 21


def test_a_trailing_semicolon_hides_it(shell):
    """As in any cell."""
    assert shell.run_cell("%%lineage track\n1 + 1;  # two").result is None


def test_magics_and_shell_commands_work_inside(shell, capfd):
    """The body is a cell of its own."""
    assert shell.run_cell("%%lineage track\n!echo hello\n%pylab_is_not_here").success is False
    assert shell.run_cell("%%lineage track\nfound = %pwd\nfound").success is True
    assert "hello" in capfd.readouterr().out


def test_an_error_is_the_bodys_own_at_its_own_line(shell, capsys):
    """One traceback; the magic's line counts as the first."""
    result = shell.run_cell("%%lineage track\n\nx = 1\n1 / 0")

    said = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert isinstance(result.error_in_exec, ZeroDivisionError)
    assert said.count("ZeroDivisionError: division by zero") == 1
    assert "----> 4 1 / 0" in said
    assert "sm_lineage_magics" not in said


def test_what_is_no_python_is_one_line_that_says_where(shell, capsys):
    """None of our frames is shown, and nothing ran."""
    result = shell.run_cell("%%lineage track\nran = True\nx = = 1")

    assert type(result.error_in_exec) is UsageError
    assert str(result.error_in_exec) == "Line 3 is no Python: invalid syntax: x = = 1"
    assert "Traceback" not in capsys.readouterr().out
    assert "ran" not in shell.user_ns


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("return 5", "Line 3 is no Python: 'return' outside function"),
        ("break", "Line 3 is no Python: 'break' outside loop"),
        ("nonlocal x", "Line 3 is no Python: nonlocal declaration not allowed at module level"),
    ],
)
def test_what_python_refuses_only_after_parsing_it_is_one_line_too(shell, line, said):
    result = shell.run_cell(f"%%lineage track\nran = True\n{line}")

    assert type(result.error_in_exec) is UsageError
    assert str(result.error_in_exec).startswith(said)
    assert "ran" not in shell.user_ns


def test_a_failing_cell_writes_nothing_but_a_line_in_the_journal(shell, tmp_path):
    """Half a chain would be worse than none."""
    shell.run_cell("%%lineage track\n" + CHAIN + "raise ValueError('half-way')")

    lineage = shell.lineage
    assert list(lineage.ls()) == []
    assert [(r.status, r.error) for r in lineage.tracker.journal.runs()] == [
        ("failed", "ValueError: half-way")
    ]


def test_an_interrupt_is_passed_on(shell):
    """Ctrl-C stops the cell; nothing stays replaced."""
    original = pandas.read_csv
    shell.run_cell("%%lineage track\nimport pandas\nraise KeyboardInterrupt")

    assert pandas.read_csv is original
    assert [run.status for run in shell.lineage.tracker.journal.runs()] == ["failed"]


def test_top_level_await_is_refused_before_anything_runs(shell, capsys):
    """A magic cannot await; the message says what to do."""
    result = shell.run_cell("%%lineage track\nran = True\nimport asyncio\nawait asyncio.sleep(0)")

    assert isinstance(result.error_in_exec, UsageError)
    assert "Line 4 awaits" in str(result.error_in_exec)
    assert "%lineage watch on" in str(result.error_in_exec)
    assert "ran" not in shell.user_ns


def test_functions_of_the_body_keep_their_source(shell):
    """`inspect.getsource` finds them where the notebook shows them."""
    source = "def double(x):\n    return 2 * x\n"
    shell.run_cell("%%lineage track\n" + source)

    import inspect

    assert inspect.getsource(shell.user_ns["double"]) == source


def test_a_tracked_cell_finds_its_own_lineage(shell):
    """Read, fit, save: and the model knows where it came from."""
    shell.run_cell("%%lineage track churn --model churn\n" + CHAIN)

    answer = shell.run_cell("%lineage upstream model:churn").result
    assert sorted((e.type, e.label.rpartition("-")[0] or e.label) for e in answer) == [
        ("Code", "cell"),
        ("DataSet", "a.csv"),
        ("TrainingJob", "churn-model-LogisticRegression"),
    ]
    assert answer.complete


def test_the_same_cell_twice_writes_nothing_the_second_time(shell):
    """Lineage has no entity for a run of a cell."""
    for _ in range(2):
        shell.run_cell("%%lineage track churn\n" + CHAIN)

    assert [run.status for run in shell.lineage.tracker.journal.runs()] == ["applied"]


def test_run_twice_then_undone_the_store_is_as_before(shell):
    """What was not ours stays."""
    lineage = shell.lineage
    shell.run_cell("%%lineage track\nimport pandas as pd\npd.read_csv('a.csv')")
    before = _everything(lineage)
    for _ in range(2):
        shell.run_cell("%%lineage track churn\n" + CHAIN)
    shell.run_cell("%lineage undo --yes")

    assert _everything(lineage) == before


def test_undo_is_shown_first(shell, capsys):
    """Nothing goes without --yes."""
    shell.run_cell("%%lineage track churn\n" + CHAIN)
    before = _everything(shell.lineage)
    shell.run_cell("%lineage undo")

    assert "add --yes" in capsys.readouterr().out
    assert _everything(shell.lineage) == before


def test_a_plan_writes_nothing(shell, capsys):
    """It is shown; a store on this machine has no quota that it would take of."""
    shell.run_cell("%%lineage track --plan --store-to planned\n" + CHAIN)

    shown = capsys.readouterr().out
    assert "Would do: create 4, link 3." in shown
    assert "quota" not in shown
    assert list(shell.lineage.ls()) == []
    assert len(shell.user_ns["planned"]) == 4


def test_what_the_person_says_is_recorded_as_said(shell):
    """A source the code does not show, a link, a note."""
    shell.run_cell("%%lineage track\nimport pandas as pd\npd.read_csv('b.csv')")
    shell.run_cell(
        "%%lineage track --source s3://shop/raw.csv --link b.csv c.csv --note 'after the fix'\n"
        "import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('c.csv')"
    )

    upstream = shell.lineage.upstream(f"file://{shell.folder}/c.csv")
    assert sorted(e.label for e in upstream if e.type == "DataSet") == ["b.csv", "raw.csv"]
    assert [e.properties["Note"] for e in upstream if e.type == "Code"] == ["after the fix"]


def test_a_link_on_a_cell_may_name_what_nobody_recorded(shell):
    """As `%lineage link` may: a URI becomes a data set, without its secrets."""
    shell.run_cell(
        "%%lineage track --link jdbc:redshift://me:pL4nted@insurer/claims c.csv\n"
        "import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('c.csv')"
    )

    upstream = shell.lineage.upstream(f"file://{shell.folder}/c.csv")
    assert [e.source_uri for e in upstream if e.type == "DataSet"] == [
        "jdbc:redshift://insurer/claims"
    ]


def test_a_gap_in_a_plan_is_told_once(shell, capsys):
    """In the report, not below it again."""
    shell.run_cell("%%lineage track --plan --source s3://shop/raw.csv\nx = 1")

    assert capsys.readouterr().out.count("without a data source") == 1


def test_secrets_in_the_cell_are_not_recorded(shell):
    """The source is kept, without them."""
    shell.run_cell("%%lineage track\npassword = 'pL4nted'\nx = 1")

    [code] = shell.lineage.ls()
    assert "pL4nted" not in repr(code)
    assert "password = " in code.properties["Source"]


def test_nothing_stays_replaced(shell):
    """Neither in the libraries nor in the notebook's own names."""
    shell.run_cell("from joblib import dump")
    shell.run_cell("%%lineage track\n" + CHAIN + "from pandas import read_csv")

    assert shell.user_ns["dump"] is joblib.dump
    assert shell.user_ns["read_csv"] is pandas.read_csv
    assert not hasattr(pandas.read_csv, "__wrapped__") or pandas.read_csv.__module__ == (
        "pandas.io.parsers.readers"
    )


def test_names_imported_earlier_are_seen_too(shell):
    """`from pandas import read_csv` in a cell before."""
    shell.run_cell("from pandas import read_csv")
    shell.run_cell("%%lineage track\nread_csv('a.csv').to_csv('c.csv')")

    upstream = shell.lineage.upstream(f"file://{shell.folder}/c.csv")
    assert [e.label for e in upstream if e.type == "DataSet"] == ["a.csv"]


@pytest.mark.parametrize("line", ["track", "undo nothing", "track a b c"])
def test_a_mistake_is_one_line(shell, line):
    """Exactly UsageError, so that Run All stops and no traceback is shown."""
    cell = f"%%lineage {line}\nx = 1" if line.startswith("track a") else f"%lineage {line}"

    assert type(shell.run_cell(cell).error_in_exec) is UsageError


def _everything(lineage: Lineage):
    entities = {entity.arn: entity for entity in lineage.ls(limit=None)}
    return entities, set(lineage.backend.associations(entities, "both"))


@pytest.mark.parametrize("other", ["%%time", "%%capture shown"])
def test_time_and_capture_go_on_top_or_beneath(shell, other, capsys):
    """Either way the cell is seen, and its lines are the notebook's."""
    body = 'import pandas as pd\npd.read_csv("a.csv").to_csv("copy.csv")'
    shell.run_cell(f"{other}\n%%lineage track\n{body}")
    shell.run_cell(f"%%lineage track\n{other}\n{body}")

    above, beneath = (run.plan for run in shell.lineage.tracker.journal.runs())
    assert "Wall time" in capsys.readouterr().out or "shown" in shell.user_ns
    assert {link.evidence.partition(":")[0] for link in beneath.links} == {"line 4"}
    assert [link.association.type for link in beneath.links] == [
        link.association.type for link in above.links
    ]


def test_a_name_for_a_model_that_was_not_seen_is_said_to_name_nothing(shell, capsys):
    """Else it is missed only when somebody asks for it."""
    shell.run_cell("%%lineage track --model churn\nx = 1")

    assert "unresolved at churn: No model was seen in the cell" in capsys.readouterr().out


def test_what_is_nested_too_deep_to_be_read_runs_and_is_named(shell, capsys):
    """A chain of three hundred calls is deeper than what reads it may go."""
    chain = "text = ' a '" + ".strip()" * 300
    result = shell.run_cell(
        f"%%lineage track\nimport pandas as pd\n{chain}\npd.read_csv('a.csv').to_csv('c.csv')"
    )

    assert (result.success, shell.user_ns["text"]) == (True, "a")
    assert "The statement in line 3 is nested too deep to be read" in capsys.readouterr().out
    assert {"a.csv", "c.csv"} <= {entity.label for entity in shell.lineage.ls()}
