"""The lineage entity of what an event touched: a data set, or a model that was saved or loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model import Entity, vocabulary
from ..data.datasets import dataset, model
from ..watching.events import Event

# What only ever saves models: the value need not be an estimator to be one.
_SAVES_MODELS = frozenset(("save_model", "save"))


class Subjects:
    """The entities of a cell's events.

    Args:
        events: all of them.
        model: what the person calls the model, where the cell saves just one.
    """

    def __init__(self, events: Iterable[Event], model: str) -> None:
        saved = {event.uri for event in events if saves_model(event)}
        self._model = model if len(saved) == 1 else ""
        self._measured: dict[str, Entity] = {}

    def of(self, event: Event) -> Entity:
        """The entity of what an event touched."""
        if saves_model(event):
            return model(event.uri, self._model, _estimator_properties(event))
        if event.act == "load" and event.estimator is not None:
            return model(event.uri, "", _estimator_properties(event))
        known = self._data(event.uri)
        return replace(known, properties={**known.properties, **event.known})

    def _data(self, uri: str) -> Entity:
        """A data set as it is now: however often it was touched, its file is read once."""
        if uri not in self._measured:
            self._measured[uri] = dataset(uri)
        return self._measured[uri]


def saves_model(event: Event) -> bool:
    """Whether an event saved a model, not another object."""
    known = event.estimator is not None or event.call in _SAVES_MODELS
    return event.act == "save" and known


def _estimator_properties(event: Event) -> dict[str, str]:
    if event.estimator is None:
        return {}
    return {vocabulary.ESTIMATOR: f"{event.estimator.module}.{event.estimator.name}"}
