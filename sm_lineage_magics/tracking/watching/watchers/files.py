"""Functions that read and write data and models, seen for the length of a cell.

The table below is all there is to add for another library: the module, the function, where its
path stands among the arguments, and which value goes with it.

>>> with Files(log, Crew()).watching(namespace):
...     frame = pandas.read_csv("raw.csv")
>>> log.events
[Event('read', 'file:///home/me/raw.csv', 'read_csv', …)]
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from ....model import vocabulary
from ...data.locations import locations
from ...recognise.estimators import estimator_of
from ..crew import Crew
from ..events import Act, Event, Held, Log
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper

RESULT = -1


@dataclass(frozen=True)
class Door:
    """A function through which data passes.

    Attributes:
        names: functions of this shape, dotted from the module; a class's methods included.
        act: what calling one does.
        path: position of the path among the arguments; 0 is a method's own object.
        keywords: what the path is called when given by keyword.
        value: position of the value that is written, or `RESULT`.
    """

    names: str
    act: Act
    path: int
    keywords: tuple[str, ...]
    value: int


def _reads(names: str, *keywords: str) -> Door:
    return Door(names, "read", 0, keywords, RESULT)


def _writes(names: str, *keywords: str) -> Door:
    return Door(names, "write", 1, keywords, 0)


def _saves(names: str, *keywords: str) -> Door:
    return Door(names, "save", 1, keywords, 0)


def _loads(names: str, *keywords: str) -> Door:
    return Door(names, "load", 0, keywords, RESULT)


DOORS: Mapping[str, tuple[Door, ...]] = {
    "pandas": (
        _reads(
            "read_csv read_table read_fwf read_excel read_json read_parquet read_feather read_orc "
            "read_pickle read_hdf read_sas read_spss read_stata read_xml read_html",
            *("filepath_or_buffer", "io", "path_or_buf", "path", "path_or_buffer"),
        ),
        _writes(
            "DataFrame.to_csv DataFrame.to_excel DataFrame.to_json DataFrame.to_hdf "
            "DataFrame.to_pickle DataFrame.to_parquet DataFrame.to_feather DataFrame.to_orc "
            "DataFrame.to_stata DataFrame.to_xml",
            *("path_or_buf", "excel_writer", "path", "path_or_buffer"),
        ),
    ),
    "polars": (
        _reads(
            "read_csv read_parquet read_json read_ndjson read_ipc read_avro read_excel "
            "scan_csv scan_parquet scan_ndjson scan_ipc",
            "source",
        ),
        _writes(
            "DataFrame.write_csv DataFrame.write_parquet DataFrame.write_json "
            "DataFrame.write_ndjson DataFrame.write_ipc DataFrame.write_avro "
            "DataFrame.write_excel LazyFrame.sink_csv LazyFrame.sink_parquet",
            *("file", "workbook", "path"),
        ),
    ),
    "numpy": (
        _reads("load loadtxt genfromtxt fromfile", "file", "fname"),
        Door("save savez savez_compressed savetxt", "write", 0, ("file", "fname"), 1),
    ),
    "pyarrow.parquet": (
        _reads("read_table", "source"),
        Door("write_table", "write", 1, ("where",), 0),
    ),
    "awswrangler": (
        _reads("s3.read_csv s3.read_parquet s3.read_json s3.read_excel s3.read_fwf", "path"),
        Door("s3.to_csv s3.to_parquet s3.to_json s3.to_excel", "write", 1, ("path",), 0),
    ),
    "joblib": (_saves("dump", "filename"), _loads("load", "filename")),
    "pickle": (_saves("dump", "file"), _loads("load", "file")),
    "cloudpickle": (_saves("dump", "file"), _loads("load", "file")),
    "dill": (_saves("dump", "file"), _loads("load", "file")),
    "skops.io": (_saves("dump", "file"), _loads("load", "file")),
    "torch": (_saves("save", "f"), _loads("load", "f")),
    "xgboost": (_saves("Booster.save_model XGBModel.save_model", "fname"),),
    "lightgbm": (_saves("Booster.save_model", "filename"),),
    "catboost": (_saves("CatBoost.save_model", "fname"),),
    "keras": (_saves("Model.save", "filepath"), _loads("models.load_model", "filepath")),
}


class Files:
    """Sees what a cell reads and writes through the functions of `DOORS`."""

    def __init__(self, log: Log, crew: Crew) -> None:
        self._log, self._crew = log, crew
        self._inside = threading.local()

    @contextmanager
    def watching(self, namespace: MutableMapping[str, Any]) -> Iterator[None]:
        """See every call inside the block; afterwards no function is left replaced.

        Args:
            namespace: a notebook's variables, which may hold the functions by name.
        """
        with replacing(DOORS.keys(), self._open) as patches, patches.bound_in(namespace):
            yield

    def _open(self, module: ModuleType, patches: Patches) -> None:
        for door in DOORS[module.__name__]:
            for dotted in door.names.split():
                *parents, name = dotted.split(".")
                owner: Any = module
                for part in parents:
                    owner = getattr(owner, part, None)
                if hasattr(owner, name):
                    patches.replace(_definer(owner, name), name, self._seeing(door, name))

    def _seeing(self, door: Door, name: str) -> Any:
        def make(original: Wrapper) -> Wrapper:
            def seeing(*args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                if getattr(self._inside, "busy", False) or not self._crew.here():
                    return original(*args, **kwargs)
                return self._seen(door, name, original, args, kwargs)

            return seeing

        return make

    def _seen(
        self, door: Door, name: str, original: Wrapper, args: tuple[Any, ...], kwargs: Any
    ) -> Any:
        __tracebackhide__ = True
        # A path means what it means before the call, which may change the working directory.
        uris = locations(_path(door, args, kwargs))
        self._inside.busy = True
        try:
            result = original(*args, **kwargs)
        finally:
            self._inside.busy = False
        value = result if door.value == RESULT else _argument(args, kwargs, door.value)
        self._note(door, name, uris, value)
        return result

    def _note(self, door: Door, name: str, uris: tuple[str, ...], value: Any) -> None:
        if not uris:
            return
        seen = Event(
            *(door.act, "", name, *self._log.now()),
            value=Held(value),
            known=shape_of(value),
            estimator=estimator_of(value),
        )
        self._log.add(*(replace(seen, uri=uri) for uri in uris))


def shape_of(value: Any) -> dict[str, str]:
    """Rows and columns of a pandas or polars frame; nothing of any other value."""
    module = type(value).__module__.partition(".")[0]
    if type(value).__name__ != "DataFrame" or module not in ("pandas", "polars"):
        return {}
    header = json.dumps([str(column) for column in value.columns], separators=(",", ":"))
    return {vocabulary.ROWS: str(len(value)), vocabulary.HEADER: header}


def _path(door: Door, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    if len(args) > door.path:
        return args[door.path]
    return next((kwargs[keyword] for keyword in door.keywords if keyword in kwargs), None)


def _argument(args: tuple[Any, ...], kwargs: Mapping[str, Any], position: int) -> Any:
    return args[position] if len(args) > position else next(iter(kwargs.values()), None)


def _definer(owner: Any, name: str) -> Any:
    """The class of `owner`'s ancestry that defines `name`; a module defines its own."""
    if not isinstance(owner, type):
        return owner
    return next(ancestor for ancestor in owner.__mro__ if name in vars(ancestor))
