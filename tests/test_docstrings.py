"""The examples in docstrings are true, as far as they stand by themselves.

Most take something for granted, a store or an account or a graph, and are there to be read. Those
that name nothing but what their module has are run; `…` stands for anything.
"""

import ast
import builtins
import doctest
import pkgutil
from importlib import import_module

import pytest

import sm_lineage_magics

# What they answer is this machine's: a mount, a repository, files of settings, a region.
OF_A_MACHINE = (
    "backends.local.file.filesystem",
    "backends.sagemaker.calls.client",
    "magics.settings.layers",
    "magics.sheet",
    "ml_lineage_helper",
    "tracking.code.git",
    "tracking.code.scripts",
)
PLAIN = "magics", "model", "query", "tracking", "views"


def stands_by_itself(test):
    """Whether all names of its examples are the module's, Python's or its own."""
    known = {*test.globs, *dir(builtins)}
    for example in test.examples:
        try:
            names = [each for each in ast.walk(ast.parse(example.source)) if type(each) is ast.Name]
        except SyntaxError:  # it has `…` where a reader needs no more
            return False
        known |= {each.id for each in names if isinstance(each.ctx, ast.Store)}
        if not {each.id for each in names} <= known:
            return False
    return bool(test.examples)


def modules():
    found = pkgutil.walk_packages(sm_lineage_magics.__path__, "sm_lineage_magics.")
    names = [each.name.partition(".")[2] for each in found]
    return [
        name
        for name in names
        if name.startswith(PLAIN) and not any(name.startswith(each) for each in OF_A_MACHINE)
    ]


def examples(name):
    module = import_module(f"sm_lineage_magics.{name}")
    return [test for test in doctest.DocTestFinder().find(module) if stands_by_itself(test)]


class AsTold(doctest.OutputChecker):
    """Takes `…` for anything."""

    def check_output(self, want, got, optionflags):
        return super().check_output(want.replace("…", "..."), got, optionflags)


@pytest.mark.parametrize("name", modules())
def test_what_an_example_shows_is_what_it_gives(name):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    runner = doctest.DocTestRunner(AsTold(), verbose=False, optionflags=flags)
    said = []
    for test in examples(name):
        runner.run(test, out=said.append)

    assert "".join(said) == ""
