"""What git knows of a file: its commit, its place in the repository, whether it was changed.

Only git itself is asked, for a few seconds at most, and nothing is written: no index is refreshed,
no hook is run, no password is asked for. A machine without git, a folder that is no repository
and a repository without commits are all the same answer: None.

>>> place_of(Path("train.py"))
Place(commit='9f3c…', path='src/train.py', remote=Remote(…), clean=True)
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .remote import Remote, remote_of

SECONDS = 5.0

# Where these are set, as within a hook, git would answer for another repository.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class Place:
    """Where a file stands in a git repository.

    Attributes:
        commit: the full id of the commit that is checked out.
        path: from the top of the repository, with `/` between its parts; empty for the top.
        remote: where the repository comes from; None when it has no remote.
        tracked: whether the commit has this file at all.
        clean: whether the file is what the commit says it is; None when git would not say.
    """

    commit: str
    path: str
    remote: Remote | None
    tracked: bool
    clean: bool | None


def place_of(path: Path) -> Place | None:
    """Where `path` stands in its repository, or None when git cannot say."""
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    head = _git(folder, "rev-parse", "--show-prefix", "HEAD")
    if head is None or head.count("\n") != 2:
        return None
    prefix, commit, _ = head.split("\n")
    inside = prefix.rstrip("/") if path.is_dir() else prefix + path.name
    return Place(commit, inside, _remote(folder), *_state(folder, path))


def _state(folder: Path, path: Path) -> tuple[bool, bool | None]:
    """Whether the commit has `path`, and whether it is unchanged since."""
    below = "" if folder == path else path.name
    if _git(folder, "rev-parse", "--verify", "--quiet", f"HEAD:./{below}") is None:
        return False, False
    changes = _git(folder, "status", "--porcelain", "--no-renames", "--", str(path))
    return True, None if changes is None else not changes


def _remote(folder: Path) -> Remote | None:
    """The remote the branch follows, else `origin`, else the first one."""
    names = (_git(folder, "remote") or "").split()
    followed = (_git(folder, "rev-parse", "--abbrev-ref", "@{upstream}") or "").partition("/")[0]
    chosen = next((name for name in (followed, "origin", *names) if name in names), None)
    url = _git(folder, "remote", "get-url", chosen) if chosen else None
    return remote_of(url.strip()) if url and url.strip() else None


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, or None when it is absent, refuses, or takes longer than allowed."""
    try:
        done = subprocess.run(
            # A configured file-system monitor is a program of the repository's own choice.
            ("git", "-c", "core.fsmonitor=false", *arguments),
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return kept | _QUIET
