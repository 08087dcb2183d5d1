"""Upstream of about fifty entities, names and edges included, at each size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from build import built
from measure import interleaved, ms, table

from embedded.models import some_models
from sm_lineage_magics.backends.local import LocalBackend


def walks(folder: Path, sizes: list[int]) -> None:
    """Print one answer's time at each size, and its ratio to the first size."""
    with ExitStack() as opened:
        runs = {f"{size:,} entities": _asking(opened, built(folder, size)) for size in sizes}
        taken = interleaved(runs, 25)
    base = next(iter(taken.values()))
    rows = [(name, ms(t / 20), f"{t / base:.2f}") for name, t in taken.items()]
    table("Upstream of about 50 (goal: within 1.3)", ("store", "one answer", "ratio"), rows)


def _asking(opened: ExitStack, path: Path) -> Callable[[], object]:
    """A call that asks a store of its models, each in turn."""
    backend = opened.enter_context(closing(LocalBackend.open(path)))
    models = some_models(backend)
    return lambda: [backend.traverse([arn], "upstream", max_depth=10) for arn in models]
