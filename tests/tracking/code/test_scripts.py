"""Scripts and cells in real repositories made for the test."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sm_lineage_magics.model import Entity, Home
from sm_lineage_magics.tracking.code import git
from sm_lineage_magics.tracking.code.scripts import code_of, code_of_cell, digest_of

PAGE = "https://github.com/shop/churn"
WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")


def run(folder: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(
        ("git", *WHO, "-c", "protocol.file.allow=always", *arguments),
        cwd=folder,
        env=environment | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


def repository(folder: Path, remote: str | None = "git@github.com:shop/churn.git") -> Path:
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "train.py").write_text("fit()\n")
    run(folder, "init", "-q", "-b", "main")
    if remote:
        run(folder, "remote", "add", "origin", remote)
    run(folder, "add", ".")
    run(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.fixture
def churn(tmp_path):
    return repository(tmp_path / "churn")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_committed_script_is_its_permalink(churn):
    commit = run(churn, "rev-parse", "HEAD")
    uri = f"{PAGE}/blob/{commit}/src/train.py"

    assert code_of(churn / "src" / "train.py") == Entity(
        arn=Home().artifact(uri),
        kind="Artifact",
        type="Code",
        source_uri=uri,
        properties={"Dirty": "false", "Sha256": sha("fit()\n")},
        details={"metadata": {"commit_id": commit, "repository": PAGE}},
    )


def test_a_changed_script_says_so_and_is_told_apart_by_its_digest(churn):
    clean = code_of(churn / "src" / "train.py")
    (churn / "src" / "train.py").write_text("fit(2)\n")

    changed = code_of(churn / "src" / "train.py")

    assert changed.source_uri == clean.source_uri
    assert changed.arn != clean.arn
    assert changed.properties == {"Dirty": "true", "Sha256": sha("fit(2)\n")}
    assert changed.details["source_types"] == [["Custom", sha("fit(2)\n")]]


def test_a_staged_change_is_a_change(churn):
    (churn / "src" / "train.py").write_text("fit(2)\n")
    run(churn, "add", ".")

    assert code_of(churn / "src" / "train.py").properties["Dirty"] == "true"


def test_a_change_to_another_file_is_none(churn):
    (churn / "notes.txt").write_text("hello")

    assert code_of(churn / "src" / "train.py").properties["Dirty"] == "false"


def test_a_renamed_clone_keeps_its_repositorys_name(churn, tmp_path):
    churn.rename(tmp_path / "my own copy")

    code = code_of(tmp_path / "my own copy" / "src" / "train.py")

    assert code.source_uri.startswith(f"{PAGE}/blob/")
    assert code.source_uri.endswith("/src/train.py")


def test_another_branch_or_a_detached_head_is_the_commit_checked_out(churn):
    first = run(churn, "rev-parse", "HEAD")
    run(churn, "checkout", "-q", "-b", "feature/x")
    run(churn, "commit", "-q", "--allow-empty", "-m", "second")
    run(churn, "checkout", "-q", "--detach", first)

    code = code_of(churn / "src" / "train.py")

    assert code.source_uri == f"{PAGE}/blob/{first}/src/train.py"


def test_a_worktree_is_its_own_checkout(churn, tmp_path):
    run(churn, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    run(tmp_path / "side", "commit", "-q", "--allow-empty", "-m", "second")
    commit = run(tmp_path / "side", "rev-parse", "HEAD")

    code = code_of(tmp_path / "side" / "src" / "train.py")

    assert code.source_uri == f"{PAGE}/blob/{commit}/src/train.py"


def test_a_file_in_a_sub_module_belongs_to_the_sub_module(churn, tmp_path):
    library = repository(tmp_path / "library", None)
    run(churn, "submodule", "--quiet", "add", str(library), "vendor/library")
    run(churn / "vendor/library", "remote", "set-url", "origin", "git@gitlab.com:shop/lib.git")
    commit = run(library, "rev-parse", "HEAD")

    code = code_of(churn / "vendor" / "library" / "src" / "train.py")

    assert code.source_uri == f"https://gitlab.com/shop/lib/-/blob/{commit}/src/train.py"


def test_a_file_git_does_not_track_has_no_page(churn):
    (churn / "scratch.py").write_text("1")

    code = code_of(churn / "scratch.py")

    assert code.source_uri == (churn / "scratch.py").as_uri()
    assert code.properties == {"Dirty": "true", "Sha256": sha("1")}
    assert code.details["metadata"]["repository"] == PAGE


def test_a_file_that_git_ignores_has_no_page(churn):
    (churn / ".gitignore").write_text("*.local\n")
    (churn / "x.local").write_text("1")

    assert code_of(churn / "x.local").source_uri == (churn / "x.local").as_uri()


def test_without_a_remote_the_commit_is_still_known(tmp_path):
    path = repository(tmp_path / "alone", None) / "src" / "train.py"

    code = code_of(path)

    assert code.source_uri == path.as_uri()
    assert code.details["metadata"] == {"commit_id": run(tmp_path / "alone", "rev-parse", "HEAD")}


def test_without_a_repository_the_file_and_its_digest_are_what_is_known(tmp_path):
    (tmp_path / "train.py").write_text("fit()\n")
    uri = (tmp_path / "train.py").as_uri()

    code = code_of(tmp_path / "train.py")

    assert (code.source_uri, code.properties) == (uri, {"Sha256": sha("fit()\n")})
    assert code.details == {"source_types": [["Custom", sha("fit()\n")]]}


def test_a_repository_without_commits_has_no_commit_to_link_to(tmp_path):
    run(tmp_path, "init", "-q")
    (tmp_path / "train.py").write_text("fit()\n")

    assert code_of(tmp_path / "train.py").source_uri == (tmp_path / "train.py").as_uri()


def test_a_file_that_is_gone_is_still_named(churn, tmp_path):
    (churn / "src" / "train.py").unlink()

    assert code_of(churn / "src" / "train.py").properties == {"Dirty": "true"}
    assert code_of(tmp_path / "no" / "such.py").properties == {}


def test_credentials_in_a_remote_are_nowhere(tmp_path):
    churn = repository(tmp_path / "churn", "https://ann:ghp_planted@github.com/shop/churn.git")

    assert "planted" not in repr((code_of(churn / "src" / "train.py"), code_of(churn)))


def test_the_branchs_own_remote_comes_before_origin(churn, tmp_path):
    run(tmp_path, "clone", "-q", "--bare", str(churn), "fork.git")
    run(churn, "remote", "add", "fork", str(tmp_path / "fork.git"))
    run(churn, "fetch", "-q", "fork")
    run(churn, "branch", "-q", "--set-upstream-to", "fork/main")
    run(churn, "remote", "set-url", "fork", "git@github.com:ann/churn.git")

    code = code_of(churn / "src" / "train.py")

    assert code.source_uri.startswith("https://github.com/ann/churn/blob/")


@pytest.mark.parametrize("name", ["a b.py", "é.py", "*.py", "[x].py", "#1.py", "--help", ":top.py"])
def test_odd_file_names_are_tracked_as_any_other(churn, name):
    (churn / name).write_text("1")
    run(churn, "add", "--", f"./{name}")
    run(churn, "commit", "-q", "-m", "odd")

    code = code_of(churn / name)

    assert code.source_uri.startswith(f"{PAGE}/blob/")
    assert code.properties["Dirty"] == "false"


def test_a_folder_of_sources_is_one_piece_of_code(churn):
    commit = run(churn, "rev-parse", "HEAD")

    code = code_of(churn / "src")

    assert code.source_uri == f"{PAGE}/tree/{commit}/src"
    assert code.properties == {"Dirty": "false", "Sha256": digest_of(churn / "src")}


def test_a_folders_digest_is_of_names_and_contents(churn):
    before = digest_of(churn / "src")
    (churn / "src" / "__pycache__").mkdir()
    (churn / "src" / "__pycache__" / "x.pyc").write_text("1")
    assert digest_of(churn / "src") == before

    (churn / "src" / "train.py").rename(churn / "src" / "fit.py")
    assert digest_of(churn / "src") != before


def test_a_cell_is_told_apart_by_its_hash_and_keeps_its_source(churn):
    (churn / "churn.ipynb").write_text("{}")
    run(churn, "add", ".")
    run(churn, "commit", "-q", "-m", "notebook")
    commit = run(churn, "rev-parse", "HEAD")
    uri = f"{PAGE}/blob/{commit}/churn.ipynb"

    cell = code_of_cell("fit()", churn / "churn.ipynb")

    assert cell == Entity(
        arn=Home().artifact(uri, [("Custom", sha("fit()"))]),
        kind="Artifact",
        type="Code",
        name=f"cell-{sha('fit()')[:8]}",
        source_uri=uri,
        properties={"Source": "fit()", "Dirty": "false", "Sha256": sha("fit()")},
        details={
            "source_types": [["Custom", sha("fit()")]],
            "metadata": {"commit_id": commit, "repository": PAGE},
        },
    )


def test_a_cell_of_an_unknown_notebook_says_so():
    cell = code_of_cell("fit() # 😀 \ud800")

    assert cell.source_uri == "notebook:unknown"
    assert "metadata" not in cell.details


def test_two_cells_of_one_notebook_are_two():
    assert code_of_cell("a").arn != code_of_cell("b").arn


def test_a_machine_without_git_has_files_all_the_same(churn, monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert code_of(churn / "src" / "train.py").source_uri == (churn / "src/train.py").as_uri()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for git is a shell script")
def test_a_git_that_hangs_is_not_waited_for(churn, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "SECONDS", 0.2)

    assert code_of(churn / "src" / "train.py").source_uri == (churn / "src/train.py").as_uri()


def test_git_variables_of_another_repository_do_not_mislead(churn, tmp_path, monkeypatch):
    other = repository(tmp_path / "other", "git@github.com:shop/other.git")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))

    assert code_of(churn / "src" / "train.py").source_uri.startswith(PAGE)


def test_looking_writes_nothing_into_the_repository(churn):
    os.utime(churn / "src" / "train.py", (0, 0))
    before = (churn / ".git" / "index").read_bytes()

    code_of(churn / "src" / "train.py")

    assert (churn / ".git" / "index").read_bytes() == before
