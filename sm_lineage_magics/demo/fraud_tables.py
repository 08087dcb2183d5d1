"""Claims and customers of a car insurer.

Columns are named as in AWS's fraud-detection example, whose tables these stand in for. The values
are invented here, with a pattern a small model can find, and a bias it should not learn: among the
few fraudulent claims, those of men are too many.
"""

from __future__ import annotations

from typing import NamedTuple

from .chance import Chance
from .table import Table

POLICIES = 1_000

STATES = ("AZ", "CA", "ID", "NV", "OR", "WA")
RELATIONSHIPS = ("Self", "Spouse", "Child", "Other", "N/A")
INCIDENTS = ("Collision", "Break-in", "Theft")
COLLISIONS = ("Front", "Rear", "Side")
AUTHORITIES = ("Police", "Fire", "Ambulance", "None")
SEVERITIES = ("Minor", "Major", "Totaled")
EDUCATION = ("Below High School", "High School", "Associate", "Bachelor", "Advanced Degree")


class Customer(NamedTuple):
    """One policy holder."""

    policy_id: int
    customer_age: int
    months_as_customer: int
    num_claims_past_year: int
    num_insurers_past_5_years: int
    policy_state: str
    policy_deductable: int
    policy_annual_premium: int
    policy_liability: str
    customer_zip: int
    customer_gender: str
    customer_education: str
    auto_year: int


class Claim(NamedTuple):
    """One claim; there is one for each policy."""

    policy_id: int
    driver_relationship: str
    incident_type: str
    collision_type: str
    incident_severity: str
    authorities_contacted: str
    num_vehicles_involved: int
    num_injuries: int
    num_witnesses: int
    police_report_available: str
    injury_claim: int
    vehicle_claim: int
    total_claim_amount: int
    incident_month: int
    incident_day: int
    incident_dow: int
    incident_hour: int
    fraud: int


def fraud_tables() -> dict[str, Table]:
    """The two raw tables by name."""
    chance = Chance(20260406)
    customers = [_customer(chance, policy) for policy in range(1, POLICIES + 1)]
    claims = [_claim(chance, customer) for customer in customers]
    return {
        "claims": Table(Claim._fields, tuple(map(tuple, claims))),
        "customers": Table(Customer._fields, tuple(map(tuple, customers))),
    }


def _customer(chance: Chance, policy: int) -> Customer:
    age = chance.between(18, 70)
    return Customer(
        policy_id=policy,
        customer_age=age,
        months_as_customer=chance.between(0, 12 * (age - 17)),
        num_claims_past_year=chance.pick((0, 0, 0, 0, 1, 1, 2)),
        num_insurers_past_5_years=chance.pick((1, 1, 1, 2, 3, 4)),
        policy_state=chance.pick(STATES),
        policy_deductable=chance.pick((500, 750, 800, 1000)),
        policy_annual_premium=50 * chance.between(36, 64),
        policy_liability=chance.pick(("15/30", "25/50", "30/60", "100/200")),
        customer_zip=chance.between(80000, 99999),
        customer_gender=chance.pick(("Male", "Male", "Female", "Female", "Other")),
        customer_education=chance.pick(EDUCATION),
        auto_year=chance.between(2008, 2025),
    )


def _claim(chance: Chance, customer: Customer) -> Claim:
    incident = chance.pick(INCIDENTS)
    injuries = chance.pick((0, 0, 0, 1, 1, 2)) if incident == "Collision" else 0
    injury, vehicle = 100 * chance.between(10, 90) * injuries, 100 * chance.between(10, 400)
    return Claim(
        policy_id=customer.policy_id,
        driver_relationship=chance.pick(RELATIONSHIPS) if incident == "Collision" else "N/A",
        incident_type=incident,
        collision_type=chance.pick(COLLISIONS) if incident == "Collision" else "N/A",
        incident_severity=chance.pick(SEVERITIES),
        authorities_contacted=chance.pick(AUTHORITIES),
        num_vehicles_involved=chance.between(1, 4) if incident == "Collision" else 1,
        num_injuries=injuries,
        num_witnesses=chance.between(0, 5),
        police_report_available=chance.pick(("Yes", "No")),
        injury_claim=injury,
        vehicle_claim=vehicle,
        total_claim_amount=injury + vehicle,
        incident_month=chance.between(1, 12),
        incident_day=chance.between(1, 28),
        incident_dow=chance.between(0, 6),
        incident_hour=chance.between(0, 23),
        fraud=chance.happens(_suspicion(customer, vehicle)),
    )


def _suspicion(customer: Customer, vehicle_claim: int) -> float:
    young, large = customer.customer_age < 30, vehicle_claim > 25_000
    restless = customer.num_insurers_past_5_years > 2
    return -5 + 1.5 * young + 2 * large + 1.2 * restless + (customer.customer_gender == "Male")
