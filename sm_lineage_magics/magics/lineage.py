"""`%lineage` and `%%lineage`: the only magics class. It parses, runs and returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from IPython.core.display_functions import display
from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, needs_local_scope

from ..errors import CheckFailed, LineageError
from ..model import Report
from .display import Formatters
from .session import Session


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn our errors into IPython's, which is shown as one line and stops Run All."""
    try:
        yield
    except LineageError as error:
        # IPython shortens exactly UsageError; of a subclass it prints the traceback.
        raise UsageError(str(error)) from error


@magics_class
class LineageMagics(Magics):
    """The magics of one shell."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.session = Session(shell)
        self.formatters = Formatters(self.session)

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

        with one_line_errors():
            command = read(line, cell)
            result = self.session.perform(command, local_ns)
            self._stop_on_failure(result)
        if command.quiet:
            self.formatters.hush(result)
        return result

    def _stop_on_failure(self, result: Any) -> None:
        """Show a report of which the asker's condition failed, and fail the cell."""
        if isinstance(result, Report) and result.failed:
            display(result)  # type: ignore[no-untyped-call]  # IPython's has no annotations
            raise CheckFailed(result.summary[0])
