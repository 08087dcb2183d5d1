"""Write a page of examples: every command once, with what it answers.

    scripts/docs writes it; it needs the extra `sandbox`, for the commands that need an account.

Each is typed in a real shell, in a folder and with a store of its own.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from sm_lineage_magics.magics.commands import FAMILIES, command_of

RAW = "s3://sagemaker-us-east-1-111122223333/fraud/raw/claims.csv"
MOST_LINES = 24

# What is typed before, and is not shown.
BEFORE = ("%load_ext sm_lineage_magics", "%lineage use examples.db", "%lineage demo fraud --quiet")

# In this order: some need what others have done.
EXAMPLES: Mapping[str, str] = {
    "upstream": "%lineage upstream model:fraud-mitigated --depth 4",
    "downstream": f"%lineage downstream {RAW} --depth 3",
    "sources": "%lineage sources endpoint:fraud",
    "datasets": "%lineage datasets model:fraud-mitigated",
    "feature-groups": "%lineage feature-groups model:fraud-mitigated",
    "queries": "%lineage queries model:fraud-mitigated",
    "code": "%lineage code model:fraud-mitigated",
    "jobs": "%lineage jobs model:fraud-mitigated",
    "models": "%lineage models fg:claims",
    "endpoints": "%lineage endpoints fg:claims",
    "impact": "%lineage impact fg:claims.injury_claim",
    "features": "%lineage features model:fraud-mitigated",
    "path": "%lineage path fg:customers endpoint:fraud",
    "diff": "%lineage diff model:fraud-first model:fraud-mitigated",
    "why": "%lineage why endpoint:fraud",
    "lint": "%lineage lint",
    "reproduce": "%lineage reproduce model:fraud-mitigated again.ipynb",
    "show": "%lineage show model:fraud-mitigated",
    "find": "%lineage find customers",
    "ls": "%lineage ls models",
    "track": "%%lineage track sample\nimport pandas as pd\n\n"
    'pd.DataFrame({"claim": [1, 2]}).to_csv("sample.csv", index=False)',
    "journal": "%lineage journal",
    "undo": "%lineage undo",
    "watch": "%lineage watch on",
    "plan": "%lineage plan",
    "commit": "%lineage commit",
    "link": f"%lineage link jdbc:redshift://insurer/warehouse {RAW}",
    "forget": "%lineage forget jdbc:redshift://insurer/warehouse",
    "export": "%lineage export model:fraud-mitigated fraud.json",
    "import": "%lineage import fraud.json",
    "demo": "%lineage demo grocery --quiet",
    "use": "%lineage use examples.db",
    "config": "%lineage config depth=4",
    "help": "%lineage help undo",
    "doctor": "%lineage doctor",
    "sandbox": "%lineage sandbox on\n%lineage use sagemaker",
    "quota": "%lineage quota",
    "push": "%lineage push",
    "pull": "%lineage pull",
    "backfill": "%lineage backfill",
}

# What is done before an example, and is not shown.
MEANWHILE: Mapping[str, str] = {
    "plan": 'import pandas as pd\npd.DataFrame({"claim": [3]}).to_csv("watched.csv")',
    "link": "%lineage watch off",
}

# What says more of the machine, or of its Python, than of the command.
VARIES = frozenset({"doctor", "help"})

NO_HISTORY = Config({"HistoryManager": {"enabled": False}})

_HEAD = """# Examples

Every command once, on the insurer's lineage (`%lineage demo fraud`), as a terminal shows it; a
notebook shows pictures, tables and the explorer. Long answers are cut here. [Commands](commands.md)
tells every option.
"""


def page() -> str:
    """The page."""
    return "\n".join(_parts(answers()))


def _parts(given: Mapping[str, str]) -> Iterator[str]:
    yield _HEAD
    for title, words in FAMILIES.values():
        yield f"## {title[0].upper()}{title[1:]}\n"
        for word in words:
            yield f"### {word}\n"
            yield f"{command_of(word).words[word][0].upper()}{command_of(word).words[word][1:]}.\n"
            yield f"```text\n{_typed(EXAMPLES[word])}\n{given[word]}\n```\n"


def _typed(code: str) -> str:
    first, *more = code.splitlines()
    return "\n".join((f">>> {first}", *(f"... {line}".rstrip() for line in more)))


def answers() -> dict[str, str]:
    """What each example shows, by its command."""
    before = Path.cwd(), dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="examples-") as name:
        folder = Path(name).resolve()
        os.chdir(folder)
        os.environ |= {"SM_LINEAGE_STORE": str(folder / "examples.db"), "COLUMNS": "80"}
        os.environ |= {"XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name, "IPYTHONDIR": name}
        try:
            return _typed_in(InteractiveShell.instance(config=NO_HISTORY), folder)
        finally:
            os.chdir(before[0])
            os.environ.clear()
            os.environ.update(before[1])
            InteractiveShell.clear_instance()


def _typed_in(shell: InteractiveShell, folder: Path) -> dict[str, str]:
    for line in BEFORE:
        _shown(shell, line)
    given = {}
    try:
        for word, code in EXAMPLES.items():
            _shown(shell, MEANWHILE.get(word, ""))
            given[word] = _short(_settled(_shown(shell, code), folder))
        return given
    finally:
        for line in ("%lineage sandbox off", "%unload_ext sm_lineage_magics"):
            _shown(shell, line)


def _shown(shell: InteractiveShell, code: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        shell.run_cell(code, store_history=True).raise_error()
    return re.sub(r"Out\[\d+\]: \n?", "", shown.getvalue()).strip("\n")


def _settled(text: str, folder: Path) -> str:
    """Without what is another every time: the folder, ids of runs, the present moment."""
    now = datetime.now(timezone.utc)
    text = text.replace(str(folder), "~")
    text = re.sub(r"\b20\d{6}-\d{6}-[0-9a-f]{4}\b", "20260131-093000-1a2b", text)
    return re.sub(rf"{now:%Y-%m-%d}[T ]\d\d:\d\d(:\d\d)?", "2026-01-31 09:30", text)


def _short(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "…"])


if __name__ == "__main__":
    Path(sys.argv[1], "examples.md").write_text(page(), encoding="utf-8")
