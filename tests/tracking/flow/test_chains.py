"""A cell's lineage: what is drawn, and above all what is not."""

from __future__ import annotations

import ast
import sys
import textwrap

from sm_lineage_magics.tracking.flow.reading.statements import flow

IMPORTS = """
import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
"""


def cell(body: str) -> str:
    return IMPORTS + textwrap.dedent(body)


def test_two_reads_and_two_fits_are_two_chains(notebook, edges):
    """Not four: each model belongs to the table it was fitted on."""
    facts = notebook(
        cell(
            """
            first = pd.read_csv("a.csv")
            second = pd.read_csv("b.csv")
            one = LogisticRegression().fit(first[["age"]], first["churned"])
            two = LogisticRegression().fit(second[["age"]], second["churned"])
            joblib.dump(one, "one.joblib")
            joblib.dump(two, "two.joblib")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-one-LogisticRegression"),
        ("b.csv", "ContributedTo", "fit-two-LogisticRegression"),
        ("fit-one-LogisticRegression", "Produced", "one.joblib"),
        ("fit-two-LogisticRegression", "Produced", "two.joblib"),
    }


def test_every_edge_has_its_evidence(notebook):
    """The two calls, with their lines as the notebook counts them."""
    facts = notebook('import pandas as pd\npd.read_csv("a.csv").to_csv("c.csv")')

    assert [link.evidence for link in facts.links] == [
        "line 3: pd.read_csv('a.csv').to_csv('c.csv')",
        "line 3: pd.read_csv('a.csv') → line 3: pd.read_csv('a.csv').to_csv('c.csv')",
    ]


def test_a_changed_copy_is_derived_from_its_original(notebook, edges):
    """Through assignments, slices, columns and merges."""
    facts = notebook(
        cell(
            """
            left, right = pd.read_csv("a.csv"), pd.read_csv("b.csv")
            left["other"] = right["age"]
            young = left[left["age"] < 40].dropna()
            young.to_csv("young.csv")
            right.head().to_csv("few.csv")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "DerivedFrom", "young.csv"),
        ("b.csv", "DerivedFrom", "young.csv"),
        ("b.csv", "DerivedFrom", "few.csv"),
    }


def test_assigning_a_name_again_forgets_what_it_held(notebook, edges):
    """Only the second table is written."""
    facts = notebook(
        cell(
            """
            table = pd.read_csv("a.csv")
            table = pd.read_csv("b.csv")
            table.to_csv("c.csv")
            """
        )
    )

    assert edges(facts) == {("b.csv", "DerivedFrom", "c.csv")}


def test_a_loop_keeps_its_rounds_apart(notebook, edges):
    """Two tables, two models, one after the other in the same lines."""
    facts = notebook(
        cell(
            """
            for name in ["a", "b"]:
                table = pd.read_csv(f"{name}.csv")
                model = LogisticRegression()
                model.fit(table[["age"]], table["churned"])
                joblib.dump(model, f"{name}.joblib")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-model-LogisticRegression"),
        ("b.csv", "ContributedTo", "fit-model-LogisticRegression"),
        ("fit-model-LogisticRegression", "Produced", "a.joblib"),
        ("fit-model-LogisticRegression", "Produced", "b.joblib"),
    }
    assert len([e for e in facts.entities if e.kind == "TrialComponent"]) == 2
    by_destination = {}
    for link in facts.links:
        by_destination.setdefault(link.association.destination, []).append(link.association.source)
    assert all(len(sources) <= 2 for sources in by_destination.values())


def test_what_is_collected_is_all_there(notebook, edges):
    """Appending to a list and joining it takes everything in."""
    facts = notebook(
        cell(
            """
            parts = []
            for name in ["a", "b"]:
                parts.append(pd.read_csv(f"{name}.csv"))
            pd.concat(parts).to_csv("all.csv")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "DerivedFrom", "all.csv"),
        ("b.csv", "DerivedFrom", "all.csv"),
    }


def test_a_comprehension_over_one_table_knows_of_no_other(notebook, edges):
    """In a loop over files, what is made of each of one table's rows is of that table alone."""
    facts = notebook(
        cell(
            """
            for name in ["a", "b"]:
                table = pd.read_csv(f"{name}.csv")
                rows = [
                    {column: value for column, value in row.items() if value}
                    for row in table.to_dict("records")
                ]
                shorter = table.rename(columns={each: each[:3] for each in table})
                for row in table.to_dict("records"):
                    last = {column: value for column, value in row.items()}
                pd.DataFrame(rows).to_csv(f"{name}-rows.csv")
                pd.DataFrame([last]).to_csv(f"{name}-last.csv")
                shorter.to_csv(f"{name}-short.csv")
            """
        )
    )

    assert edges(facts) == {
        (f"{name}.csv", "DerivedFrom", f"{name}-{made}.csv")
        for name in "ab"
        for made in ("rows", "last", "short")
    }


def test_one_of_several_is_not_all_of_them(notebook, edges):
    """Which table was taken from the dictionary the code does not say: no edge, but a gap."""
    facts = notebook(
        cell(
            """
            tables = {name: pd.read_csv(f"{name}.csv") for name in ["a", "b"]}
            for name in tables:
                tables[name].dropna().to_csv(f"{name}-clean.csv")
            """
        )
    )

    assert edges(facts) == set()
    assert {gap.kind for gap in facts.gaps} == {"unresolved"}


def test_the_very_value_decides(notebook, edges):
    """The same dictionary, but what is written is the object that was read."""
    facts = notebook(
        cell(
            """
            tables = {name: pd.read_csv(f"{name}.csv") for name in ["a", "b"]}
            for name in tables:
                tables[name].to_csv(f"{name}-copy.csv")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "DerivedFrom", "a-copy.csv"),
        ("b.csv", "DerivedFrom", "b-copy.csv"),
    }


def test_functions_of_the_cell_are_seen_through(notebook, edges):
    """What a function reads and fits belongs to the call of it."""
    facts = notebook(
        cell(
            """
            def load(name):
                return pd.read_csv(f"{name}.csv")

            def train(table):
                return LogisticRegression().fit(table[["age"]], table["churned"])

            one, two = train(load("a")), train(load("b"))
            joblib.dump(one, "one.joblib")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-one-LogisticRegression"),
        ("b.csv", "ContributedTo", "fit-two-LogisticRegression"),
        ("fit-one-LogisticRegression", "Produced", "one.joblib"),
    }


def test_a_transformer_passes_data_on(notebook, edges):
    """A scaler is not a model; what it scaled still comes from its file."""
    facts = notebook(
        cell(
            """
            from sklearn.preprocessing import StandardScaler
            table = pd.read_csv("a.csv")
            scaled = StandardScaler().fit_transform(table[["age"]])
            model = LogisticRegression().fit(scaled, table["churned"])
            """
        )
    )

    assert edges(facts) == {("a.csv", "ContributedTo", "fit-model-LogisticRegression")}


def test_a_model_stands_between_its_training_and_its_predictions(notebook, edges):
    """Predictions come from the model and the table scored, not from the training table."""
    facts = notebook(
        cell(
            """
            table = pd.read_csv("a.csv")
            model = LogisticRegression().fit(table[["age"]], table["churned"])
            joblib.dump(model, "model.joblib")
            scored = pd.read_csv("b.csv")
            scored["p"] = model.predict(scored[["age"]])
            scored.to_csv("scored.csv")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-model-LogisticRegression"),
        ("fit-model-LogisticRegression", "Produced", "model.joblib"),
        ("model.joblib", "ContributedTo", "scored.csv"),
        ("b.csv", "DerivedFrom", "scored.csv"),
    }


def test_a_value_is_known_again_in_a_later_cell(notebook, edges):
    """Read in one cell, fit in the next, save in the third."""
    notebook(cell('table = pd.read_csv("a.csv")\nX = table[["age"]]'))
    fitted = notebook('model = LogisticRegression().fit(X, table["churned"])')
    saved = notebook('joblib.dump(model, "model.joblib")')

    assert edges(fitted) == {("a.csv", "ContributedTo", "fit-model-LogisticRegression")}
    assert edges(saved) == {("fit-model-LogisticRegression", "Produced", "model.joblib")}


def test_a_never_fitted_estimator_is_no_model(notebook, edges):
    """Nothing was learned, so there is nothing to record."""
    facts = notebook(cell('model = LogisticRegression()\ntable = pd.read_csv("a.csv")'))

    assert {entity.type for entity in facts.entities} == {"Code", "DataSet"}


def test_a_file_that_is_gone_is_no_data_set(notebook):
    """Temporary files leave no trace."""
    facts = notebook(
        cell(
            """
            import os
            pd.read_csv("a.csv").to_csv("temporary.csv")
            os.remove("temporary.csv")
            """
        )
    )

    assert sorted(e.label for e in facts.entities if e.type == "DataSet") == ["a.csv"]


def test_models_of_one_loop_are_not_given_each_others_data(notebook, edges):
    """Which round made which element nobody can tell; then it is said, not guessed."""
    facts = notebook(
        cell(
            """
            models = {}
            for name in "ab":
                frame = pd.read_csv(f"{name}.csv")
                models[name] = LogisticRegression().fit(frame[["age"]], frame["churned"])
            """
        )
    )

    assert edges(facts) == set()
    assert {gap.kind for gap in facts.gaps} == {"unresolved"}


def test_models_of_one_loop_over_one_table_all_have_it(notebook, edges):
    """There is only one it can be."""
    facts = notebook(
        cell(
            """
            frame, models = pd.read_csv("a.csv"), []
            for c in (0.1, 1.0):
                models.append(LogisticRegression(C=c).fit(frame[["age"]], frame["churned"]))
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-models-0-LogisticRegression"),
        ("a.csv", "ContributedTo", "fit-models-1-LogisticRegression"),
    }
    assert facts.gaps == ()


def test_containers_written_out_keep_their_elements_apart(notebook, edges):
    """Lists, tuples and dicts; until their elements are put elsewhere."""
    facts = notebook(
        cell(
            """
            first, second = pd.read_csv("a.csv"), pd.read_csv("b.csv")
            models = [
                LogisticRegression().fit(first[["age"]], first["churned"]),
                LogisticRegression().fit(second[["age"]], second["churned"]),
            ]
            frames = {"young": first[first.age < 40], "old": second[second.age > 20]}
            frames["young"].to_csv("young.csv")
            pair = (first.head(), second.head())
            left, right = pair
            right.to_csv("right.csv")
            """
        )
    )

    assert edges(facts) == {
        ("a.csv", "ContributedTo", "fit-models-0-LogisticRegression"),
        ("b.csv", "ContributedTo", "fit-models-1-LogisticRegression"),
        ("a.csv", "DerivedFrom", "young.csv"),
        ("b.csv", "DerivedFrom", "right.csv"),
    }


def test_elements_that_were_put_elsewhere_are_not_told_by_their_place(notebook, edges):
    """The second was the first before."""
    facts = notebook(
        cell(
            """
            frames = [pd.read_csv("a.csv").head(), pd.read_csv("b.csv").head()]
            frames.reverse()
            frames[0].to_csv("c.csv")
            """
        )
    )

    assert edges(facts) == set()
    assert {gap.kind for gap in facts.gaps} == {"unresolved"}


def test_what_containers_hold_is_known_again_in_a_later_cell(notebook, edges):
    """By a comprehension, in a loop, unpacked."""
    notebook(
        cell(
            """
            frames = {name: pd.read_csv(f"{name}.csv") for name in "ab"}
            pair = [pd.read_csv("a.csv"), pd.read_csv("b.csv")]
            """
        )
    )
    facts = notebook(
        """
frames["a"].to_csv("c.csv")
for number, frame in enumerate(pair):
    frame.to_csv(f"{number}.csv")
left, right = pair
right.head().to_csv("head.csv")
"""
    )

    assert edges(facts) == {
        ("a.csv", "DerivedFrom", "c.csv"),
        ("a.csv", "DerivedFrom", "0.csv"),
        ("b.csv", "DerivedFrom", "1.csv"),
        ("b.csv", "DerivedFrom", "head.csv"),
    }


def test_a_model_in_a_container_is_saved_in_a_later_cell(notebook, edges):
    """As the job that fitted it, not as another one."""
    notebook(
        cell(
            """
            first, second = pd.read_csv("a.csv"), pd.read_csv("b.csv")
            models = {
                "a": LogisticRegression().fit(first[["age"]], first["churned"]),
                "b": LogisticRegression().fit(second[["age"]], second["churned"]),
            }
            """
        )
    )
    facts = notebook('joblib.dump(models["b"], "b.joblib")')

    assert edges(facts) == {("fit-models-b-LogisticRegression", "Produced", "b.joblib")}


def test_loops_within_loops_take_no_time_and_are_still_loops(notebook, edges):
    """Each was read twice within each round of the one around it: a million times at twenty."""
    loops = "".join(f"{' ' * depth}for n{depth} in [0]:\n" for depth in range(19))
    facts = notebook(
        "import pandas as pd\n"
        f"{loops}{' ' * 19}table = pd.read_csv('a.csv')\n{' ' * 19}table.to_csv('c.csv')"
    )

    assert edges(facts) == {("a.csv", "DerivedFrom", "c.csv")}


def test_generators_within_generators_take_no_time(notebook, edges):
    within = "[pd.read_csv('a.csv')]"
    for depth in range(19):
        within = f"[x{depth} for x{depth} in {within}]"
    facts = notebook(f"import pandas as pd\n({within})[0].to_csv('c.csv')")

    assert edges(facts) == {("a.csv", "DerivedFrom", "c.csv")}


def test_a_cell_of_twice_the_lines_is_twice_the_work():
    def steps(lines: int) -> int:
        tree = ast.parse("\n".join(f"name_{number} = {number}" for number in range(lines)))
        taken: list[str] = []
        sys.setprofile(lambda frame, event, _: taken.append(event))
        flow(tree)
        sys.setprofile(None)
        return len(taken)

    assert steps(1_000) < 3 * steps(500)
