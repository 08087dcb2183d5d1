"""A recipe as a Jupyter notebook that makes a training set, and the model, again.

>>> pathlib.Path("again.ipynb").write_text(notebook(recipe))
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...query.evidence.reproduce import QueryStep, Recipe
from ..escape import markdown
from . import code
from .point_in_time import as_of


def notebook(recipe: Recipe, *, output: str = "", role: str = "") -> str:
    """The notebook, as the text of an .ipynb file (format 4.5), without outputs.

    Args:
        recipe: what it takes.
        output: S3 prefix for all that is made; to be filled in when empty.
        role: ARN of the training job's role; to be filled in when empty.
    """
    cells = list(_cells(recipe, code.setup(output=output, role=role)))
    for number, cell in enumerate(cells):
        cell["id"] = f"step-{number}"
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _cells(recipe: Recipe, setup: str) -> Iterator[dict[str, Any]]:
    yield _prose(f"# {markdown(recipe.title)}, made again", *_cannot(recipe))
    yield _code(setup)
    if recipe.code:
        yield _prose("## Code", "", *_commits(recipe))
    if recipe.queries:
        yield _prose("## Training data", "", "Each query as it ran, over the rows of that moment.")
        yield _code(code.FUNCTIONS)
    for number, query in enumerate(recipe.queries, 1):
        yield from _query(query, number)
    for step in recipe.training:
        yield _prose(f"## Training: {markdown(step.name)}")
        yield _code(code.training(step, queries=bool(recipe.queries)))


def _cannot(recipe: Recipe) -> Iterator[str]:
    yield ""
    if not recipe.missing:
        yield "Everything it takes is recorded. Set `OUTPUT` and `ROLE` below and run all cells."
        return
    yield "**What cannot be made again as it was:**"
    yield ""
    yield from (f"- {markdown(line)}" for line in recipe.missing)


def _commits(recipe: Recipe) -> Iterator[str]:
    for file in recipe.code:
        where = f"at commit {file.commit} of {file.repository}" if file.commit else "at no commit"
        yield f"- {markdown(file.path)} {markdown(where)}"


def _query(query: QueryStep, number: int) -> Iterator[dict[str, Any]]:
    if not query.sql:
        return
    sql, restricted = as_of(query.sql, query.tables, query.ran)
    note = "" if restricted else " Its tables are not known to keep every row: read as they are."
    yield _prose(f"### {markdown(query.name)}", "", f"Ran {_moment(query)}.{note}")
    yield _code(code.query(query, sql, number))


def _moment(query: QueryStep) -> str:
    return f"{query.ran:%Y-%m-%d %H:%M:%S} UTC" if query.ran else "at a time not recorded"


def _prose(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": "\n".join(lines)}


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source.rstrip(),
    }
