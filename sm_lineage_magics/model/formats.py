"""What answers and reports can be turned into: filled by the rooms that draw.

>>> formats["svg"](answer)
'<svg …'

The model knows none of those rooms; importing `sm_lineage_magics.views` fills both tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .answer import Answer
    from .report import Report

# Format → what makes it, for answers and for reports.
formats: dict[str, Callable[[Answer], Any]] = {}
report_formats: dict[str, Callable[[Report], Any]] = {}
