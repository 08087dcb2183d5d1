"""The embedded store against its goals, networkx and DuckDB: `store.py FOLDER SIZE [SIZE]`.

The stores of the sizes are made in FOLDER if they are not there (see `build.py`). Each section
prints one table; `--only walks,tracks` runs some of them. A section is a module of `embedded/`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from embedded.closures import closures
from embedded.cold import cold
from embedded.imports import imports
from embedded.peers import peers
from embedded.shapes import shapes
from embedded.tracks import tracks
from embedded.walks import walks
from embedded.writers import writers

SECTIONS: dict[str, Callable[[Path, list[int]], None]] = {
    each.__name__: each for each in (walks, peers, closures, tracks, writers, cold, imports, shapes)
}


def main() -> None:
    """Run the sections that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, parted by commas")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in asked.only.split(","):
        start = time.perf_counter()
        SECTIONS[name](asked.folder, asked.sizes)
        print(f"\n({name}: {time.perf_counter() - start:.0f} s)", file=sys.stderr)


if __name__ == "__main__":
    main()
