"""The lineage of one model as a table and as a picture, and the recording of it.

>>> MLLineageHelper(sagemaker_model_name_or_model_s3_uri="fraud").df
          Name/Source    Association Name/Destination …
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..model import Answer, Gap
from .edges import rows
from .named import model_meant
from .recording import Told, facts_of, model_uri, training_job
from .sessions import account_of
from .tables import LINEAGE, Table, table


class MLLineageHelper:
    """The lineage of one model.

    Args:
        sagemaker_session: a session of the SageMaker SDK or of boto3, an object that holds one
            as `session`, or a `Lineage` of either store; None for the account of the
            environment's credentials.
        sagemaker_model_name_or_model_s3_uri: the model to begin with.

    Attributes:
        df: its lineage as a table; None until there is a model.
    """

    def __init__(
        self,
        sagemaker_session: Any = None,
        sagemaker_model_name_or_model_s3_uri: str | None = None,
    ) -> None:
        self.sagemaker_session = sagemaker_session
        self.sagemaker_model_name_or_model_s3_uri = sagemaker_model_name_or_model_s3_uri
        self._account = account_of(sagemaker_session)
        self._answer = Answer()
        self.df: Table | None = None
        if sagemaker_model_name_or_model_s3_uri:
            self.df = self.get_ml_lineage()

    def create_ml_lineage(
        self,
        estimator_or_training_job_name: Any,
        model_name: str | None = None,
        query: str | None = None,
        feature_group_names: Sequence[str] | None = None,
        sagemaker_processing_job_description: Mapping[str, Any] | None = None,
        repo_links: Sequence[tuple[str, str]] | None = None,
    ) -> Table:
        """Record how a model was made, and read its lineage; again, and nothing is written twice.

        Args:
            estimator_or_training_job_name: a trained estimator, or its job's name.
            model_name: the SageMaker model, where one was made of it.
            query: the SQL by which the training data was selected.
            feature_group_names: the feature groups it was selected from.
            sagemaker_processing_job_description: of the job that made the features or the data.
            repo_links: as `get_repo_link` gives them.

        Raises:
            QuestionError: when the training job cannot be described or has made no model.
        """
        told = Told(
            training_job(estimator_or_training_job_name),
            model_name,
            query,
            tuple(feature_group_names or ()),
            (sagemaker_processing_job_description or {}).get("ProcessingJobName"),
            tuple(repo_links or ()),
        )
        facts = facts_of(told, self._account.describing)
        recorded = self._account.lineage.tracker.record(facts, told.training)
        self.sagemaker_model_name_or_model_s3_uri = model_uri(facts)
        return self._read(recorded.answer.gaps)

    def get_ml_lineage(self) -> Table:
        """Read the lineage of the model again: one row for each association upstream of it."""
        return self._read()

    def _read(self, gaps: Sequence[Gap] = ()) -> Table:
        lineage = self._account.lineage
        name = self.sagemaker_model_name_or_model_s3_uri or ""
        self._answer = lineage.upstream(model_meant(lineage, name)).with_gaps(gaps)
        self.df = table(LINEAGE, rows(self._answer.graph), self._answer)
        return self.df

    def graph(self) -> None:
        """Show the lineage: a picture below a notebook's cell, a tree in a terminal."""
        from IPython.core.getipython import get_ipython
        from IPython.display import display

        if get_ipython() is None:
            sys.stdout.write(self._answer.to_text() + "\n")
            return
        bundle = {"text/html": self._answer.to_html(), "text/plain": self._answer.to_text()}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]  # IPython's has no annotations
