"""Files and S3 objects, as lineage knows them."""
