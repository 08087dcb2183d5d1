"""`%lineage` and `%%lineage`: the only magics class. It parses, runs and returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from IPython.core.display_functions import display
from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, needs_local_scope
from traitlets import TraitError, TraitType

from ..errors import CheckFailed, ConfigError, LineageError
from .completion.matcher import Matcher
from .display import Formatters
from .session import Session
from .settings.config import SESSION, Configuration, Layer, Settings

if TYPE_CHECKING:
    from ..tracking.cell import Around


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn our errors into IPython's, which is shown as one line and stops Run All."""
    try:
        yield
    except LineageError as error:
        # IPython shortens exactly UsageError; of a subclass it prints the traceback.
        raise UsageError(str(error)) from error


def _stop_on_failure(result: Any) -> None:
    """Show a report of which the asker's condition failed, and fail the cell."""
    if getattr(result, "failed", False):
        display(result)  # type: ignore[no-untyped-call]  # IPython's has no annotations
        raise CheckFailed(result.summary[0])


def _around(cell: str | None) -> Around | None:
    """The cell magic that a cell begins with and that is to go around ours."""
    if cell is None:
        return None  # and nothing of tracking need be imported
    from ..tracking.cell import around

    return around(cell)


def _check_free(shell: Any, alias: str) -> None:
    """Refuse an alias that would take the place of a magic there is."""
    if alias and (alias == "lineage" or shell.find_magic(alias)):
        raise ConfigError(f"%{alias} is a magic already. Expected an alias that is free.")


class Setting(TraitType[Any, Any]):
    """One setting as `%config` sees it: it is read from the session and set there."""

    def __init__(self, help: str) -> None:
        super().__init__(help=help)
        self.tag(config=True)

    def default(self, obj: Any = None) -> Any:
        return getattr(Settings(), str(self.name))

    def get(self, obj: Any, cls: Any = None) -> Any:
        return getattr(obj.session.settings, str(self.name))

    def set(self, obj: Any, value: Any) -> None:
        try:
            obj.session.configure(Layer(SESSION, {str(self.name): value}))
        except ConfigError as error:
            # `%config` has given the value to the shell as well, where it would be found again
            # when the extension is next loaded.
            obj.shell.config[type(obj).__name__].pop(self.name, None)
            obj.session.fail_cell(UsageError(str(error)))
            raise TraitError(str(error)) from error


@magics_class
class LineageMagics(Magics):
    """The magics of one shell, and their settings."""

    backend = Setting("local (the embedded store) or sagemaker")
    store = Setting("file of the embedded store, or :memory:; the usual one when None")
    read_only = Setting("refuse every write")
    profile = Setting("AWS profile, for sagemaker")
    region = Setting("AWS region, for sagemaker")
    view = Setting("how answers are shown: graph, tree, table, details, mermaid, markdown, json")
    depth = Setting("levels to go when a line does not say; None for all")
    feedback = Setting("0 says nothing, 1 one line a command, 2 more")
    alias = Setting("another name for %lineage, beside it")
    max_entities = Setting("entities a picture draws before it groups the rest")
    explorer = Setting("auto, on or off: whether graphs can be walked about in")

    def __init__(self, shell: Any, configuration: Configuration | None = None) -> None:
        self.session = Session(shell, configuration)
        self.formatters = Formatters(self.session)
        self.matcher = Matcher(self.session)
        self._alias = ""
        _check_free(shell, self.session.settings.alias)
        # Without the shell as parent, whose configuration is one of the layers already. IPython
        # adds what is made here to the shell's configurables by itself.
        super().__init__(shell, parent=None)

    shell: Any  # a shell is there, which traitlets cannot tell

    def register(self) -> None:
        """Give the shell everything it needs to run and show `%lineage`."""
        self.shell.register_magics(self)
        self.formatters.register()
        self.matcher.register()
        self.session.on_change = self._rename
        self._rename(self.session.settings)

    def unregister(self) -> None:
        """Take all of that back, and let go of the store."""
        self._rename(Settings())
        self.session.on_change = lambda settings: None
        self._forget_magic("lineage")
        self.shell.magics_manager.registry.pop(type(self).__name__, None)
        self.shell.configurables.remove(self)
        self.matcher.unregister()
        self.formatters.unregister()
        self.session.end()

    def _rename(self, settings: Settings) -> None:
        if settings.alias == self._alias:
            return
        _check_free(self.shell, settings.alias)
        if self._alias:
            self._forget_magic(self._alias)
        self._alias = settings.alias
        for kind in ("line", "cell") if self._alias else ():
            self.shell.magics_manager.register_alias(self._alias, "lineage", kind)

    def _forget_magic(self, name: str) -> None:
        for magics in self.shell.magics_manager.magics.values():
            magics.pop(name, None)

    @needs_local_scope
    @line_cell_magic
    def lineage(
        self, line: str, cell: str | None = None, local_ns: Mapping[str, Any] | None = None
    ) -> Any:
        """Ask where features, models and endpoints came from. `%lineage help` lists the commands.

        Examples:
            %lineage upstream model:churn
            %lineage feature-groups s3://bucket/raw/customers.csv
            models = %lineage models fg:customers
            %lineage help upstream
        """
        from .arguments import read

        __tracebackhide__ = True
        if outer := _around(cell):
            # The empty line keeps the body's lines as the notebook counts them.
            inner = f"%%lineage {line}\n\n{outer.rest}"
            return self.shell.run_cell_magic(outer.name, outer.line, inner)
        with one_line_errors():
            command = read(line, cell)
            result = command.perform(self.session, local_ns)
            _stop_on_failure(result)
        if command.quiet:
            self.formatters.hush(result)
        return result
