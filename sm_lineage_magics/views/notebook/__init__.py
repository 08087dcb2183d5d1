"""A recipe as a Jupyter notebook that makes a training set, and the model, again."""

from .document import notebook

__all__ = ["notebook"]
