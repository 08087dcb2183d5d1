"""An answer as one self-contained SVG, light and dark, with no script and nothing to load.

>>> svg(answer).startswith("<svg")
True
"""

from .document import draw, svg

__all__ = ["draw", "svg"]
