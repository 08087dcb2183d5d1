"""All that is known of an entity as a card: what the explorer and an exported page show of it.

>>> card(model, graph).startswith('<article class="lineage-card"')
True

Facts stand in two columns, code and SQL are folded away; every word from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...model import Answer, Entity, LineageGraph, Section, columns_of, role_of
from ...model.wording import counted, role_name
from ...query.evidence.recorded import features_of
from ..escape import code as escaped_code
from ..escape import html
from ..look import LOOKS
from ..naming import what_is
from ..picture.features import Feature
from ..picture.grouping import Group
from .console import console_url
from .details import FACTS, NEIGHBOURS, details

# Told by the card's head.
_TOLD = ("Name", "Role", "ARN")

# The colour of rules and soft text is the page's own, thinned: right on any ground.
STYLE = (
    ".lineage-card{font:12px/1.45 system-ui,sans-serif;overflow-wrap:anywhere;max-width:1100px}"
    ".lineage-card .name{font-size:14px;font-weight:600;margin-right:.5em}"
    ".lineage-card .chip{display:inline-block;padding:0 8px;border-radius:9px;color:#fff;"
    "margin-right:.5em}"
    ".lineage-card .arn{font:11px ui-monospace,monospace;user-select:all;opacity:.8}"
    ".lineage-card h4{font-size:12px;font-weight:600;margin:.8em 0 .2em}"
    ".lineage-card dl{display:grid;gap:0 24px;margin:.5em 0;"
    "grid-template-columns:repeat(auto-fit,minmax(min(360px,100%),1fr))}"
    ".lineage-card dl>div{display:flex;gap:8px;border-bottom:1px solid #8883;padding:2px 0}"
    ".lineage-card dt{flex:0 0 144px;opacity:.75;font-weight:400}"
    ".lineage-card dd{margin:0;min-width:0;unicode-bidi:isolate}"
    ".lineage-card .near{display:grid;gap:0 24px;"
    "grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr))}"
    ".lineage-card ul{margin:.2em 0;padding-left:1.4em}"
    ".lineage-card pre{white-space:pre-wrap;padding:8px;border:1px solid #8885;"
    "border-radius:4px;margin:.3em 0;max-height:260px;overflow:auto;color:inherit;"
    "background:transparent}"
    ".lineage-card summary{cursor:pointer;margin:.4em 0}"
    ".lineage-card .soft{opacity:.75}"
    ".lineage-card a{color:inherit;text-decoration:underline}"
)


def card(entity: Entity, graph: LineageGraph) -> str:
    """Head, facts, properties, texts, features, and what it was built from and into."""
    report = details(Answer(graph, (entity.arn,), found=(entity.arn,)))
    facts = [each for each in report.sections if each.columns == FACTS]
    texts = [each for each in report.sections if each.code]
    near = [each for each in report.sections if each.columns == NEIGHBOURS]
    return _article(
        _head(entity)
        + "".join(map(_facts, facts))
        + "".join(map(_folded_text, texts))
        + _features(entity)
        + f'<div class="near">{"".join(map(_near, near))}</div>'
    )


def group_card(group: Group, graph: LineageGraph, limit: int = 50) -> str:
    """How many of what, and the first of them by name."""
    members = [graph.entities[arn].label for arn in group.members[:limit]]
    more = len(group.members) - limit
    sort = role_name(group.role, 2) if group.role else "entities"
    head = f'<span class="name">{len(group.members):,} {html(sort)}</span>'
    return _article(head + listed(members + [f"and {more:,} more"] * (more > 0)))


def feature_card(feature: Feature, graph: LineageGraph) -> str:
    """One feature and what reads it; of several, their names."""
    if len(feature.names) > 1:
        head = f'<span class="name">{len(feature.names):,} features</span>{html(feature.group)}'
        return _article(head + listed(feature.names))
    colour = LOOKS["feature-group"].colour
    head = (
        f'<span class="name">{html(feature.names[0])}</span>'
        f'<span class="chip" style="background:{colour}">feature</span>'
    )
    facts = {"Feature group": feature.group, "Type": feature.type}
    rows = "".join(_fact(name, value) for name, value in facts.items() if value)
    return _article(f"{head}<dl>{rows}</dl>{_readers(feature, graph)}")


def _readers(feature: Feature, graph: LineageGraph) -> str:
    lines = (
        f'<li>{html(graph.entities[arn].label)} <span class="soft">'
        f"{'takes its value' if direct else 'lets it decide about rows'}</span></li>"
        for arn, direct in feature.readers.items()
    )
    return f"<h4>Read by</h4><ul>{''.join(lines)}</ul>" if feature.readers else ""


def listed(lines: Iterable[str]) -> str:
    """A list, a line each."""
    return "<ul>" + "".join(f"<li>{html(line)}</li>" for line in lines) + "</ul>"


def _article(content: str) -> str:
    return f'<article class="lineage-card">{content}</article>'


def _head(entity: Entity) -> str:
    colour = LOOKS[role_of(entity)].colour
    url = console_url(entity)
    console = f"<div>{_link(url, 'open in the AWS console')}</div>" if url else ""
    return (
        f'<span class="name">{html(entity.label)}</span>'
        f'<span class="chip" style="background:{colour}">{html(what_is(entity))}</span>'
        f'<div class="arn" title="one click selects it whole">{html(entity.arn)}</div>{console}'
    )


def _facts(section: Section) -> str:
    rows = [row for row in section.rows if row[0] not in _TOLD]
    title = f"<h4>{html(section.title)}</h4>" if section.title == "Properties" else ""
    return f"{title}<dl>{''.join(_fact(*row[:2]) for row in rows)}</dl>" if rows else ""


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{html(name)}</dt><dd>{_value(value)}</dd></div>"


def _value(text: str) -> str:
    # Only web addresses become links: `javascript:` and the like stay text.
    is_address = text.startswith("https://") and not any(char.isspace() for char in text)
    return _link(text, text) if is_address else html(text)


def _folded_text(section: Section) -> str:
    lines = counted(len(section.code.splitlines()), "line")
    code = f"<pre><code>{escaped_code(section.code)}</code></pre>"
    return f"<details><summary>{html(section.title)} ({lines})</summary>{code}</details>"


def _features(entity: Entity) -> str:
    """The features of a feature group, or what each column of a query was made of."""
    lines = list(_features_of_a_group(entity)) or list(_columns_of_a_query(entity))
    if not lines:
        return ""
    return f"<details><summary>{counted(len(lines), 'feature')}</summary>{listed(lines)}</details>"


def _features_of_a_group(entity: Entity) -> Iterator[str]:
    return (f"{name}: {type}" for name, type in features_of(entity).items())


def _columns_of_a_query(entity: Entity) -> Iterator[str]:
    for column, uses in columns_of(entity).items():
        made_of = ", ".join(f"{use.feature_group}.{use.column} ({use.how})" for use in uses)
        yield f"{column} ← {made_of}"


def _near(section: Section) -> str:
    lines = (_neighbour(row) for row in section.rows)
    return f"<section><h4>{html(section.title)}</h4><ul>{''.join(lines)}</ul></section>"


def _neighbour(row: Sequence[str]) -> str:
    name, what, how = row
    return f'<li>{html(name)} <span class="soft">{html(how or what)}</span></li>'


def _link(url: str, text: str) -> str:
    return f'<a href="{html(url)}" target="_blank" rel="noopener noreferrer">{html(text)}</a>'
