"""The names of AWS's ml-lineage-helper, on this package's own store, tracker and questions.

>>> from sm_lineage_magics.ml_lineage_helper import *
>>> from sm_lineage_magics.ml_lineage_helper.query_lineage import QueryLineage
>>> QueryLineage().get_models_from_feature_group(feature_group_arn)

Tables have the columns they had. Where the helper was wrong or silently short, this is right and
says what is missing: `docs/decisions/1101-what-the-drop-in-changes.md` lists each difference.
"""

from .ml_lineage import MLLineageHelper
from .query_lineage import QueryLineage
from .repository import get_repo_link
from .tables import IncompleteLineage

__all__ = ["IncompleteLineage", "MLLineageHelper", "QueryLineage", "get_repo_link"]
