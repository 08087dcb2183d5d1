"""Whose doing something is: that of the person's own code, or of an installed library.

Libraries open fonts and settings, keep threads and start programs for their own sake; what the
person's code asks for by way of the standard library (`Path.write_text`) is the person's.

>>> by_own_code(sys._getframe())
True
"""

from __future__ import annotations

import site
import sysconfig
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Literal

Owner = Literal["person", "library", "standard", "ours"]

_OURS = str(Path(__file__).parents[2])
_PATHS = sysconfig.get_paths()
_LIBRARIES = (_PATHS["purelib"], _PATHS["platlib"], *site.getsitepackages())
_OF_THE_USER = (site.getusersitepackages(),) if site.ENABLE_USER_SITE else ()
_STANDARD = (_PATHS["stdlib"], _PATHS["platstdlib"], "<frozen ")


def by_own_code(frame: FrameType | None) -> bool:
    """Whether a frame, or what called it by way of the standard library, is the person's code."""
    found = _beyond(frame, ("ours", "standard"))
    return found is not None and owner_of(found.f_code.co_filename) == "person"


def caller(frame: FrameType | None) -> FrameType | None:
    """The nearest frame that runs no code of this package."""
    return _beyond(frame, ("ours",))


@lru_cache(maxsize=4096)
def owner_of(filename: str) -> Owner:
    """Whose a file is; the cells of a notebook, which have no file, are the person's."""
    if filename.startswith(_OURS):
        return "ours"
    if filename.startswith((*_LIBRARIES, *_OF_THE_USER)):
        return "library"
    return "standard" if filename.startswith(_STANDARD) else "person"


def _beyond(frame: FrameType | None, owners: tuple[Owner, ...]) -> FrameType | None:
    while frame is not None and owner_of(frame.f_code.co_filename) in owners:
        frame = frame.f_back
    return frame
