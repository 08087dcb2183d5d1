"""How a model is made of feature groups: query → train and test sets → training job → model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model import Entity
from .account import Account, Stamp
from .data import data_set, query
from .jobs import Built, flow, job
from .registry import model
from .selection import Selection


@dataclass(frozen=True)
class Recipe:
    """One model.

    Attributes:
        name: of the SageMaker model; jobs, query and data are named after it.
        folder: where its data is in the bucket.
        made: when and by whom the query was run; the training follows.
        selection: the query.
        script: the training code.
        image: the training container.
        parameters: the hyper-parameters.
    """

    name: str
    folder: str
    made: Stamp
    selection: Selection
    script: Entity
    image: Entity
    parameters: Mapping[str, Any] = field(hash=False)


def trained(account: Account, recipe: Recipe) -> Built:
    """The model of a recipe, and how it came to be."""
    folder, later = f"{recipe.folder}/{recipe.name}", recipe.made.later(minutes=20)
    selected = query(account, f"{recipe.name}-features", recipe.selection, recipe.made)
    train = data_set(account, f"{folder}/train.csv", recipe.made)
    test = data_set(account, f"{folder}/test.csv", recipe.made)
    result = model(account, f"{folder}/output/model.tar.gz", recipe.name, later)
    inputs = {"train": train, "test": test, "code": recipe.script, "image": recipe.image}
    training = job(
        account, "training", recipe.name, later, inputs, {"model": result}, recipe.parameters
    )
    groups = recipe.selection.groups.values()
    return Built(result, flow(selected, groups, (train, test)) | training)
