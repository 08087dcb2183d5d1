"""What works in this environment, and what to do about what does not.

>>> examined(session).sections[0].rows[0]
('Python', '3.12.1', '')
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..backends import Backend
from ..errors import LineageError
from ..model import Report, Section
from .exploring import Explorers

if TYPE_CHECKING:
    from ..backends.local import Store
    from .session import Session

# What was looked at, what was found, and what to do about it; nothing to do when empty.
Check = tuple[str, str, str]

COLUMNS = ("Checked", "Found", "What to do")
# The folders in which a Jupyter server looks for the widget's part that runs in the browser.
LAB_EXTENSION = "share/jupyter/labextensions/jupyter-cytoscape"


def examined(session: Session) -> Report:
    """A report with a line for everything looked at."""
    parts = {
        "This environment": tuple(environment()),
        "The store": tuple(store(session)),
        "Pictures": (
            *pictures([Path(sys.prefix), *user_folders()], kernel=in_kernel(session)),
            explorer(session),
        ),
    }
    todo = sum(bool(advice) for checks in parts.values() for _, _, advice in checks)
    return Report(
        "Doctor",
        ("All is well." if not todo else f"{todo} of these want something done.",),
        tuple(Section(title, COLUMNS, checks) for title, checks in parts.items()),
        data={what: found for checks in parts.values() for what, found, _ in checks},
    )


def environment() -> Iterator[Check]:
    """Versions of what the package stands on."""
    yield "sm_lineage_magics", __version__, ""
    yield "Python", platform.python_version(), ""
    for package in ("ipython", "pandas", "boto3"):
        found = version_of(package)
        yield package, found or "not installed", "" if found else f"%pip install {package}"


def store(session: Session) -> Iterator[Check]:
    """What is asked, and whether it answers."""
    yield "configured", session.settings.where, ""
    try:
        yield from of_backend(session.lineage.backend)
    except LineageError as error:
        yield "opened", "no", str(error)


def of_backend(backend: Backend) -> Iterator[Check]:
    """What a backend says of itself, where it can be examined."""
    yield "opened", backend.name, ""
    if hasattr(backend, "checkup"):
        yield from backend.checkup()
    if hasattr(backend, "store"):
        yield from embedded(backend.store)


def embedded(store: Store) -> Iterator[Check]:
    """How the embedded store is kept, and how much it holds."""
    opening = store.opening
    if opening.path is not None:
        yield "journal", f"{opening.journal}, as this file system allows", ""
        yield "size", f"{opening.path.stat().st_size:,} bytes", ""
    yield "entities", f"{store.count():,}", "" if store.count() else EMPTY
    yield "associations", f"{store.count_associations():,}", ""


def pictures(prefixes: Iterable[Path], *, kernel: bool) -> Iterator[Check]:
    """Whether the live explorer can be drawn; the static picture always can."""
    yield "runs in", "a Jupyter kernel" if kernel else "a terminal", "" if kernel else TERMINAL
    for package in ("ipywidgets", "ipycytoscape"):
        found = version_of(package)
        yield package, found or "not installed", "" if found else f"%pip install {package}"
    there = [prefix for prefix in prefixes if (prefix / LAB_EXTENSION).is_dir()]
    yield (
        "browser part of ipycytoscape",
        str(there[0] / LAB_EXTENSION) if there else "not beside this kernel",
        "" if there else SERVER,
    )


def explorer(session: Session) -> Check:
    """Whether answers are shown live, and if not, why."""
    obstacle = Explorers(session).obstacle
    return "live explorer", "not shown" if obstacle else "shown", obstacle


EMPTY = "%lineage demo brings in a lineage to try; %%lineage track records your own."
TERMINAL = "Answers are shown as text; in Jupyter also as pictures."
SERVER = (
    "If answers show 'Error displaying widget', install ipycytoscape where the Jupyter server "
    "runs and reload the page; pictures and tables show without it."
)


def user_folders() -> list[Path]:
    """Where `pip install --user` puts what a server serves."""
    import site

    return [Path(site.getuserbase())]


def in_kernel(session: Session) -> bool:
    """Whether a front end, not a terminal, shows what is returned."""
    return hasattr(session.shell, "kernel")


def version_of(package: str) -> str | None:
    """The installed version, without importing it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
