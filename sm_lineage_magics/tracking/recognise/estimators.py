"""Fitted estimators, told by their shape: a `fit` of their class, and attributes that fitting left.

Only the class and the instance's own attributes are looked at; no code of the estimator runs, so
that a property that raises or blocks cannot stop a cell.

>>> estimator_of(LogisticRegression(C=2.0).fit(X, y))
Estimator('LogisticRegression', 'sklearn.linear_model._logistic', {'C': 2.0, …}, predicts=True)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..secrets import is_secret_name

# SageMaker's own estimators are known by the jobs they start.
_NOT_LOCAL = ("sagemaker", "sagemaker_core")
_LEARNERS = ("predict", "transform", "fit_predict", "fit_transform", "get_params")
# Boosters keep what they learned in one private attribute.
_LEARNED = ("_Booster", "_fitted", "_is_fitted_", "trained_")
# The most parameters a trial component takes.
MOST_PARAMETERS = 300
LONGEST_PARAMETER = 2500


@dataclass(frozen=True)
class Estimator:
    """What can be said of a fitted estimator without running any code of its own.

    Attributes:
        name: its class.
        module: where the class is defined.
        parameters: constructor parameters with plain values, secrets left out.
        predicts: whether it is a model rather than a transformer of data.
    """

    name: str
    module: str
    parameters: Mapping[str, str | int | float] = field(default_factory=dict, hash=False)
    predicts: bool = True


def estimator_of(value: Any) -> Estimator | None:
    """The estimator `value` is, or None when it is none or was never fitted."""
    kind = type(value)
    if not _is_estimator(kind) or not is_fitted(value):
        return None
    parameters = dict(list(_parameters(value))[:MOST_PARAMETERS])
    return Estimator(kind.__name__, kind.__module__, parameters, _defines(kind, "predict"))


def is_fitted(value: Any) -> bool:
    """Whether fitting has left its marks: attributes ending in one underscore, or a booster."""
    own = _own(value)
    if any(own.get(name) is not None for name in _LEARNED) or any(map(_is_learned, own)):
        return True
    steps = own.get("steps")  # a pipeline is as fitted as its last step
    if isinstance(steps, list) and steps and isinstance(steps[-1], tuple):
        return is_fitted(steps[-1][-1])
    return False


def _is_estimator(kind: type) -> bool:
    if kind.__module__.partition(".")[0] in _NOT_LOCAL:
        return False
    return _defines(kind, "fit") and any(_defines(kind, name) for name in _LEARNERS)


def _is_learned(name: str) -> bool:
    return name.endswith("_") and not name.startswith("_") and not name.endswith("__")


def _parameters(value: Any) -> Iterator[tuple[str, str | int | float]]:
    for name, setting in _own(value).items():
        if name.startswith("_") or name.endswith("_") or is_secret_name(name):
            continue
        if isinstance(setting, bool):
            yield name, str(setting)
        elif isinstance(setting, (int, float, str)):
            yield name, setting[:LONGEST_PARAMETER] if isinstance(setting, str) else setting


def _own(value: Any) -> Mapping[str, Any]:
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:  # slots only
        return {}
    return own if isinstance(own, dict) else {}


def _defines(kind: type, name: str) -> bool:
    return any(name in vars(ancestor) for ancestor in kind.__mro__)
