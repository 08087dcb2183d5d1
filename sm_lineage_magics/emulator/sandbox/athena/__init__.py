"""Athena: SQL that really runs, on the tables of the catalog, with results on S3."""
