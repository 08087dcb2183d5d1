"""A query over feature groups, written once: its SQL, and which features each column reads.

>>> ages = Selection({"c": customers}, ("c.age",))
>>> ages.columns["age"]
[ColumnSource(feature_group='customers', column='age', how='direct')]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import ColumnSource, Entity, vocabulary
from ..model.columns import EVERY, How


@dataclass(frozen=True)
class Selection:
    """What is selected from which feature groups, joined on what, as known when.

    Attributes:
        groups: alias in the query → feature group; the first one is selected from.
        selected: `alias.feature`, in order.
        joined: alias → the feature it shares with the first group.
        before: only records written up to this moment, an ISO time.
    """

    groups: Mapping[str, Entity] = field(hash=False)
    selected: tuple[str, ...]
    joined: Mapping[str, str] = field(default_factory=dict, hash=False)
    before: str = ""

    @property
    def first(self) -> str:
        """The alias selected from."""
        return next(iter(self.groups))

    @property
    def sql(self) -> str:
        """The query as Athena takes it."""
        selected = ",\n       ".join(map(_quoted, self.selected))
        lines = [f"SELECT {selected}", f"FROM {self._table(self.first)}"]
        lines += [
            f"JOIN {self._table(alias)}\n"
            f"  ON {_quoted(f'{self.first}.{key}')} = {_quoted(f'{alias}.{key}')}"
            for alias, key in self.joined.items()
        ]
        if self.before:
            lines.append(f"WHERE {_quoted(f'{self.first}.event_time')} <= '{self.before}'")
        return "\n".join(lines)

    @property
    def tables(self) -> list[str]:
        """The offline tables read, `database.table`."""
        return [group.properties[vocabulary.OFFLINE_TABLE] for group in self.groups.values()]

    @property
    def columns(self) -> dict[str, list[ColumnSource]]:
        """Output column → where its value comes from; under `*` what decides which rows there are.

        Rows are decided by the features joined on and by the moment asked for.
        """
        columns = {each.partition(".")[2]: [self._source(each)] for each in self.selected}
        joined = (
            f"{end}.{key}" for alias, key in self.joined.items() for end in (self.first, alias)
        )
        every = [self._source(each, "join") for each in joined]
        if self.before:
            every.append(self._source(f"{self.first}.event_time", "filter"))
        return columns | {EVERY: list(dict.fromkeys(every))}

    def _source(self, reference: str, how: How = "direct") -> ColumnSource:
        alias, _, feature = reference.partition(".")
        return ColumnSource(self.groups[alias].name, feature, how)

    def _table(self, alias: str) -> str:
        return f"{_quoted(self.groups[alias].properties[vocabulary.OFFLINE_TABLE])} AS {alias}"


def _quoted(dotted: str) -> str:
    """`a.b` with what needs quoting quoted: feature names may hold hyphens."""
    alias, _, name = dotted.partition(".")
    return f'{alias}."{name}"' if "-" in name else dotted
