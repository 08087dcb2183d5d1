"""Whatever others do to the same attribute, nothing of ours stays."""

from __future__ import annotations

import types

import pytest

from sm_lineage_magics.tracking.watching.replacing.patches import Patches


def counting(calls):
    def make(original):
        def wrapper(*args):
            calls.append(args)
            return original(*args)

        return wrapper

    return make


@pytest.fixture
def module():
    """A module with one function."""
    made = types.ModuleType("made")
    made.double = lambda x: 2 * x
    return made


def test_a_function_is_replaced_and_put_back(module):
    """And called through in between."""
    original, calls, patches = module.double, [], Patches()
    patches.replace(module, "double", counting(calls))
    doubled = module.double(4)
    patches.undo()

    assert (doubled, calls, module.double) == (8, [(4,)], original)


def test_an_inherited_method_is_inherited_again():
    """It was never the class's own."""

    class Base:
        def name(self):
            return "base"

    class Derived(Base):
        pass

    patches = Patches()
    patches.replace(Derived, "name", counting([]))
    patches.undo()

    assert "name" not in vars(Derived)


def test_nested_replacements_come_off_in_turn(module):
    """A recording inside a recording."""
    original, outer, inner = module.double, Patches(), Patches()
    outer.replace(module, "double", counting([]))
    inner.replace(module, "double", counting([]))
    inner.undo()
    outer.undo()

    assert module.double is original


def test_undone_out_of_turn_it_passes_through_and_takes_itself_away(module):
    """Somebody replaced ours, and put ours back after it was undone."""
    original, calls, ours = module.double, [], Patches()
    ours.replace(module, "double", counting(calls))
    wrapped = module.double
    module.double = lambda x: wrapped(x) + 1
    theirs = module.double
    ours.undo()

    assert (module.double, module.double(4), calls) == (theirs, 9, [])

    module.double = wrapped  # they put back what they found
    assert (module.double(4), calls, module.double) == (8, [], original)


def test_names_that_hold_the_function_are_changed_too(module):
    """`from module import double`, before and during."""
    original, namespace, patches = module.double, {"before": module.double}, Patches()
    patches.replace(module, "double", counting([]))
    patches.rebind(namespace)
    replaced = namespace["before"]
    namespace["during"] = module.double
    patches.undo()
    patches.unbind(namespace)

    assert replaced is not original
    assert namespace == {"before": original, "during": original}
