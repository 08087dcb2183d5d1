"""Ask ml-lineage-helper and its drop-in the same, of the same account, and write down both answers.

    python scripts/write_side_by_side.py FOLDER > docs/how-to/side-by-side.md

FOLDER holds a copy of https://github.com/aws-samples/ml-lineage-helper, which is not part of this
project. It needs version 2 of the SageMaker SDK and the extra `sandbox`: the account is one that
is not there, made afresh for each library and each case.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from side_by_side.answers import answers, silence
from side_by_side.examples import EXAMPLES
from side_by_side.faults import FAULTS
from side_by_side.libraries import NEW, OLD, Library

HEAD = f"""# Side by side with {OLD}

The examples of {OLD}'s README, its four questions, and what goes wrong with it, asked of both libraries in the same account. Written by `scripts/write_side_by_side.py`, which runs both in the sandbox; ARNs are left out.

[Moving over](move-over.md) tells how.
"""  # noqa: E501


def page(libraries: list[Library]) -> Iterator[str]:
    """The page, part by part."""
    yield HEAD
    for asked in (*EXAMPLES, *FAULTS):
        yield f"## {asked.title}\n\n```text\n{asked.code}\n```\n\n{asked.why}\n"
        yield from (block(library, text) for library, text in answers(libraries, asked))


def block(library: Library, text: str) -> str:
    """What one of them answers."""
    body = "\n".join(f"  {line}".rstrip() for line in text.splitlines())
    return f"```text\n{library.name}\n{body}\n```\n"


def main() -> int:
    """Write the page to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", help="a copy of the repository of ml-lineage-helper")
    sys.path.insert(0, parser.parse_args().folder)
    os.environ["SAGEMAKER_SUPPRESS_V2_WARNING"] = "1"
    with silence():
        libraries = [
            Library.of(OLD, "ml_lineage_helper"),
            Library.of(NEW, "sm_lineage_magics.ml_lineage_helper"),
        ]
    print("\n".join(page(libraries)).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
