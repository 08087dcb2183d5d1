"""Where to draw what: a layered layout, left to right with the data, in plain Python.

>>> layout = lay_out({"raw": Size(144, 40), "job": Size(144, 40)}, [("raw", "job")])
>>> layout.positions["raw"].x < layout.positions["job"].x
True

The steps, one file each: `cycles` turns edges round until there is none; `ranks` finds columns;
`layers` puts waypoints on long edges; `ordering` sorts columns so that few edges cross; `alignment`
finds heights; `columns` finds widths; `routing` draws edges past nodes; `packing` puts the parts of
a graph that have nothing to do with each other side by side. `anchoring` keeps a drawing that grows
where it was. The same input always gives the same drawing.
"""

from .compute import lay_out
from .values import Layout, Pair, Point, Size, Spacing

__all__ = ["Layout", "Pair", "Point", "Size", "Spacing", "lay_out"]
