"""How associations came to be recorded, read from the journal.

>>> drawn(journal.runs())[source.arn, destination.arn].evidence
'the job read it as channel train'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...query.evidence.path import Drawn
from .journal import Run


def drawn(runs: Iterable[Run]) -> Mapping[tuple[str, str], Drawn]:
    """By (source, destination) ARNs as the backend knows them, of links that have evidence.

    The first recording counts.
    """
    known: dict[tuple[str, str], Drawn] = {}
    for run in runs:
        if run.status in ("partial", "applied"):
            for pair, how in _of(run):
                known.setdefault(pair, how)
    return known


def _of(run: Run) -> Iterator[tuple[tuple[str, str], Drawn]]:
    arns = run.receipt.arns
    written = set(run.receipt.linked)
    for link in run.plan.links:
        source, destination = (arns.get(arn, arn) for arn in link.association.pair)
        if link.evidence and (source, destination) in written:
            yield (source, destination), Drawn(link.evidence, run.id, run.title, run.time)
