"""Python variables on a line."""

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.magics.line.variables import subject_of


def labels(answer):
    return [entity.label for entity in answer]


def test_a_variable_that_holds_a_name_stands_for_it(ip, ask, capsys):
    ip.user_ns["best"] = "model:churn"

    assert labels(ask("models best")) == []
    assert labels(ask("feature-groups best")) == ["fg-customers"]
    assert "best: the Python variable (str) → model:churn" in capsys.readouterr().out


def test_an_answer_is_gone_on_from(ip, ask):
    ip.user_ns["found"] = ask("models fg:customers")

    assert labels(ask("endpoints found")) == ["live"]
    assert labels(ask("endpoints found+1")) == []


def test_a_list_of_names_or_uris_means_all_of_them(ip, ask, capsys):
    ip.user_ns["names"] = ["model:churn", "fg:customers"]
    ip.user_ns["part"] = ask("upstream model:churn")[:2]
    capsys.readouterr()

    assert sorted(labels(ask("show names"))) == ["churn", "fg-customers"]
    assert labels(ask("show part")) == [each.label for each in ip.user_ns["part"]]
    assert (
        "names: the Python variable (list) → model:churn, fg:customers" in capsys.readouterr().out
    )


def test_an_answers_data_frame_stands_for_the_entities_of_its_rows(ip, ask):
    found = ask("upstream model:churn").df
    ip.user_ns["groups"] = found[found.role == "feature-group"]
    ip.user_ns["none"] = found[found.role == "no such role"]

    assert labels(ask("show groups")) == ["fg-customers"]
    with pytest.raises(UsageError, match="No lineage entity is called 'none'"):
        ask("show none")


def test_a_report_stands_for_what_it_found(ip, ask):
    ip.user_ns["broken"] = ask("impact fg:customers")

    assert labels(ask("show broken")) == labels(ip.user_ns["broken"].answer)


def test_a_list_of_words_of_any_sort_is_passed_over(ip, ask, capsys):
    ip.user_ns["churn"] = ["age", "sex"]

    assert labels(ask("show churn")) == ["churn"]
    assert "churn: the Python variable (list) names no lineage" in capsys.readouterr().out


def test_a_question_of_one_entity_refuses_a_list_of_two(ip, ask):
    ip.user_ns["both"] = ["model:churn", "fg:customers"]

    for line in ("why both", "diff both model:churn", "path both model:churn"):
        with pytest.raises(UsageError, match="One entity was expected, not 2: model:churn, fg:"):
            ask(line)
    with pytest.raises(UsageError, match="levels round one entity; both holds 2"):
        ask("upstream both+1")


def test_a_feature_among_others_is_refused_for_it_would_be_taken_for_its_group(ip, ask):
    ip.user_ns["several"] = ["model:churn", "fg:customers.age"]

    with pytest.raises(UsageError, match=r"fg:customers\.age is one feature\. Expected"):
        ask("impact several")


def test_an_entity_of_an_answer_is_a_subject(ip, ask):
    ip.user_ns["entity"] = ask("models fg:customers")[0]

    assert labels(ask("feature-groups entity")) == ["fg-customers"]


def test_the_variable_wins_over_an_entity_of_its_name_and_a_prefix_over_the_variable(ip, ask):
    ip.user_ns["churn"] = "fg:customers"

    assert labels(ask("show churn")) == ["fg-customers"]
    assert labels(ask("show model:churn")) == ["churn"]


def test_a_response_of_the_service_stands_for_what_it_speaks_of(ip, ask):
    arn = "arn:aws:sagemaker:local:000000000000:feature-group/customers"
    ip.user_ns["made"] = {"FeatureGroupArn": arn}

    assert labels(ask("show made")) == ["fg-customers"]


def test_a_variable_that_names_nothing_is_passed_over_and_it_is_said(ip, ask, capsys):
    ip.user_ns["churn"] = 3

    assert labels(ask("show churn")) == ["churn"]
    assert "churn: the Python variable (int) names no lineage" in capsys.readouterr().out


def test_what_a_tracked_cell_made_stands_for_what_it_came_from(ip, ask, tmp_path, capsys):
    raw = tmp_path / "raw.csv"
    raw.write_text("a,y\n1,0\n2,1\n")
    ip.run_cell(
        "%%lineage track\n"
        "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n"
        f"frame = pd.read_csv({str(raw)!r})\n"
        "fitted = LogisticRegression().fit(frame[['a']], frame.y)"
    ).raise_error()

    assert labels(ask("show frame")) == ["raw.csv"]
    assert "raw.csv" in labels(ask("upstream fitted"))
    assert "raw.csv" in labels(ask("show +fitted"))
    said = capsys.readouterr().out
    assert f"frame: the Python variable (DataFrame) came from {raw.as_uri()}" in said
    assert "fitted: the Python variable (LogisticRegression) came from job:fit-fitted-" in said


def test_a_table_made_from_several_files_stands_for_all_of_them(ip, ask, tmp_path, capsys):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x\n1\n")
    ip.run_cell(
        "%%lineage track\n"
        "import pandas as pd\n"
        f"parts = [pd.read_csv({str(tmp_path / 'a.csv')!r}), "
        f"pd.read_csv({str(tmp_path / 'b.csv')!r})]\n"
        "whole = pd.concat(parts)"
    ).raise_error()

    assert sorted(labels(ask("show whole"))) == ["a.csv", "b.csv"]
    assert sorted(labels(ask("show parts"))) == ["a.csv", "b.csv"]
    assert "whole: the Python variable (DataFrame) came from file://" in capsys.readouterr().out


def test_a_variable_of_the_function_the_line_stands_in_is_seen(ip):
    ip.run_cell(
        "def ask():\n"
        "    inner = 'model:churn'\n"
        "    return get_ipython().run_line_magic('lineage', 'feature-groups inner')\n"
        "answer = ask()"
    )

    assert labels(ip.user_ns["answer"]) == ["fg-customers"]


def test_ipython_expands_variables_before_we_see_them(ip, ask):
    ip.user_ns["name"] = "churn"

    assert labels(ask("show model:{name}")) == ["churn"]
    assert labels(ask("show model:$name")) == ["churn"]


def test_an_answer_that_found_nothing_is_no_subject(ip, ask):
    ip.user_ns["nothing"] = ask("find nothing-of-the-kind")

    with pytest.raises(UsageError, match="holds no entity"):
        ask("upstream nothing")


def test_levels_round_several_entities_are_refused(ip, ask):
    ip.user_ns["all"] = ask("upstream model:churn")

    with pytest.raises(UsageError, match="levels round one entity"):
        ask("upstream all+1")


def test_feedback_can_be_switched_off(ip, ask, capsys):
    ask("config feedback=0")
    capsys.readouterr()
    ip.user_ns["best"] = "model:churn"

    ask("show best")

    assert capsys.readouterr().out == ""


def test_only_an_identifier_is_taken_for_a_variable():
    def never(line):
        raise QuestionError(line)

    assert subject_of("s3://bucket/x", {"s3": 1}, never) == "s3://bucket/x"
    assert subject_of("", {"": 1}, never) == ""
