"""Links to code: at the commit, wherever the clone is, on any host, without secrets."""

from __future__ import annotations

import subprocess

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.ml_lineage_helper import get_repo_link


@pytest.fixture
def clone(tmp_path):
    """A clone whose folder is not called as its repository, with one commit."""
    folder = tmp_path / "my renamed clone"
    (folder / "code").mkdir(parents=True)
    (folder / "code" / "processing.py").write_text("pass\n")

    def git(*arguments):
        command = ("git", "-c", "user.name=A", "-c", "user.email=a@example.com", *arguments)
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "one")
    return folder, git


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/shop/churn.git", "https://github.com/shop/churn/blob/{}/{}"),
        ("git@github.com:shop/churn.git", "https://github.com/shop/churn/blob/{}/{}"),
        ("https://me:token@github.com/shop/churn", "https://github.com/shop/churn/blob/{}/{}"),
        ("https://gitlab.com/shop/churn.git", "https://gitlab.com/shop/churn/-/blob/{}/{}"),
        ("https://bitbucket.org/shop/churn", "https://bitbucket.org/shop/churn/src/{}/{}"),
    ],
)
def test_the_link_is_the_page_of_the_script_at_its_commit(clone, remote, page):
    """It assumes GitHub's pages, names a branch, and repeats the remote's password."""
    folder, git = clone
    git("remote", "add", "origin", remote)

    link = get_repo_link(folder, "code/processing.py")

    assert link == ("processing_code", page.format(git("rev-parse", "HEAD"), "code/processing.py"))


def test_more_branches_or_none_change_nothing(clone):
    """It takes the whole list of branches for the branch."""
    folder, git = clone
    git("remote", "add", "origin", "https://github.com/shop/churn.git")
    git("branch", "other")
    git("checkout", "--quiet", "--detach")

    kind, link = get_repo_link(folder / "code", "processing.py", processing_code=False)

    assert kind == "training_code"
    assert link.endswith(f"/blob/{git('rev-parse', 'HEAD')}/code/processing.py")


def test_a_script_that_is_not_committed_has_no_page(clone):
    folder, _ = clone
    (folder / "new.py").write_text("pass\n")

    with pytest.raises(QuestionError, match="is in no git commit"):
        get_repo_link(folder, "new.py")


def test_a_repository_without_a_remote_has_no_pages(clone):
    with pytest.raises(QuestionError, match="no remote with known pages"):
        get_repo_link(clone[0], "code/processing.py")


def test_a_folder_that_is_no_repository_has_none(tmp_path):
    with pytest.raises(QuestionError, match="is in no git commit"):
        get_repo_link(tmp_path, "processing.py")
