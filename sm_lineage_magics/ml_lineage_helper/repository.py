"""Links to scripts on their git host, at the commit they were at.

>>> get_repo_link(os.getcwd(), "processing.py")
('processing_code', 'https://github.com/shop/churn/blob/9f3c…/processing.py')
"""

from __future__ import annotations

from pathlib import Path

from ..errors import QuestionError
from ..tracking.code.git import place_of


def get_repo_link(
    cwd: str | Path, entry_point_script_path: str, processing_code: bool = True
) -> tuple[str, str]:
    """What the script is for, and its page on the git host at the commit checked out.

    Args:
        cwd: the folder the script's path is relative to.
        entry_point_script_path: the script.
        processing_code: whether it is a processing script; else a training script.

    Raises:
        QuestionError: when the script is in no commit, or its repository has no known page.
    """
    path = Path(cwd) / entry_point_script_path
    place = place_of(path)
    if place is None or not place.tracked:
        raise QuestionError(f"{path} is in no git commit. Expected a script that is committed.")
    link = place.remote.permalink(place.commit, place.path) if place.remote else None
    if link is None:
        raise QuestionError(
            f"The repository of {path} has no remote with known pages. Expected GitHub, GitLab, "
            "Bitbucket or CodeCommit; see `git remote -v`."
        )
    return "processing_code" if processing_code else "training_code", link
