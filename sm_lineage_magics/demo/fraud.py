"""A car insurer that looks for fraudulent claims: a first model, and one mended for its bias.

    claims.csv ──── job ─ claims ────┬ query ─ train, test ─ job ─ fraud-first
    customers.csv ─ job ─ customers ─┴ query ─ train, test ─ job ─ fraud-mitigated ─ endpoint

A bias check found that `fraud-first` suspects men, and it was rejected. `fraud-mitigated`, trained
without gender on classes of equal weight, was approved and is in service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from types import MappingProxyType

from ..model import Entity, LineageGraph
from .account import Account, Stamp
from .data import code, commit_of, data_set, feature_group, image
from .demo import Demo
from .fraud_tables import AUTHORITIES, COLLISIONS, INCIDENTS, RELATIONSHIPS, STATES, fraud_tables
from .jobs import Built, job, joined
from .recipe import Recipe, trained
from .registry import decided, deployed, package_group, registered
from .selection import Selection
from .table import Table

_INSURER = Account(
    "sagemaker-us-east-1-111122223333", "https://github.example.com/insurer/fraud-detection"
)
_ECR = "683313688378.dkr.ecr.us-east-1.amazonaws.com"

_APRIL = datetime(2026, 4, 6, 7, tzinfo=timezone.utc)
_DANA = Stamp(_APRIL, "dana", {"team": "claims-data", "owner": "dana"})
_EMIL = Stamp(_APRIL, "emil", {"team": "fraud", "owner": "emil"})
_FATIMA = Stamp(_APRIL, "fatima", {"team": "model-risk", "owner": "fatima"})

_XGBOOST = image(_INSURER, f"{_ECR}/sagemaker-xgboost:1.7-1", _DANA)


def _one_hot(column: str, values: tuple[str, ...]) -> tuple[str, ...]:
    plain = {"N/A": "na", "Break-in": "breakin"}
    return tuple(f"{column}_{plain.get(value, value).lower()}" for value in values)


_GENDERS = ("customer_gender_male", "customer_gender_female")
_ABOUT_CUSTOMERS = (
    "age",
    "customer_education",
    "months_as_customer",
    "policy_deductable",
    "policy_annual_premium",
    "policy_liability",
    "auto_year",
    "num_claims_past_year",
    "num_insurers_past_5_years",
    *_GENDERS,
    *_one_hot("policy_state", STATES),
)
_ABOUT_CLAIMS = (
    "fraud",
    "incident_severity",
    "num_vehicles_involved",
    "num_injuries",
    "num_witnesses",
    "police_report_available",
    "injury_claim",
    "vehicle_claim",
    "total_claim_amount",
    "incident_month",
    "incident_day",
    "incident_dow",
    "incident_hour",
    *_one_hot("driver_relationship", RELATIONSHIPS),
    *_one_hot("incident_type", INCIDENTS),
    *_one_hot("collision_type", (*COLLISIONS, "N/A")),
    *_one_hot("authorities_contacted", AUTHORITIES),
)
_FEATURES = {"claims": _ABOUT_CLAIMS, "customers": _ABOUT_CUSTOMERS}
_SUMS_OF_MONEY = frozenset({"injury_claim", "vehicle_claim", "total_claim_amount"})


@cache
def fraud() -> Demo:
    """The insurer's tables and lineage."""
    raw = fraud_tables()
    questions = (
        _INSURER.s3("fraud/raw/customers.csv"),
        "fg:customers",
        "model:fraud-mitigated",
        "endpoint:fraud",
    )
    return Demo("fraud", MappingProxyType(raw), _lineage(raw), questions)


def _lineage(raw: Mapping[str, Table]) -> LineageGraph:
    ingested = {name: _ingested(name, table) for name, table in raw.items()}
    groups = {name: built.entity for name, built in ingested.items()}
    first, mitigated = trained(_INSURER, _first(groups)), trained(_INSURER, _mitigated(groups))
    graphs = (built.graph for built in (*ingested.values(), first, mitigated))
    return joined((*graphs, _released(first, mitigated)))


def _ingested(name: str, table: Table) -> Built:
    """A raw file, the job that transformed it, and the feature group it filled."""
    features = dict.fromkeys(_FEATURES[name], "Integral")
    features |= {feature: "Fractional" for feature in _SUMS_OF_MONEY if feature in features}
    schema = {"policy_id": "Integral", **features, "event_time": "String"}
    group = feature_group(_INSURER, name, schema, _DANA)
    commit = commit_of("Transform claims and customers")
    inputs = {
        "input": data_set(_INSURER, f"fraud/raw/{name}.csv", _DANA, table.etag),
        "code": code(_INSURER, f"processing/{name}.py", commit, _DANA),
        "image": image(_INSURER, f"{_ECR}/sagemaker-scikit-learn:1.2-1-cpu-py3", _DANA),
    }
    made = _DANA.later(minutes=30)
    outputs = {"features": group}
    return Built(group, job(_INSURER, "processing", f"fraud-{name}", made, inputs, outputs))


def _first(groups: Mapping[str, Entity]) -> Recipe:
    """Everything known of claims and customers, gender included."""
    return _recipe(
        groups,
        "fraud-first",
        _EMIL.later(days=1),
        "Train on all features",
        _GENDERS,
        {"max_depth": 3, "eta": 0.2, "num_round": 100},
    )


def _mitigated(groups: Mapping[str, Entity]) -> Recipe:
    """Without gender, and with the rare fraudulent claims given more weight."""
    return _recipe(
        groups,
        "fraud-mitigated",
        _EMIL.later(days=4),
        "Weigh the classes equally",
        (),
        {"max_depth": 4, "eta": 0.2, "num_round": 150, "scale_pos_weight": 29},
    )


def _recipe(
    groups: Mapping[str, Entity],
    name: str,
    made: Stamp,
    commit: str,
    genders: tuple[str, ...],
    tuned: Mapping[str, float],
) -> Recipe:
    return Recipe(
        name,
        "fraud",
        made,
        _selection(groups, genders, made),
        code(_INSURER, "training/xgboost_fraud.py", commit_of(commit), made),
        _XGBOOST,
        {"objective": "binary:logistic", **tuned},
    )


def _selection(groups: Mapping[str, Entity], genders: tuple[str, ...], made: Stamp) -> Selection:
    known = [each for each in _ABOUT_CUSTOMERS if each not in _GENDERS or each in genders]
    return Selection(
        dict(groups),
        (*(f"claims.{each}" for each in _ABOUT_CLAIMS), *(f"customers.{each}" for each in known)),
        {"customers": "policy_id"},
        before=f"{made.at:%Y-%m-%dT%H:%M:%SZ}",
    )


def _released(first: Built, mitigated: Built) -> LineageGraph:
    """Both registered; the first rejected, the second approved and put into service."""
    group = package_group(_INSURER, "fraud", _EMIL.later(days=1, hours=2))
    rejected = registered(
        _INSURER, group, 1, (first.entity, _XGBOOST), _EMIL.later(days=1, hours=2)
    )
    approved = registered(
        _INSURER, group, 2, (mitigated.entity, _XGBOOST), _EMIL.later(days=4, hours=2)
    )
    return joined(
        (
            rejected.graph,
            approved.graph,
            decided(_INSURER, rejected.entity, "Rejected", _FATIMA.later(days=3)),
            decided(_INSURER, approved.entity, "Approved", _FATIMA.later(days=7)),
            deployed(_INSURER, approved.entity, "fraud", _EMIL.later(days=8)),
        )
    )
