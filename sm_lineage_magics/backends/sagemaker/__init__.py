"""Amazon SageMaker ML Lineage through boto3, which is imported when an account is opened."""

from .backend import SageMakerBackend

__all__ = ["SageMakerBackend"]
