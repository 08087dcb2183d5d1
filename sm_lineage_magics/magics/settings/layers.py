"""The layers of settings outside the notebook: files, their profiles, and the environment.

>>> [layer.origin for layer in found()]
['/home/ana/.config/sm_lineage_magics/config.toml', 'SM_LINEAGE_STORE']
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import ConfigError
from .config import NAMES, Layer

TABLE = "sm_lineage_magics"
PREFIX = "SM_LINEAGE_"
USE = PREFIX + "USE"


def found(
    folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Layer]:
    """The layers there are outside the notebook, the weakest first.

    Args:
        folder: where to look for a `pyproject.toml`, upwards; the working folder when None.
        environment: environment variables; the process's own when None.
    """
    environment = os.environ if environment is None else environment
    yield from _without_profiles(files(folder, environment))
    if environment.get(USE):
        yield profile(environment[USE], folder, environment)
    yield from environment_layers(environment)


def files(folder: Path | None, environment: Mapping[str, str]) -> tuple[Layer, ...]:
    """What the user's file and the project's set, the stronger last; profiles included."""
    read = (user_layer(environment), project_layer(folder or Path.cwd()))
    return tuple(layer for layer in read if layer)


def user_file(environment: Mapping[str, str]) -> Path:
    """The user's own file: `$XDG_CONFIG_HOME/sm_lineage_magics/config.toml`, or the platform's."""
    if "XDG_CONFIG_HOME" in environment:
        return Path(environment["XDG_CONFIG_HOME"]) / TABLE / "config.toml"
    from platformdirs import user_config_path

    return Path(user_config_path(TABLE, appauthor=False)) / "config.toml"


def user_layer(environment: Mapping[str, str]) -> Layer | None:
    """What the user's own file sets."""
    path = user_file(environment)
    return Layer(str(path), _toml(path)) if path.is_file() else None


def project_layer(folder: Path) -> Layer | None:
    """What the nearest `pyproject.toml` that has our table sets."""
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        # Most projects have no table of ours: their file need not even be parsed.
        if path.is_file() and TABLE in path.read_text(encoding="utf-8", errors="replace"):
            table = _toml(path).get("tool", {}).get(TABLE)
            if table is not None:
                return Layer(str(path), table)
    return None


def environment_layers(environment: Mapping[str, str]) -> Iterator[Layer]:
    """What variables such as `SM_LINEAGE_STORE` set; each is its own origin."""
    for name in NAMES:
        variable = PREFIX + name.upper()
        if environment.get(variable):
            yield Layer(variable, {name: environment[variable]})


def profiles(
    folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> dict[str, Layer]:
    """The named profiles of both files: what `[profiles.NAME]` sets."""
    environment = os.environ if environment is None else environment
    return {
        name: Layer(f"{layer.origin} [profiles.{name}]", values)
        for layer in files(folder, environment)
        for name, values in layer.values.get("profiles", {}).items()
    }


def profile(
    name: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Layer:
    """One named profile.

    Raises:
        ConfigError: when neither file has it.
    """
    there = profiles(folder, environment)
    if name not in there:
        known = ", ".join(("local", "sagemaker", *there))
        raise ConfigError(
            f"No profile {name!r}. Expected one of: {known}; a profile is a table "
            f"[tool.{TABLE}.profiles.{name}] of pyproject.toml, and a store's file ends in .db."
        )
    return there[name]


def _without_profiles(layers: Iterable[Layer]) -> Iterator[Layer]:
    for layer in layers:
        yield Layer(layer.origin, {k: v for k, v in layer.values.items() if k != "profiles"})


def _toml(path: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}. Expected a TOML file.") from error
