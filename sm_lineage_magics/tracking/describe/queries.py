"""Athena queries: the feature groups they read, where their rows went, where columns come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...model import Entity, vocabulary
from ..facts import Resource
from ..secrets import redact_query
from ..sql import QueryFacts, read_query
from .ask import Ask, Unseen
from .drawing import Drawing, action, artifact, at, moment, utc
from .features import Found, Tables, group_of

_STATUSES = {
    "QUEUED": "InProgress",
    "RUNNING": "InProgress",
    "SUCCEEDED": "Completed",
    "FAILED": "Failed",
    "CANCELLED": "Stopped",
}

# Where SageMaker puts the tables of offline stores unless it is told otherwise.
FEATURE_STORE = "sagemaker_featurestore"

_LONGEST_REASON = 200

# Views may name views; nobody stacks more of them than this.
MOST_ROUNDS = 10


def query(resource: Resource, ask: Ask) -> Drawing:
    """One run of a query in Athena, with its output once it has succeeded."""
    drawing = Drawing(f"GetQueryExecution {resource.name}")
    run = _run(resource, ask, drawing)
    database = at(run, "QueryExecutionContext", "Database") or resource.known.get("database", "")
    catalog = at(run, "QueryExecutionContext", "Catalog") or resource.known.get("catalog", "")
    prepared = _prepared(run, ask)
    facts, found = read(redact_query(run["Query"]), database, ask, catalog, prepared)
    ran = _ran(resource.name, run, facts, database, ask)
    _draw(drawing, ran, facts, found)
    _outcome(drawing, ran, run, facts, ask)
    return drawing


def _ran(
    execution: str, run: Mapping[str, Any], facts: QueryFacts, database: str, ask: Ask
) -> Entity:
    submitted = at(run, "Status", "SubmissionDateTime")
    more = {
        vocabulary.QUERY_EXECUTION_ID: execution,
        vocabulary.SUBMITTED: moment(submitted),
    }
    status = _STATUSES.get(_state(run), "Unknown")
    uri, created = _uri(execution, ask), utc(submitted)
    return _action(f"query-{execution}", uri, facts, database, more, status=status, created=created)


def _state(run: Mapping[str, Any]) -> str:
    return str(at(run, "Status", "State") or "")


def _outcome(
    drawing: Drawing, ran: Entity, run: Mapping[str, Any], facts: QueryFacts, ask: Ask
) -> None:
    where = ran.properties[vocabulary.QUERY_EXECUTION_ID]
    if _state(run) in ("QUEUED", "RUNNING"):
        drawing.gap("not-recorded", where, "The query is running; its output is to come.")
    elif _state(run) in ("FAILED", "CANCELLED"):
        drawing.gap("not-recorded", where, _unmade(run))
    elif _state(run) == "SUCCEEDED":
        _output(drawing, ran, facts, at(run, "ResultConfiguration", "OutputLocation") or "", ask)


def _unmade(run: Mapping[str, Any]) -> str:
    said = " ".join(str(at(run, "Status", "StateChangeReason") or "").split())
    ended = "failed" if _state(run) == "FAILED" else "was cancelled"
    why = f": {redact_query(said)[:_LONGEST_REASON]}" if said else ""
    return f"The query {ended}, so it made nothing{why}"


def read(
    text: str,
    database: str,
    ask: Ask,
    catalog: str = "",
    prepared: Mapping[str, str] | None = None,
) -> tuple[QueryFacts, dict[str, Found]]:
    """A query with its tables looked up, views and the tables within them included."""
    tables, found = Tables(ask), dict[str, Found]()
    facts = read_query(text, database=database, catalog=catalog, prepared=prepared)
    for _ in range(MOST_ROUNDS):
        new = [table for table in facts.tables if table not in found]
        if not new:
            break
        found |= zip(new, ask.at_once(tables.of, new), strict=True)
        facts = read_query(
            text,
            [each.schema for each in found.values() if each.schema],
            database=database,
            catalog=catalog,
            views={name: each.view for name, each in found.items() if each.view},
            prepared=prepared,
        )
    return facts, found


def draw_definition(
    drawing: Drawing, done: Entity, name: str, definition: Mapping[str, Any], ask: Ask
) -> None:
    """The query a processing job runs for one of its inputs, in Athena or in Redshift."""
    athena = definition.get("AthenaDatasetDefinition")
    given = athena or definition.get("RedshiftDatasetDefinition") or {}
    database, text = given.get("Database", ""), redact_query(given.get("QueryString", ""))
    if not text:
        drawing.gap("unresolved", done.name, f"The definition of input {name} is not understood.")
        return
    catalog = given.get("Catalog", "")
    facts, found = read(text, database, ask, catalog) if athena else (QueryFacts(text), {})
    ran = _action(f"{done.name}-{name}", f"{done.source_uri}#{name}", facts, database, {})
    _draw(drawing, ran, facts, found)
    if not athena:
        drawing.gap("unresolved", ran.name, "Columns of queries in Redshift are not traced.")
    if uri := given.get("OutputS3Uri"):
        made = artifact("DataSet", uri, **{vocabulary.COLUMNS: facts.written_columns})
        drawing.makes(ran, made, f"input {name}")
        drawing.reads(done, made, f"input {name}")
    else:
        drawing.reads(done, ran, f"input {name}")


def draw_text(drawing: Drawing, name: str, uri: str, text: str, ask: Ask) -> Entity:
    """A query of the feature store of which only the text is known, not its run."""
    facts, found = read(redact_query(text), FEATURE_STORE, ask)
    ran = _action(name, uri, facts, FEATURE_STORE, {})
    _draw(drawing, ran, facts, found)
    return ran


def _draw(drawing: Drawing, ran: Entity, facts: QueryFacts, found: Mapping[str, Found]) -> None:
    drawing.add(ran)
    drawing.missed(facts.gaps)
    for table in facts.tables:
        known = found.get(table, Found())
        if known.group:
            drawing.reads(ran, group_of(known.group), f"table {table}")
        elif known.location.startswith("s3://"):
            drawing.reads(ran, artifact("DataSet", known.location), f"table {table}")
        drawing.missed(known.gaps)


def _action(
    name: str, uri: str, facts: QueryFacts, database: str, more: Mapping[str, str], **fields: Any
) -> Entity:
    properties = {
        vocabulary.QUERY: facts.text,
        vocabulary.DATABASE: database,
        vocabulary.TABLES: json.dumps(facts.tables) if facts.tables else "",
        vocabulary.COLUMNS: facts.written_columns,
    }
    return action("FeatureStoreQuery", name, uri, properties | dict(more), **fields)


def _output(drawing: Drawing, ran: Entity, facts: QueryFacts, location: str, ask: Ask) -> None:
    uri = facts.location or _written(facts, ask) or location
    if uri and facts.verb in ("select", "unload", "create-table", "insert"):
        columns = {vocabulary.COLUMNS: facts.written_columns}
        drawing.makes(ran, artifact("DataSet", uri, **columns), "output location")


def _written(facts: QueryFacts, ask: Ask) -> str:
    """Where the table a query filled keeps its rows, as far as Glue may say."""
    return Tables(ask).of(facts.writes).location if facts.writes else ""


def _run(resource: Resource, ask: Ask, drawing: Drawing) -> Mapping[str, Any]:
    """Athena's answer about a run; where there is none, what was seen of it when it started."""
    try:
        answer = ask("athena", "get_query_execution", QueryExecutionId=resource.name)
    except Unseen as unseen:
        if not resource.known.get("query"):
            raise
        drawing.missed([unseen.gap])
        return {"Query": resource.known["query"]}
    run: Mapping[str, Any] = answer["QueryExecution"]
    return run


def _prepared(run: Mapping[str, Any], ask: Ask) -> dict[str, str]:
    """The text of the statement that EXECUTE names, by asking its work group."""
    words = run["Query"].split()
    if len(words) < 2 or words[0].upper() != "EXECUTE" or words[1].upper() == "IMMEDIATE":
        return {}
    name = words[1].strip('";')
    try:
        answer = ask(
            "athena",
            "get_prepared_statement",
            StatementName=name,
            WorkGroup=run.get("WorkGroup", "primary"),
        )
    except Unseen:
        return {}  # reading the query then names the statement as unresolved
    return {name: answer["PreparedStatement"]["QueryStatement"]}


def _uri(execution: str, ask: Ask) -> str:
    # A run of a query has no ARN of its own; its id is unique, so the account can stay out.
    meta = (ask.clients.athena or ask.clients.sagemaker).meta
    return f"arn:{meta.partition}:athena:{meta.region_name}::query/{execution}"
