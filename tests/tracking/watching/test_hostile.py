"""Values that raise, block or lie: a tracked cell looks at them without waking them."""

from __future__ import annotations

import ast
import resource
import time

import numpy
import pandas

from sm_lineage_magics.tracking.recognise.estimators import estimator_of
from sm_lineage_magics.tracking.watching.events import Held
from sm_lineage_magics.tracking.watching.names import Names

HOSTILE = """
class Hostile:
    def __getattr__(self, name):
        raise RuntimeError(f"asked for {name}")
    def __repr__(self):
        raise RuntimeError("asked for repr")
    def __eq__(self, other):
        raise RuntimeError("compared")
    __hash__ = None
    @property
    def name(self):
        raise SystemError("asked for name")
    def fit(self, x):
        self.learned_ = x
        return self
    def predict(self, x):
        return x

class Blocking:
    @property
    def latest_training_job(self):
        import time
        time.sleep(3600)
    def __fspath__(self):
        raise RuntimeError("asked for a path")

hostile, blocking = Hostile(), Blocking()
held = [hostile, blocking, {"a": hostile}]
fitted = Hostile().fit(1)
"""


def test_a_hostile_value_does_not_stop_the_cell(shell):
    """Nothing of it is called."""
    assert shell.run_cell("%%lineage track\n" + HOSTILE).success


def test_a_hostile_estimator_is_recorded_by_its_class(shell):
    """Its attributes are read where they stand."""
    shell.run_cell("%%lineage track\n" + HOSTILE)

    jobs = [e.label for e in shell.lineage.ls() if e.kind == "TrialComponent"]
    assert [label.rpartition("-")[0] for label in jobs] == ["fit-fitted-Hostile"]


def test_a_hostile_path_is_the_functions_own_error(shell):
    """pandas says what is wrong with it, as it would untracked."""
    shell.run_cell(HOSTILE)
    result = shell.run_cell("%%lineage track\nimport pandas\npandas.read_csv(hostile)")

    assert not result.success
    assert "sm_lineage" not in str(result.error_in_exec)


def test_a_frame_of_two_gigabytes_is_not_copied_or_hashed():
    """Only its identity is taken."""
    # Zeros that are never touched take no memory, until somebody reads them.
    frame = pandas.DataFrame(numpy.zeros((2**28, 1)), copy=False)
    namespace = {f"x{n}": n for n in range(5000)} | {"frame": frame}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = Names(namespace)
    seen = [Held(frame), estimator_of(frame), names.touched(namespace, ast.parse("frame"))]

    assert list(seen[-1]) == ["frame"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_an_unfitted_or_half_built_estimator_is_none():
    """As is a class, a module, a function."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    never = [LogisticRegression(), LogisticRegression, make_pipeline(LogisticRegression()), time]
    never.append(LogisticRegression.__new__(LogisticRegression))

    assert [estimator_of(value) for value in never] == [None] * len(never)


def test_a_fitted_pipeline_is_known_by_its_last_step():
    """It leaves no mark on itself."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    fitted = make_pipeline(LogisticRegression(C=2.0)).fit([[1], [2]], [0, 1])

    assert estimator_of(fitted).name == "Pipeline"
