"""Settings, and where each came from.

Later of these wins: what is built in · the user's file · the project's `pyproject.toml` · the
environment · IPython's own configuration · what was set in this session.

>>> settings_from([Layer("SM_LINEAGE_VIEW", {"view": "table"})]).settings.view
'table'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ...errors import ConfigError

VIEWS = ("graph", "tree", "table", "details", "mermaid", "markdown", "json")

BUILT_IN = "built in"
IPYTHON = "IPython's configuration"
SESSION = "this session"


class Settings(NamedTuple):
    """What can be configured.

    Attributes:
        backend: `local` (the embedded store) or `sagemaker`.
        store: the embedded store's file, `:memory:`, or None for the usual one.
        read_only: whether every write is refused.
        profile: the AWS profile to use with `sagemaker`.
        region: the AWS region to use with `sagemaker`.
        view: how answers are shown when a line does not say; None leaves it to each command.
        depth: levels to go when a line does not say; None for all.
        feedback: 0 says nothing, 1 one line a command, 2 more.
        alias: another name for `%lineage`, beside it.
        max_entities: how many entities a picture draws before it groups the rest.
        explorer: `auto` shows it wherever a notebook is looked at; `on` always, `off` never.
    """

    backend: str = "local"
    store: str | None = None
    read_only: bool = False
    profile: str | None = None
    region: str | None = None
    view: str | None = None
    depth: int | None = None
    feedback: int = 1
    alias: str = ""
    max_entities: int = 40
    explorer: str = "auto"

    @property
    def target(self) -> str | None:
        """What `Lineage.open` is to open."""
        return "sagemaker" if self.backend == "sagemaker" else self.store

    @property
    def where(self) -> str:
        """Where lineage is kept, for people."""
        if self.backend == "sagemaker":
            names = {"profile": self.profile, "region": self.region}
            given = [f"{what} {name}" for what, name in names.items() if name]
            return " ".join(("Amazon SageMaker", *given)) + self._limits
        return f"the embedded store{f' {self.store}' if self.store else ''}{self._limits}"

    @property
    def _limits(self) -> str:
        return ", read-only" if self.read_only else ""

    @property
    def options(self) -> dict[str, Any]:
        """The options `Lineage.open` takes along."""
        options: dict[str, Any] = {"read_only": self.read_only}
        if self.backend == "sagemaker":
            options.update(profile=self.profile, region=self.region)
        return options


NAMES = Settings._fields


class Layer(NamedTuple):
    """Settings from one place, as written there."""

    origin: str
    values: Mapping[str, Any]


class Configuration(NamedTuple):
    """The settings that hold, and the origin of each."""

    settings: Settings = Settings()
    origins: Mapping[str, str] = MappingProxyType({})

    def origin(self, name: str) -> str:
        """Where the value of a setting came from."""
        return self.origins.get(name, BUILT_IN)

    def with_that_of(self, other: Configuration, name: str) -> Configuration:
        """These settings, but one of them as the other configuration has it."""
        return Configuration(
            self.settings._replace(**{name: getattr(other.settings, name)}),
            {**self.origins, name: other.origin(name)},
        )

    def over(self, layer: Layer) -> Configuration:
        """These settings with those of one more layer over them.

        Raises:
            ConfigError: when the layer sets what there is not, or a value that cannot be.
        """
        read = {name: _read(name, value, layer.origin) for name, value in layer.values.items()}
        return Configuration(
            self.settings._replace(**read),
            {**self.origins, **dict.fromkeys(read, layer.origin)},
        )


def settings_from(layers: Iterable[Layer]) -> Configuration:
    """All layers, one over the other."""
    configuration = Configuration()
    for layer in layers:
        configuration = configuration.over(layer)
    return configuration


def _read(name: str, value: Any, origin: str) -> Any:
    if name not in NAMES:
        from ...model.wording import did_you_mean

        hint = did_you_mean(name, NAMES) or f"Expected one of: {', '.join(NAMES)}."
        raise ConfigError(f"{origin}: no setting {name!r}. {hint}")
    try:
        return _READERS[name](value)
    except ValueError as error:
        raise ConfigError(f"{origin}: {name} = {value!r} cannot be: {error}.") from error


def _one_of(*allowed: Any) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        matching = [each for each in allowed if str(each) == str(value)]
        if not matching or isinstance(value, bool):
            raise ValueError(f"expected one of {', '.join(map(str, allowed))}")
        return matching[0]

    return read


def _truth(value: Any) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    if str(value).lower() not in words:
        raise ValueError("expected true or false")
    return words[str(value).lower()]


def _count(value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise ValueError("expected a whole number, 0 or more")
    return int(value)


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value in (None, "", "none", "None") else read(value)


def _text(value: Any) -> str:
    if not isinstance(value, (str, Path)):
        raise ValueError("expected text")
    return str(value)


def _alias(value: Any) -> str:
    if value and not str(value).isidentifier():
        raise ValueError("expected a word that could be a magic's name")
    return str(value or "")


_READERS: dict[str, Callable[[Any], Any]] = {
    "backend": _one_of("local", "sagemaker"),
    "store": _or_none(_text),
    "read_only": _truth,
    "profile": _or_none(_text),
    "region": _or_none(_text),
    "view": _or_none(_one_of(*VIEWS)),
    "depth": _or_none(_count),
    "feedback": _one_of(0, 1, 2),
    "alias": _alias,
    "max_entities": _count,
    "explorer": _one_of("auto", "on", "off"),
}
