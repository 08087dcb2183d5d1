"""What stands in the notebook's own memory: data frames and fitted estimators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import Resource
from .estimators import estimator_of
from .peek import entry, peek
from .registry import recognises
from .rows import named
from .texts import resources_of_text

# A frame does not know where it came from unless somebody wrote it there.
_NOTED = ("lineage", "source", "source_uri")


@recognises("pandas.core.generic.NDFrame")  # what DataFrame and Series are, in pandas 2 and 3
def frame(value: Any, origin: str) -> Iterator[Resource]:
    """The source noted in a frame's `attrs`; the data itself is not looked at."""
    for key in _NOTED:
        noted = entry(peek(value, "_attrs"), key)
        if type(noted) is str:
            yield from resources_of_text(noted, origin)


def fitted(value: Any, origin: str) -> Iterator[Resource]:
    """An estimator in the manner of scikit-learn that has been fitted."""
    estimator = estimator_of(value)
    if estimator is not None:
        yield named("estimator", estimator.name, origin=origin, estimator=estimator)
