"""Remotes as people write them become pages that open, with nothing secret in them."""

import pytest

from sm_lineage_magics.tracking.code.remote import Remote, remote_of

GITHUB = "https://github.com/shop/churn/blob/9f3c/src/train.py"
GITLAB = "https://gitlab.com/shop/ml/churn/-/blob/9f3c/src/train.py"
BITBUCKET = "https://bitbucket.org/shop/churn/src/9f3c/src/train.py"
CODECOMMIT = (
    "https://us-east-1.console.aws.amazon.com/codesuite/codecommit"
    "/repositories/churn/browse/9f3c/--/src/train.py"
)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://github.com/shop/churn.git", GITHUB),
        ("https://github.com/shop/churn", GITHUB),
        ("https://me:ghp_secret@github.com/shop/churn.git/", GITHUB),
        ("git@github.com:shop/churn.git", GITHUB),
        ("git@github.com:/shop/churn.git", GITHUB),
        ("git@github.com-work:shop/churn.git", GITHUB),
        ("ssh://git@github.com/shop/churn.git", GITHUB),
        ("ssh://git@ssh.github.com:443/shop/churn.git", GITHUB),
        ("git://github.com/shop/churn.git", GITHUB),
        ("https://GitHub.com/shop/churn.git", GITHUB),
        (
            "git@github.example.com:shop/churn.git",
            "https://github.example.com/shop/churn/blob/9f3c/src/train.py",
        ),
        ("https://oauth2:glpat-secret@gitlab.com/shop/ml/churn.git", GITLAB),
        ("git@gitlab.com:shop/ml/churn.git", GITLAB),
        (
            "https://gitlab.example.com:8443/shop/churn.git",
            "https://gitlab.example.com:8443/shop/churn/-/blob/9f3c/src/train.py",
        ),
        (
            "ssh://git@gitlab.example.com:2222/shop/churn.git",
            "https://gitlab.example.com/shop/churn/-/blob/9f3c/src/train.py",
        ),
        ("https://me@bitbucket.org/shop/churn.git", BITBUCKET),
        ("git@bitbucket.org:shop/churn.git", BITBUCKET),
        (
            "ssh://git@bitbucket.example.com:7999/ml/churn.git",
            "https://bitbucket.example.com/projects/ml/repos/churn/browse/src/train.py?at=9f3c",
        ),
        (
            "https://bitbucket.example.com/scm/~ann/churn.git",
            "https://bitbucket.example.com/users/ann/repos/churn/browse/src/train.py?at=9f3c",
        ),
        ("https://git-codecommit.us-east-1.amazonaws.com/v1/repos/churn", CODECOMMIT),
        ("ssh://APKASECRET@git-codecommit.us-east-1.amazonaws.com/v1/repos/churn", CODECOMMIT),
        ("https://git-codecommit-fips.us-east-1.amazonaws.com/v1/repos/churn", CODECOMMIT),
        ("codecommit::us-east-1://churn", CODECOMMIT),
        ("codecommit::us-east-1://profile@churn", CODECOMMIT),
        (
            "https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/churn",
            "https://cn-north-1.console.amazonaws.cn/codesuite/codecommit"
            "/repositories/churn/browse/9f3c/--/src/train.py",
        ),
    ],
)
def test_each_way_to_write_a_remote_gives_its_hosts_page(url, page):
    assert remote_of(url).permalink("9f3c", "src/train.py") == page


@pytest.mark.parametrize(
    ("url", "remote"),
    [
        (
            "https://me:secret@git.example.com/shop/churn.git?private_token=secret",
            Remote("", "https://git.example.com/shop/churn"),
        ),
        ("me@git.example.com:churn.git", Remote("", "https://git.example.com/churn")),
        ("/srv/git/churn.git", Remote("", "/srv/git/churn.git")),
        ("file:///srv/git/churn.git", Remote("", "/srv/git/churn.git")),
        ("C:\\git\\churn", Remote("", "C:\\git\\churn")),
        ("../churn", Remote("", "../churn")),
    ],
)
def test_a_host_not_known_has_no_page_and_keeps_no_user(url, remote):
    assert (remote_of(url), remote_of(url).permalink("9f3c", "train.py")) == (remote, None)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("git@github.com:shop/churn.git", "https://github.com/shop/churn/tree/9f3c/a%20b"),
        ("git@gitlab.com:shop/churn.git", "https://gitlab.com/shop/churn/-/tree/9f3c/a%20b"),
        ("git@bitbucket.org:shop/churn.git", "https://bitbucket.org/shop/churn/src/9f3c/a%20b"),
    ],
)
def test_a_folder_has_a_page_of_its_own(url, page):
    assert remote_of(url).permalink("9f3c", "a b", folder=True) == page


def test_the_top_of_a_repository_has_a_page():
    page = remote_of("git@github.com:shop/churn.git").permalink("9f3c", "", folder=True)

    assert page == "https://github.com/shop/churn/tree/9f3c"
