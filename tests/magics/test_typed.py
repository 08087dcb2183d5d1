"""A name goes into a line so that the shell reads it as it stands, whatever a stranger gave it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.magic import Magics, line_magic, magics_class

from sm_lineage_magics.magics.line.words import words
from sm_lineage_magics.model import quoted


@magics_class
class Heard(Magics):
    """Keeps what a line came to."""

    line = ""

    @line_magic
    def heard(self, line):
        self.line = line


@pytest.fixture(scope="module")
def heard(one_shell):
    """The words that are left of a line of these once the shell has run it."""
    magic = Heard(one_shell)
    one_shell.register_magics(magic)

    def heard(line, **variables):
        one_shell.user_ns.update(variables)
        one_shell.run_cell(f"%heard {line}").raise_error()
        return words(magic.line).texts

    yield heard
    one_shell.reset()


# Blanks of a line, and whatever can be seen; more of what means something to a shell.
NAMES = st.text(
    st.one_of(
        st.sampled_from("\"'\\${}x.+-#;?! \t%@=~`()[]"),
        st.characters(exclude_categories=("C", "Zl", "Zp")),
    ),
    min_size=1,
)


@given(name=NAMES)
@example(name="{x}")
@example(name="{1/0} {x}")
@example(name="$x '$x' $$x.y ${x}")
@example(name="it's $x")
@example(name="what?")
@example(name="x??")
@settings(deadline=None)
def test_a_name_is_heard_as_it_was_given(heard, name):
    assert heard(f"upstream {quoted(name)}", x="a variable") == ("upstream", name)


def test_a_name_is_never_run(heard):
    run = []
    names = ("{run.append(1)}", "'{run.append(2)}", "${run.append(3)}")

    assert heard(" ".join(map(quoted, names)), run=run) == names
    assert run == []
