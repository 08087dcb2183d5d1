"""The property names this package writes, said once, so that writers and readers agree.

>>> entity.properties.get(vocabulary.QUERY, "")
'SELECT age FROM …'

Lists and mappings are compact JSON. SageMaker's own names are kept where there are
any, and ml-lineage-helper's (`SageMakerModelName`). A commit and its repository are not
properties: the service has `MetadataProperties` for them, which is `Entity.details["metadata"]`.
"""

from __future__ import annotations

# A query over the feature store (Action).
QUERY = "Query"  # the SQL, whole
QUERY_EXECUTION_ID = "QueryExecutionId"  # as Athena calls this run of it
SUBMITTED = "SubmissionDateTime"  # when it was; an account tells when the action was made
DATABASE = "Database"
TABLES = "Tables"  # list of tables read
# Output column → list of [feature group, column, "direct"] or [feature group, column, "indirect",
# "filter", "join", "group", "order" or "condition"]; under `*` what holds for every column.
# `columns_of` reads it.
COLUMNS = "Columns"

# A feature group (Artifact).
FEATURES = "Features"  # feature → String, Integral or Fractional
# What the offline store adds to every record, after the features, in every format; tables in Glue's
# format, the default, are also partitioned by time, Iceberg's are not.
ADDED_OFFLINE = ("write_time", "api_invocation_time", "is_deleted")
PARTITIONS_OFFLINE = ("year", "month", "day", "hour")
OFFLINE_TABLE = "OfflineTable"  # database.table
OFFLINE_STORE = "OfflineStoreUri"  # where in S3 it keeps its records
SCHEMA_DIGEST = "SchemaSha256"  # of `Features`: it changes when a feature is added

# A data set (Artifact); `Columns` may stand here too.
ETAG = "ETag"
ROWS = "Rows"
HEADER = "Header"  # list of its columns
SIZE = "Size"  # bytes
VERSION_ID = "VersionId"

# Code (Artifact).
DIRTY = "Dirty"  # "true" when the file had changes that are not in the commit
SHA256 = "Sha256"
ENTRY_POINT = "EntryPoint"  # the script in an archive or folder of sources
SOURCE = "Source"  # a cell's own text
NOTE = "Note"  # what the person who tracked it wrote about it

# What ml-lineage-helper writes on training data, and accounts are full of: a query in base64, of
# which it keeps so many characters.
HELPER_QUERY = "Base64FeatureStoreQueryString"
HELPER_QUERY_CUT = 256

# Models and what serves them.
MODEL_NAME = "SageMakerModelName"  # several are parted by commas
ESTIMATOR = "Estimator"  # the class of a model fitted in a notebook
APPROVAL_STATUS = "ModelApprovalStatus"
STATUS = "Status"  # of an endpoint: InService, …
UNSEEN = "Unseen"  # never kept: why a look at what is there now was refused
UNSEEN_KIND = "UnseenKind"  # never kept: the kind of gap that is
TAGS = "Tags"  # never kept: those of an endpoint or package now, as JSON
VARIANTS = "Variants"  # of an endpoint: production variants with their models and weights
