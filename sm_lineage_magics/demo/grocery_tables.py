"""Customers, orders and products of an online grocer.

Columns are named as in AWS's Feature Store workshop, whose tables these stand in for, so that
what is learned here can be tried there; `has_kids` is the feature the workshop adds later. The
values are invented here, with a pattern a small model can find: households with children order
baby food again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from .chance import Chance
from .table import Table

CUSTOMERS, ORDERS, PRODUCTS = 500, 2_000, 100

CATEGORIES = (
    "baby_food_formula",
    "bakery",
    "cleaning_products",
    "dairy",
    "fresh_fruits",
    "fresh_vegetables",
    "frozen_meals",
    "soft_drinks",
    "tea",
    "yogurt",
)

_FIRST = ("ada", "bruno", "chioma", "dmitri", "elena", "farid", "grace", "hiro", "ines", "jonas")
_LAST = ("abara", "berg", "costa", "dubois", "eriksen", "fischer", "garcia", "haddad", "ito")
_STATES = ("arizona", "california", "colorado", "idaho", "nevada", "oregon", "utah", "washington")
_KINDS = ("organic", "classic", "family size", "light", "original")

_FIRST_DAY = datetime(2024, 1, 1)
_YEAR = timedelta(days=365)
_WRITTEN = "2026-03-02T08:00:00.000Z"


def grocery_tables() -> dict[str, Table]:
    """The three raw tables by name."""
    chance = Chance(20260302)
    customers, products = _customers(chance), _products(chance)
    return {
        "customers": customers,
        "orders": _orders(chance, customers, products),
        "products": products,
    }


def _customers(chance: Chance) -> Table:
    columns = "customer_id name sex state age is_married active_since event_time has_kids"
    return Table(
        tuple(columns.split()), tuple(_customer(chance, n) for n in range(1, CUSTOMERS + 1))
    )


def _customer(chance: Chance, number: int) -> tuple[object, ...]:
    age, is_married = chance.between(18, 90), chance.pick((True, False))
    return (
        f"C{number}",
        f"{chance.pick(_FIRST)} {chance.pick(_LAST)}",
        chance.pick("FM"),
        chance.pick(_STATES),
        age,
        is_married,
        f"{chance.moment(_FIRST_DAY, _FIRST_DAY + _YEAR):%Y-%m-%d %H:%M:%S}",
        _WRITTEN,
        chance.happens(1.5 if is_married and 28 <= age <= 55 else -1.5),
    )


def _products(chance: Chance) -> Table:
    categories = [CATEGORIES[n % len(CATEGORIES)] for n in range(PRODUCTS)]
    return Table(
        ("product_id", "product_name", "product_category", "event_time"),
        tuple(
            (f"P{n}", f"{chance.pick(_KINDS)} {category.replace('_', ' ')}", category, _WRITTEN)
            for n, category in enumerate(categories, 1)
        ),
    )


def _orders(chance: Chance, customers: Table, products: Table) -> Table:
    columns = "order_id customer_id product_id purchase_amount is_reordered purchased_on event_time"
    return Table(
        tuple(columns.split()),
        tuple(
            _order(chance, number, chance.pick(customers.rows), chance.pick(products.rows))
            for number in range(1, ORDERS + 1)
        ),
    )


def _order(
    chance: Chance, number: int, customer: tuple[object, ...], product: tuple[object, ...]
) -> tuple[object, ...]:
    bought = chance.moment(_FIRST_DAY + _YEAR, _FIRST_DAY + 2 * _YEAR)
    baby_food = product[2] == CATEGORIES[0]
    return (
        f"O{number}",
        customer[0],
        product[0],
        chance.amount(1, 101),
        chance.happens((2.5 if customer[-1] else -2.5) if baby_food else 0.4),
        f"{bought:%Y-%m-%d %H:%M:%S}",
        _WRITTEN,
    )
