"""An online grocer: three feature groups, two versions of one model, and another model beside it.

    customers.csv ─ job ─ grocery-customers ┬ query ─ train, test ─ job ─ reorder-v1
    orders.csv ──── job ─ grocery-orders ───┼ query ─ train, test ─ job ─ reorder-v2 ─ endpoint
    products.csv ── job ─ grocery-products ─┘
                     (customers and orders) ─ query ─ train, test ─ job ─ churn ─ batch transform

`reorder-v2` also knows whether a customer `has_kids`, a feature added after `reorder-v1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from functools import cache
from types import MappingProxyType

from ..model import Entity, LineageGraph
from .account import Account, Stamp
from .data import code, commit_of, data_set, feature_group, image
from .demo import Demo
from .grocery_tables import CATEGORIES, grocery_tables
from .jobs import Built, job, joined
from .recipe import Recipe, trained
from .registry import decided, deployed, package_group, registered
from .selection import Selection
from .table import Table

SHOP = Account(
    "sagemaker-us-east-1-111122223333", "https://github.example.com/grocer/recommendations"
)
_ECR = "683313688378.dkr.ecr.us-east-1.amazonaws.com"

_MONDAY = datetime(2026, 3, 2, 8, tzinfo=timezone.utc)
ANA = Stamp(_MONDAY, "ana", {"team": "data-platform", "owner": "ana"})
BEN = Stamp(_MONDAY, "ben", {"team": "growth", "owner": "ben"})
CHRIS = Stamp(_MONDAY, "chris", {"team": "governance", "owner": "chris"})

_XGBOOST = image(SHOP, f"{_ECR}/sagemaker-xgboost:1.7-1", ANA)

_AGES = tuple(f"age_{years}" for years in ("18-29", "30-39", "40-49", "50-59", "60-69", "70-plus"))
_KEYS = {"customers": "customer_id", "products": "product_id"}
_CATEGORIES = tuple(f"category_{name}" for name in CATEGORIES)

FEATURES: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "customer_id": "String",
        "sex": "Integral",
        "is_married": "Integral",
        "event_time": "String",
        **dict.fromkeys(_AGES, "Integral"),
        "n_days_active": "Fractional",
        "has_kids": "Integral",
    },
    "orders": {
        "order_id": "String",
        "customer_id": "String",
        "product_id": "String",
        "purchase_amount": "Fractional",
        "is_reordered": "Integral",
        "n_days_since_last_purchase": "Fractional",
        "event_time": "String",
    },
    "products": {
        "product_id": "String",
        "event_time": "String",
        **dict.fromkeys(_CATEGORIES, "Integral"),
    },
}

_REORDER = (
    "orders.is_reordered",
    "customers.sex",
    "customers.is_married",
    *(f"customers.{age}" for age in _AGES),
    "customers.n_days_active",
    *(f"products.{category}" for category in _CATEGORIES),
)
_REORDER_2 = (*_REORDER, "customers.has_kids")
_CHURN = (
    "orders.n_days_since_last_purchase",
    "orders.purchase_amount",
    "customers.is_married",
    "customers.n_days_active",
)


@cache
def grocery() -> Demo:
    """The grocer's tables and lineage."""
    raw = grocery_tables()
    questions = (
        SHOP.s3("grocery/raw/customers.csv"),
        "fg:grocery-customers",
        "model:reorder-v2",
        "endpoint:reorder",
    )
    return Demo("grocery", MappingProxyType(raw), _lineage(raw), questions)


def _lineage(raw: Mapping[str, Table]) -> LineageGraph:
    ingested = {name: _ingested(name, table) for name, table in raw.items()}
    groups = {name: built.entity for name, built in ingested.items()}
    first, second, churn = (trained(SHOP, recipe) for recipe in _recipes(groups))
    return joined(
        (
            *(built.graph for built in ingested.values()),
            _kids_added(groups["customers"], raw["customers"]),
            *(built.graph for built in (first, second, churn)),
            _released(first, second),
            _scored(churn),
        )
    )


def _ingested(name: str, table: Table, commit: str = "", days: int = 0) -> Built:
    """A raw file, the job that transformed it, and the feature group it filled."""
    made = ANA.later(days=days)
    commit = commit or commit_of("Transform raw tables into features")
    group = feature_group(SHOP, f"grocery-{name}", FEATURES[name], ANA)
    inputs = {
        "input": data_set(SHOP, f"grocery/raw/{name}.csv", ANA, table.etag),
        "code": code(SHOP, f"processing/transform_{name}.py", commit, made),
        "image": image(SHOP, f"{_ECR}/sagemaker-scikit-learn:1.2-1-cpu-py3", ANA),
    }
    job_name = f"transform-{name}"
    made = made.later(minutes=30)
    return Built(group, job(SHOP, "processing", job_name, made, inputs, {"features": group}))


def _kids_added(customers: Entity, table: Table) -> LineageGraph:
    """The second run over the customers, which added `has_kids`."""
    return _ingested("customers", table, commit_of("Add has_kids to the customers"), days=7).graph


def _recipes(groups: Mapping[str, Entity]) -> tuple[Recipe, ...]:
    """The three models; what differs between the two versions of `reorder` stands side by side."""
    train = "Train the reorder model"
    return (
        _recipe("reorder-v1", 1, _joined(groups, _REORDER), train, max_depth=5, eta=0.2),
        _recipe("reorder-v2", 8, _joined(groups, _REORDER_2), train, max_depth=6, eta=0.2),
        _recipe("churn", 9, _joined(groups, _CHURN), "Train the churn model", max_depth=4, eta=0.3),
    )


def _recipe(name: str, days: int, selection: Selection, commit: str, **tuned: float) -> Recipe:
    made = BEN.later(days=days)
    return Recipe(
        name,
        "grocery",
        made,
        replace(selection, before=f"{made.at:%Y-%m-%dT%H:%M:%SZ}"),
        code(SHOP, f"training/{name.partition('-')[0]}.py", commit_of(commit), made),
        _XGBOOST,
        {"objective": "binary:logistic", "num_round": 100, **tuned},
    )


def _joined(groups: Mapping[str, Entity], selected: tuple[str, ...]) -> Selection:
    """The orders, with the other groups that are selected from joined to them."""
    read = {each.partition(".")[0] for each in selected}
    keys = {name: key for name, key in _KEYS.items() if name in read}
    return Selection({name: groups[name] for name in ("orders", *keys)}, selected, keys)


def _released(first: Built, second: Built) -> LineageGraph:
    """Both versions registered and approved; the second one took the endpoint over."""
    group = package_group(SHOP, "reorder", BEN.later(days=1, hours=2))
    versions = {1: (first, 1), 2: (second, 8)}
    packages = {
        version: registered(
            SHOP, group, version, (built.entity, _XGBOOST), BEN.later(days=days, hours=2)
        )
        for version, (built, days) in versions.items()
    }
    return joined(
        (
            *(built.graph for built in packages.values()),
            decided(SHOP, packages[1].entity, "Approved", CHRIS.later(days=2)),
            decided(SHOP, packages[2].entity, "Approved", CHRIS.later(days=9)),
            deployed(SHOP, packages[2].entity, "reorder", BEN.later(days=9, hours=1)),
        )
    )


def _scored(churn: Built) -> LineageGraph:
    """Last month's customers, scored in a batch."""
    made = BEN.later(days=10)
    inputs = {
        "model": churn.entity,
        "image": _XGBOOST,
        "input": data_set(SHOP, "grocery/churn/batch/2026-02.csv", made),
    }
    scores = {
        "output": data_set(SHOP, "grocery/churn/scores/2026-02.csv.out", made.later(minutes=5))
    }
    return job(SHOP, "transform", "churn-scores", made.later(minutes=5), inputs, scores)
