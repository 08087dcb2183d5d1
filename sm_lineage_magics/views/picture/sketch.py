"""A picture before it is laid out: what is named how, what is joined to what, what is missing.

>>> sketch = sketch_of(answer)
>>> [label.lines for label in sketch.labels], list(sketch.bundles)
([('churn',), ('train-churn',)], [('arn:…/train', 'arn:…/churn')])

Languages that lay out by themselves (Mermaid, DOT) are written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...model import Answer, Association, LineageGraph, Mark
from ...model.wording import counted
from .features import Feature, features_in
from .grouping import Group, Grouped, Place, grouped
from .label import Label, entity_label, feature_label, group_label
from .layout import Pair
from .missing import Absence, absences_of
from .thinning import shortcuts
from .values import PLAIN, Drawing

Bundles = Mapping[Pair, list[Association]]

# For each thing there is room for. With more, no eye follows one of them from end to end.
_READABLE = 2


@dataclass(frozen=True)
class Sketch:
    """What is to be drawn.

    Attributes:
        labels: entities and groups, in the answer's order, and features after them.
        bundles: (id, id) → the associations between the two.
        absences: what is missing at a place that is known.
        groups: the groups among the labels.
        features: the features among the labels.
        notes: what the drawing leaves out though the answer holds it, in words.
        places: of every entity the side of the focus and the distance from it.
    """

    labels: tuple[Label, ...]
    bundles: Bundles
    absences: tuple[Absence, ...]
    groups: tuple[Group, ...]
    features: tuple[Feature, ...] = ()
    notes: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def sketch_of(answer: Answer, drawing: Drawing = PLAIN) -> Sketch:
    """Group, name and bundle."""
    small = grouped(answer, drawing.cap, drawing.keep, drawing.opened, drawing.marks)
    features = features_in(answer.graph, drawing.features)
    bundles = _bundles(answer.graph, features, small.home)
    spared = _spared(bundles, small, answer, drawing)
    return Sketch(
        (*_labels(answer, small, drawing.marks), *map(feature_label, features)),
        {pair: bundle for pair, bundle in bundles.items() if pair not in spared},
        absences_of(answer, small),
        small.groups,
        features,
        tuple(_notes(bundles[pair] for pair in spared)),
        small.places,
    )


def _labels(answer: Answer, small: Grouped, marks: Mapping[str, Mark]) -> Iterable[Label]:
    """Entities and groups in the answer's order, which decides ties in the layout."""
    groups = {group.id: group for group in small.groups}
    ids = dict.fromkeys(small.home[arn] for arn in answer.graph.entities)
    for id in ids:
        if id in groups:
            yield group_label(groups[id], answer.graph, marks)
        else:
            yield entity_label(answer.graph.entities[id], marks.get(id))


def _bundles(graph: LineageGraph, features: Iterable[Feature], home: Mapping[str, str]) -> Bundles:
    """The associations between any two things drawn; those within a group are not drawn."""
    instead = {pair for feature in features for pair in feature.bypassed}
    links = (link for feature in features for link in feature.links)
    bundles: dict[Pair, list[Association]] = {}
    for edge in (*graph.associations, *links):
        if instead and edge.pair in instead:
            continue
        source = home.get(edge.source, edge.source)
        destination = home.get(edge.destination, edge.destination)
        if source != destination or source == edge.source:
            bundles.setdefault((source, destination), []).append(edge)
    return bundles


def _spared(bundles: Bundles, small: Grouped, answer: Answer, drawing: Drawing) -> set[Pair]:
    """Of a crowded picture the edges of groups that a longer way shows as well.

    What was asked about, is kept or is marked has all its edges, and so have features and what is
    missing.
    """
    if len(bundles) <= _READABLE * drawing.cap:
        return set()
    groups = {group.id for group in small.groups}
    plain = {*small.single, *groups} - {*answer.focus, *drawing.keep}
    return {
        pair
        for pair in shortcuts(bundles)
        if not groups.isdisjoint(pair)
        and plain.issuperset(pair)
        and not any(_marked(edge, drawing) for edge in bundles[pair])
    }


def _marked(edge: Association, drawing: Drawing) -> bool:
    return edge.pair in drawing.edge_marks or not drawing.marks.keys().isdisjoint(edge.pair)


def _notes(left_out: Iterable[list[Association]]) -> Iterable[str]:
    number = sum(map(len, left_out))
    if number:
        yield (
            f"Not drawn: {counted(number, 'direct association')} of groups, beside a longer way"
            " that is drawn."
        )
