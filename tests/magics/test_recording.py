"""Links named by hand, deleting, files, demos and the doctor, typed in a real shell."""

import json
import os
from pathlib import Path

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics.magics import loaded
from sm_lineage_magics.model import Answer, Home


def labels(answer):
    return [entity.label for entity in answer]


def test_a_link_is_recorded_once_and_says_so(ask, capsys):
    ask("link s3://bucket/raw/customers.csv model:churn --as DerivedFrom")
    ask("link s3://bucket/raw/customers.csv model:churn --as DerivedFrom")

    first, second = capsys.readouterr().out.splitlines()
    assert first == "Linked: s3://bucket/raw/customers.csv → model:churn (DerivedFrom)."
    assert second.startswith("Already linked: ")
    assert "customers.csv" in labels(ask("upstream model:churn --depth 1"))


def test_a_file_goes_by_its_path_as_it_was_typed_in_the_cell(ip, ask, tmp_path):
    (tmp_path / "data").mkdir()
    ip.run_cell_magic("lineage", "track", 'with open("data/raw.csv", "w") as f:\n    f.write("id")')

    assert labels(ask("show data/raw.csv")) == ["raw.csv"]
    assert labels(ask("show ./data/raw.csv")) == ["raw.csv"]
    assert labels(ask(f"show {tmp_path}/data/raw.csv")) == ["raw.csv"]


def test_a_file_that_was_never_recorded_becomes_a_data_set(ask, tmp_path):
    (tmp_path / "labels.csv").write_text("id")

    ask("link labels.csv fg:customers")

    assert "labels.csv" in labels(ask("sources fg:customers"))


@pytest.mark.parametrize("name", ["data/none.csv", "~nobody/x.csv", "x" * 300 + "/y", "none.csv"])
def test_a_path_where_nothing_is_names_nothing(ask, name):
    with pytest.raises(UsageError, match="No lineage entity is called"):
        ask(f"link {name} fg:customers")


def test_a_store_that_holds_nothing_says_so_when_it_is_opened(ask, capsys):
    ask("use other.db")
    ask("use local --store :memory:")

    assert capsys.readouterr().out.count(", which holds nothing yet.") == 2


def test_a_uri_that_was_never_recorded_becomes_a_data_set(ask):
    ask("link s3://bucket/extra.csv fg:customers")

    assert set(labels(ask("sources fg:customers"))) == {"customers.csv", "extra.csv"}


def test_a_link_can_be_taken_back(ask):
    ask("link s3://bucket/extra.csv fg:customers")
    ask("undo --yes")

    assert labels(ask("sources fg:customers")) == ["customers.csv"]


def test_a_demo_can_be_taken_back(ask):
    """In whichever store it was loaded, an account's too; loading it again writes nothing."""
    before = set(labels(ask("ls")))
    ask("demo fraud")
    ask("demo fraud")
    assert ask("journal").summary == ("1 run.",)
    ask("undo --yes")

    assert set(labels(ask("ls"))) == before


def test_forgetting_shows_first_and_deletes_only_when_told(ask):
    report = ask("forget query:join")
    assert "2 associations" in report.summary[0]
    assert len(ask("queries model:churn")) == 1

    ask("forget query:join --yes")
    assert len(ask("ls queries")) == 0
    assert labels(ask("upstream model:churn")) == ["fit", "train.csv"]


@pytest.mark.parametrize("ending", ["svg", "html", "md", "mmd", "dot", "json", "csv", "txt"])
def test_an_entity_is_exported_with_all_before_and_after_it(ask, tmp_path, ending):
    ask(f"export fg:customers {tmp_path / 'out'}.{ending}")

    text = (tmp_path / f"out.{ending}").read_text(encoding="utf-8")
    assert "customers.csv" in text
    assert "live" in text


def test_an_answer_and_a_report_are_exported_from_a_variable(ip, ask, tmp_path):
    ip.user_ns["answer"] = ask("upstream model:churn --depth 1")
    ip.user_ns["report"] = ask("lint")

    ask("export answer answer.csv")
    ask("export report report.md")

    assert "train.csv" not in (tmp_path / "answer.csv").read_text(encoding="utf-8")
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# ")


def test_a_question_writes_its_answer_as_well_and_returns_it(ask, tmp_path, capsys):
    answer = ask("upstream model:churn --depth 1 --export near.csv")

    assert capsys.readouterr().out == "Wrote near.csv.\n"
    assert (tmp_path / "near.csv").read_text(encoding="utf-8") == answer.to("csv")
    assert "--export" not in str(answer.question)


def test_a_report_is_written_also_when_it_fails_the_cell(ask, tmp_path):
    with pytest.raises(UsageError, match="1 live endpoint"):
        ask("impact fg:customers --fail-if live --report impact.md")

    assert (tmp_path / "impact.md").read_text(encoding="utf-8").startswith("# What depends on")


@pytest.mark.parametrize(
    "line", ["upstream x --export x.png", "ls --export ls", "impact x --report impact.svg"]
)
def test_a_file_of_no_known_format_is_refused_before_the_question_is_asked(ask, line):
    with pytest.raises(UsageError, match=r"does not end in a format. Expected one of: \."):
        ask(line)


def test_a_file_in_no_folder_is_told_in_one_line(ask):
    for line in ("upstream model:churn --export no/x.svg", "reproduce model:churn no/x.ipynb"):
        with pytest.raises(UsageError, match="Expected a file in a folder that exists"):
            ask(line)


def test_a_selector_exports_what_it_means(ask, tmp_path):
    ask("export +query:join join.json")
    ask("use local --store other.db")
    ask("import join.json")

    assert set(labels(ask("ls"))) == {"customers.csv", "clean", "fg-customers", "join"}


def test_what_is_imported_is_what_was_exported_and_twice_is_once(ask, capsys):
    ask("export model:churn all.json")
    ask("use local --store other.db")
    plan = ask("import all.json --plan")
    assert "8 to create" in plan.summary[0]
    assert len(ask("ls")) == 0
    capsys.readouterr()

    ask("import all.json")
    ask("import all.json")

    first, second = capsys.readouterr().out.splitlines()
    assert "8 entities and 7 associations were new" in first
    assert "0 entities and 0 associations were new" in second
    assert len(ask("upstream endpoint:live")) == 7


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 100_000,
        "[]",
        '"x"',
        '{"format": "other"}',
        '{"format": "sm_lineage_magics.answer", "version": 99, "entities": []}',
        '{"entities": [{"arn": "a", "kind": "Thing"}]}',
        "\x00",
    ],
)
def test_a_file_that_is_not_ours_is_refused_by_name_and_changes_nothing(ask, tmp_path, text):
    (tmp_path / "bad.json").write_text(text)

    with pytest.raises(UsageError, match=r"^bad\.json"):
        ask("import bad.json")
    assert len(ask("ls")) == 8


def test_of_a_large_file_it_is_said_that_it_takes_its_time(ask, tmp_path, capsys):
    (tmp_path / "large.json").write_text('{"entities": []' + " " * 10_000_000 + "}")
    capsys.readouterr()

    ask("import large.json")

    first, last = capsys.readouterr().out.splitlines()
    assert first == "10 MB to read: until all is in, an interrupt leaves all out."
    assert last == "Imported large.json: 0 entities and 0 associations were new."


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_refused_and_not_waited_for(ask, tmp_path, kind):
    path = {"device": Path("/dev/zero")}.get(kind, tmp_path / "odd.json")
    if kind == "pipe":
        os.mkfifo(path)
    if kind == "folder":
        path.mkdir()

    with pytest.raises(UsageError, match="a folder, a pipe or a device"):
        ask(f"import {path}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"details": {"source_types": 5}},
        {"details": {"metadata": "x"}},
        {"details": {"tags": {"a": None, "b": 1}}},
        {"arn": "churn"},
        {"created": "0001-01-01T00:00+14:00"},
        {"name": "\ud800"},
        {"details": {"a": json.loads("[" * 900 + "]" * 900)}},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_one_wrong_value_deep_inside_is_named_and_nothing_is_imported(ask, tmp_path, wrong):
    ask("export model:churn all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    document["graph"]["entities"][-1].update({"arn": Home().artifact("new"), **wrong})
    (tmp_path / "bad.json").write_text(json.dumps(document))
    ask("use local --store other.db")

    with pytest.raises(UsageError, match="Expected"):
        ask("import bad.json")
    assert len(ask("ls")) == 0


def test_a_demo_brings_in_a_lineage_and_says_what_to_ask(ask, capsys):
    ask("use local --store other.db")
    capsys.readouterr()
    answer = ask("demo fraud")
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]

    assert isinstance(answer, Answer)
    for line in lines[1:]:
        assert len(ask(line.removeprefix("%lineage "))) > 0


def test_the_raw_tables_of_a_demo_are_written_on_demand(ask, tmp_path):
    ask(f"demo grocery --tables {tmp_path / 'data'}")

    assert {path.suffix for path in (tmp_path / "data").iterdir()} == {".csv"}


def test_the_doctor_tells_what_it_found_and_what_to_do(ask, tmp_path):
    report = ask("doctor")
    found = {row[0]: row[1:] for section in report.sections for row in section.rows}

    assert str(tmp_path / "lineage.db") in found["opened"][0]
    assert found["entities"][0] == "8"
    assert found["runs in"][0] == "a terminal"
    assert all(len(row) == 2 for row in found.values())


def test_the_doctor_does_not_die_of_a_store_that_cannot_be_opened(ip, ask, tmp_path):
    loaded(ip).session.close()
    (tmp_path / "lineage.db").write_bytes(b"not a store at all" * 100)

    report = ask("doctor")

    rows = {row[0]: row for section in report.sections for row in section.rows}
    assert rows["opened"][1] == "no"
    assert "lineage.db" in rows["opened"][2]
