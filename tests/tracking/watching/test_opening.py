"""Files that a cell opens by itself: seen for what they are, with what was put into them."""

from __future__ import annotations

import builtins
import io
import os
from hashlib import sha256
from pathlib import Path

import pytest

from sm_lineage_magics.tracking.watching.own import owner_of


def edges(shell) -> set[tuple[str, str]]:
    """From which data to which, by label; the cells' own links left out."""
    found = {e.arn: e for e in shell.lineage.ls(limit=None)}
    links = shell.lineage.backend.associations(found, "both")
    labels = {arn: entity.label for arn, entity in found.items() if entity.type != "Code"}
    return {
        (labels[edge.source], labels[edge.destination]) for edge in links if edge.source in labels
    }


def data(shell) -> dict[str, str]:
    """What is recorded but code: label → type."""
    return {e.label: e.type for e in shell.lineage.ls(limit=None) if e.type != "Code"}


@pytest.mark.parametrize(
    "body",
    [
        'with open("out.txt", "w") as file:\n    file.write("checked")',
        'from pathlib import Path\nPath("out.txt").write_text("checked")',
        'import gzip\nwith gzip.open("out.txt", "wt") as file:\n    file.write("checked")',
        'def save():\n    with open("out.txt", "a") as file:\n        file.write("x")\nsave()',
        'import shutil\nshutil.copyfile("a.csv", "out.txt")',
    ],
)
def test_a_file_the_cell_writes_is_recorded_however_it_opens_it(shell, body):
    assert shell.run_cell(f"%%lineage track\n{body}").success

    assert data(shell) == {"out.txt": "DataSet"}
    assert [e.type for e in shell.lineage.upstream("out.txt")] == ["Code"]


def test_watching_sees_it_as_well(shell):
    shell.run_cell("%lineage watch on")
    shell.run_cell('with open("out.txt", "w") as file:\n    file.write("checked")')
    shell.run_cell("%lineage commit")

    assert data(shell) == {"out.txt": "DataSet"}


@pytest.mark.parametrize(
    "write",
    [
        'with open("out.json", "w") as file:\n    json.dump(rows, file)',
        'with open("out.json", "w") as file:\n    file.write(json.dumps(rows))',
        'with open("out.json", "w") as file:\n    print(rows, file=file)',
        'with open("out.json", "w") as file:\n    csv.writer(file).writerows(rows)',
        'Path("out.json").write_text(str(rows))',
    ],
)
def test_what_is_put_into_a_file_is_where_it_comes_from(shell, write):
    shell.run_cell(
        "%%lineage track\nimport csv, json\nfrom pathlib import Path\n"
        'with open("a.csv") as file:\n    rows = list(csv.reader(file))\n'
        f'other = Path("b.csv").read_text()\n{write}'
    )

    assert edges(shell) == {("a.csv", "out.json")}


def test_a_file_that_is_filled_over_a_loop_comes_from_all_it_was_given(shell):
    shell.run_cell(
        '%%lineage track\nimport pandas as pd\nwith open("out.txt", "w") as out:\n'
        '    for name in ("a.csv", "b.csv"):\n'
        "        out.write(pd.read_csv(name).to_string())"
    )

    assert edges(shell) == {("a.csv", "out.txt"), ("b.csv", "out.txt")}


def test_a_file_that_is_opened_again_in_every_round_comes_from_all_of_them(shell):
    """It is one file, at one place: it is noted once, and read once to be measured."""
    shell.run_cell(
        "%%lineage track\nimport pandas as pd\nfor name in ('a.csv', 'b.csv') * 500:\n"
        "    with open('log.txt', 'a') as log:\n"
        "        log.write(name)\n"
        "with open('out.txt', 'w'):\n    pass\n"
        "for name in ('a.csv', 'b.csv'):\n"
        "    with open('out.txt', 'a') as out:\n"
        "        out.write(pd.read_csv(name).to_string())"
    )

    assert edges(shell) == {("a.csv", "out.txt"), ("b.csv", "out.txt")}
    [run] = shell.lineage.tracker.journal.runs()
    assert len(run.plan.entities) == 5


@pytest.mark.parametrize("name", ["[1].txt", "{x}.txt", "a b\nc.txt", "we<ird> 😀.txt", b"out.txt"])
def test_whatever_a_file_is_called(shell, name):
    shell.run_cell(f"%%lineage track\nwith open({name!r}, 'w'):\n    pass")

    assert list(data(shell)) == [os.fsdecode(name)]


def test_files_opened_in_a_loop_are_kept_apart(shell):
    shell.run_cell(
        '%%lineage track\nimport pandas as pd\nfor name in ("a", "b"):\n'
        '    table = pd.read_csv(f"{name}.csv")\n'
        '    with open(f"{name}.txt", "w") as out:\n'
        "        out.write(table.to_string())"
    )

    assert edges(shell) == {("a.csv", "a.txt"), ("b.csv", "b.txt")}


def test_what_is_read_after_a_file_was_opened_in_a_loop_is_not_guessed(shell):
    """When the file was closed nobody saw, so that it may be of any round."""
    shell.run_cell(
        '%%lineage track\nimport pandas as pd\nfor name in ("a", "b"):\n'
        '    with open(f"{name}.txt", "w") as out:\n'
        '        out.write(pd.read_csv(f"{name}.csv").to_string())'
    )

    assert edges(shell) == set()
    assert set(data(shell)) == {"a.csv", "b.csv", "a.txt", "b.txt"}


def test_one_of_two_open_files_is_not_both(shell):
    shell.run_cell(
        "%%lineage track\nimport pandas as pd\ntable = pd.read_csv('a.csv').to_string()\n"
        "files = [open('x.txt', 'w'), open('y.txt', 'w')]\n"
        "files[len(table) % 2].write(table)\n"
        "for file in files:\n    file.close()"
    )

    assert edges(shell) == set()


def test_files_opened_on_one_line_are_told_apart(shell):
    """Python 3.10 knows the line alone, and which of its calls it is in."""
    shell.run_cell(
        '%%lineage track\nwith open("a.csv") as one, open("c.csv", "w") as other:\n'
        "    other.write(one.read())"
    )

    assert edges(shell) == {("a.csv", "c.csv")}


def test_a_file_that_has_changed_since_is_recorded_as_it_is(shell):
    """And a model that is only opened is a model still."""
    copy = 'with open("a.csv") as one, open("{}.csv", "w") as other:\n    other.write(one.read())'
    shell.run_cell(f"%%lineage track\n{copy.format('c')}")
    (shell.folder / "a.csv").write_text("age,churned\n99,1\n")
    shell.run_cell(f"%%lineage track\n{copy.format('d')}")
    shell.run_cell(
        "%%lineage track\nimport joblib\nfrom pathlib import Path\n"
        "from sklearn.linear_model import LogisticRegression\n"
        'joblib.dump(LogisticRegression().fit([[1], [2]], [0, 1]), "m.pkl")'
    )
    shell.run_cell('%%lineage track\nPath("copy.pkl").write_bytes(Path("m.pkl").read_bytes())')

    [raw] = [e for e in shell.lineage.ls() if e.label == "a.csv"]
    assert raw.properties["Sha256"] == sha256((shell.folder / "a.csv").read_bytes()).hexdigest()
    assert data(shell)["m.pkl"] == "Model"
    assert ("m.pkl", "copy.pkl") in edges(shell)


def test_a_file_that_led_to_nothing_is_not_recorded(shell):
    """Settings, notes, a look inside: not every file that is read is data."""
    shell.run_cell('%%lineage track\nwith open("a.csv") as file:\n    print(file.read())')

    assert data(shell) == {}


def test_what_a_file_was_opened_for_says_more(shell):
    """A model dumped into it, a table written to it, a table read from it."""
    shell.run_cell(
        "%%lineage track\nimport pickle, pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n"
        'with open("a.csv") as file:\n    table = pd.read_csv(file)\n'
        'fitted = LogisticRegression().fit(table[["age"]], table["churned"])\n'
        'with open("model.pkl", "wb") as file:\n    pickle.dump(fitted, file)\n'
        'with open("copy.csv", "w") as file:\n    table.to_csv(file)'
    )

    kinds = data(shell)
    assert (kinds["model.pkl"], kinds["a.csv"], kinds["copy.csv"]) == (
        "Model",
        "DataSet",
        "DataSet",
    )
    assert ("a.csv", "copy.csv") in edges(shell)


def test_files_that_libraries_open_are_theirs(shell):
    """boto3 reads its models, and Python its modules."""
    shell.run_cell(
        "%%lineage track\nimport boto3, colorsys, importlib.metadata\n"
        'boto3.client("sts", region_name="eu-west-1", aws_access_key_id="x",'
        ' aws_secret_access_key="y")\n'
        'with open("out.txt", "w") as file, open("/dev/null", "w") as nowhere:\n'
        '    file.write(importlib.metadata.version("boto3"))\n'
        '    nowhere.write("nothing")'
    )

    assert (data(shell), edges(shell)) == ({"out.txt": "DataSet"}, set())


def test_errors_are_opens_own_and_nothing_stays_replaced(shell):
    before = builtins.open, io.open, Path.open, shell.user_ns["open"]
    result = shell.run_cell('%%lineage track\nopen("not-there.csv")')

    assert isinstance(result.error_in_exec, FileNotFoundError)
    assert (builtins.open, io.open, Path.open, shell.user_ns["open"]) == before


def test_whose_a_file_is():
    assert owner_of("<ipython-input-1-abc>") == "person"
    assert owner_of(__file__) == "person"
    assert owner_of(pytest.__file__) == "library"
    assert owner_of(io.__file__) == "standard"
