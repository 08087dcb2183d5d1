"""What files and data sources are known by."""

import pytest

from sm_lineage_magics.tracking.data.locations import location


@pytest.mark.parametrize(
    ("given", "known_as"),
    [
        ("s3a://shop/raw.csv", "s3://shop/raw.csv"),
        ("s3://shop/what?.csv", "s3://shop/what?.csv"),
        ("s3://shop/raw.csv?versionId=3&X-Amz-Signature=secret", "s3://shop/raw.csv"),
        ("HTTPS://me:secret@host/raw.csv?token=x#top", "https://host/raw.csv"),
        ("https://host?token=x", "https://host/"),
        ("jdbc:redshift://insurer/claims", "jdbc:redshift://insurer/claims"),
        ("jdbc:redshift://h:5439/db;UID=me;PWD=secret?ssl=true", "jdbc:redshift://h:5439/db"),
        ("postgresql+psycopg://me:secret@db/shop", "postgresql+psycopg://db/shop"),
        ("file:///data/raw.csv", "file:///data/raw.csv"),
    ],
)
def test_a_uri_is_kept_but_for_its_secrets(given, known_as):
    """Whatever its scheme looks like."""
    assert location(given) == known_as
