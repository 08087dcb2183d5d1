"""What differs between two models, in a line for each theme.

>>> summary(diff(graph_a, graph_b))
('3 of 12 parts differ.', 'Settings: train-2: eta 0.2 → 0.3.', …)
"""

from __future__ import annotations

from collections.abc import Iterator

from ....model.wording import some
from .difference import Change, Difference, changed_columns, differing
from .themes import Theme, by_theme

# What a setting is called among other facts.
PARAMETER = "Parameter "

# Two values longer than this together are for the tables, not for a summary.
_SHORT = 40


def summary(differences: tuple[Difference, ...]) -> tuple[str, ...]:
    """How much differs, then what, theme by theme."""
    changed = differing(differences)
    if not changed:
        return (f"Nothing differs in the {len(differences)} parts that are recorded.",)
    first = f"{len(changed)} of {len(differences)} parts differ."
    if all(each.state in ("added", "removed") for each in differences):
        first = f"The two have none of their {len(differences)} parts in common."
    return (first, *(_line(theme, group) for theme, group in by_theme(changed)))


def _line(theme: Theme, group: list[Difference]) -> str:
    told = [phrase for each in group if each.state == "changed" for phrase in _changed(theme, each)]
    for state in ("added", "removed"):
        parts = [theme.part(each) for each in group if each.state == state]
        told += [f"{some(parts)} {state}"] if parts else []
    return f"{theme.title}: {some(told, '; ')}."


def _changed(theme: Theme, difference: Difference) -> Iterator[str]:
    added, dropped = changed_columns(difference.pair)
    facts = [f"added {some(added)}"] if added else []
    facts += [f"dropped {some(dropped)}"] if dropped else []
    facts += [] if facts else _facts(difference.changes)
    yield f"{theme.part(difference)}: {', '.join(facts)}"


def _facts(changes: tuple[Change, ...]) -> list[str]:
    """Both values where they are short, else only what it is that changed."""
    long = [_name(change) for change in changes if not _is_short(change)]
    short = [
        f"{_name(each)} {each.before or 'not set'} → {each.after or 'not set'}"
        for each in changes
        if _is_short(each)
    ]
    return [*short, f"{' and '.join(long)} changed"] if long else short


def _is_short(change: Change) -> bool:
    both = change.before + change.after
    return len(both) <= _SHORT and "\n" not in both


def _name(change: Change) -> str:
    return change.fact.removeprefix(PARAMETER)
