"""Questions over a graph in hand. Pure: values in, values out."""

from .traverse import ascendants, descendants, traverse

__all__ = ["ascendants", "descendants", "traverse"]
