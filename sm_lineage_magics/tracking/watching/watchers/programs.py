"""Programs and processes that a cell starts; what they do, nobody sees from here.

>>> programs = Programs(crew)
>>> with programs.watching():
...     subprocess.run(["aws", "s3", "cp", "raw.csv", "s3://shop/"])
>>> programs.started
('aws',)
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import ModuleType
from typing import Any, TypeGuard

from ..crew import Crew
from ..own import by_own_code
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper

# Who only looks round, or installs, moves no data.
_NAMES = """
    apt apt-get cat cd conda date df du echo env file free git head hostname id jupyter ls lscpu
    mamba man mkdir nproc nvidia-smi pip pip3 printenv ps pwd sleep tail top tree true type uname
    uptime uv wc whereis which whoami
"""
_LOOKS_ROUND = frozenset(_NAMES.split())
_NEXT = re.compile(r"\|+|;|\n|&&|&(?![\d>])")
_BEFORE = re.compile(r"^(?:[\s(]|\w+=\S*\s|(?:sudo|time|nohup|exec)\s)+")
_INTO_A_FILE = re.compile(r"(?<![\d&])>(?!\s*(?:&|/dev/null))")
# The shell's own ways to run a text as a command, and where the text stands: `!ls`, `%%bash`.
_RUN_A_TEXT = {"system": 0, "getoutput": 0, "run_line_magic": 1, "run_cell_magic": 2}
_MAGICS = frozenset(("bash", "sh", "script", "system", "sx", "!"))


class Programs:
    """Sees which programs and processes the person's code starts."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._seen: dict[str, None] = {}

    @property
    def started(self) -> tuple[str, ...]:
        """Their names, each once."""
        return tuple(self._seen)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every one that is started inside the block."""
        with replacing(("os", "subprocess", "multiprocessing.process"), self._open):
            yield

    def _open(self, module: ModuleType, patches: Patches) -> None:
        if module.__name__ == "os":
            patches.replace(module, "system", self._starting(0))
        elif module.__name__ == "subprocess":
            patches.replace(module.Popen, "__init__", self._starting(1))
        else:
            patches.replace(module.BaseProcess, "start", self._starting(0))

    def _starting(self, position: int) -> Any:
        def make(start: Wrapper) -> Wrapper:
            def starting(*args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                if self._crew.here() and by_own_code(sys._getframe(1)):
                    command = args[position] if len(args) > position else kwargs.get("args")
                    self._seen |= dict.fromkeys(programs_of(command))
                return start(*args, **kwargs)

            return starting

        return make


def commands_in(tree: ast.AST) -> Iterator[str]:
    """The programs that commands written in a cell start: `!aws s3 cp …`, `%%bash`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _of_the_shell(node.func):
            texts = [arg.value if isinstance(arg, ast.Constant) else "" for arg in node.args]
            position = _RUN_A_TEXT.get(node.func.attr, len(texts))
            if position < len(texts) and (position == 0 or texts[0] in _MAGICS):
                yield from programs_of(texts[position])


def _of_the_shell(function: ast.expr) -> TypeGuard[ast.Attribute]:
    shell = function.value if isinstance(function, ast.Attribute) else None
    called = shell.func if isinstance(shell, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "get_ipython"


def programs_of(command: Any) -> Iterator[str]:
    """The programs that a command starts and that may move data; a process is one by itself."""
    if isinstance(command, (list, tuple)):
        yield from _program([os.fsdecode(word) for word in command], into_a_file=False)
    elif isinstance(command, (str, bytes, os.PathLike)):
        for text in _NEXT.split(os.fsdecode(command)):
            into_a_file = _INTO_A_FILE.search(text) is not None
            yield from _program(_BEFORE.sub("", text).split(), into_a_file=into_a_file)
    else:
        yield "a process"


def _program(words: list[str], *, into_a_file: bool) -> Iterator[str]:
    if words[1:2] == ["-m"] and words[0].rpartition("/")[2].startswith("python"):
        words = words[2:]
    name = PurePath(words[0]).name if words else ""
    if name and (into_a_file or name not in _LOOKS_ROUND):
        yield name
