"""An answer as a page of its own: pan, zoom, click for details; no server, nothing to load."""

from .document import page

__all__ = ["page"]
