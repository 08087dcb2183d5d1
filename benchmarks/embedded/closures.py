"""The first page and the whole of closures of any size."""

from __future__ import annotations

import random
from contextlib import closing
from itertools import islice
from pathlib import Path

from build import built
from measure import median, ms, table

from sm_lineage_magics.backends.local import LocalBackend, Store
from sm_lineage_magics.model import Entity, EntityFilter, crossings, walk

_GROUPS = EntityFilter(types=("FeatureGroup",))
_HEAD = ("closure", "first 50 with details", "ratio", "walk in the store", "whole answer, each")


def closures(folder: Path, sizes: list[int]) -> None:
    """Print what closures of the largest store cost, from small ones to its largest."""
    with closing(LocalBackend.open(built(folder, sizes[-1]))) as backend:
        measured = [(size, *_costs(backend, size, arn)) for size, arn in _some_closures(backend)]
    base = measured[0][1]
    rows = [
        (f"{size:,}", ms(page), f"{page / base:.2f}", _microseconds(walked), _microseconds(whole))
        for size, page, walked, whole in measured
    ]
    table("Pages and closures downstream (goals: first page within 2; 12 µs)", _HEAD, rows)


def _some_closures(backend: LocalBackend) -> list[tuple[int, str]]:
    """Up to six sizes over fifty, evenly among those of some feature groups, and whose each is."""
    groups = [entity.arn for entity in backend.find(only=_GROUPS)]
    some = [groups[-1], groups[-3], *random.Random(7).sample(groups, min(60, len(groups)))]
    sized = {len(backend.traverse([arn], "downstream")): arn for arn in some}
    known = sorted(sized)
    picked = sorted({known[len(known) * part // 6] for part in range(1, 6)} | {known[-1]})
    return [(size, sized[size]) for size in picked if size > 50]


def _costs(backend: LocalBackend, size: int, arn: str) -> tuple[float, float, float]:
    """Seconds of the first page, and for each entity of the walk and of the whole answer."""
    page = median(lambda: _first_page(backend.store, arn), 25)
    walked = median(lambda: _whole_walk(backend.store, arn), 3)
    whole = median(lambda: backend.traverse([arn], "downstream"), 3)
    return page, walked / size, whole / size


def _first_page(store: Store, arn: str) -> dict[str, Entity]:
    """The fifty entities nearest downstream, with their details."""
    new = (node for _, node, _, new in crossings([arn], store.step("downstream")) if new)
    return store.get(islice(new, 50))


def _whole_walk(store: Store, arn: str) -> int:
    """Every ARN and association downstream, without the entities' details."""
    with store.reading():
        return sum(len(nodes) for _, nodes, _ in walk([arn], store.step("downstream")))


def _microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs"
