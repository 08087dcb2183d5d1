"""The error family. Every message says what is wrong, what was expected and what to type next.

* LineageError
  x QuestionError                the question itself cannot be asked
    + InvalidArn
    + InvalidReference
    + EntityNotFound
    + AmbiguousName
  x StoreError                   the embedded store cannot answer
    + NotALineageStore
    + DamagedStore
    + NewerStore
    + ReadOnlyStore
    + BusyStore
  x ServiceError                 Amazon SageMaker refused or could not be reached
    + CredentialsMissing
    + AccessDenied
    + Throttled
  x WriteRefused                 a write that settings or safety forbid
  x FormatError                  a file or value that is not what it should be
  x CheckFailed                  a check asked for with --fail-if or --fail-on did not pass
  x ConfigError                  a setting that is unknown or has a value it cannot take

Catch `LineageError` for all of them. The magics translate it, once, into IPython's `UsageError`.
"""

from __future__ import annotations


class LineageError(Exception):
    """Anything this package reports to the person who called it."""


class QuestionError(LineageError):
    """The question cannot be asked as it stands."""


class InvalidArn(QuestionError):
    """A text that should be an Amazon Resource Name is not one."""


class InvalidReference(QuestionError):
    """A name of an entity that follows none of the forms understood."""


class EntityNotFound(QuestionError):
    """No lineage entity answers to the name."""


class AmbiguousName(QuestionError):
    """More than one lineage entity answers to the name; none is picked."""


class StoreError(LineageError):
    """The embedded store cannot do what was asked."""


class NotALineageStore(StoreError):
    """The file exists but was not written by this package; it is left untouched."""


class DamagedStore(StoreError):
    """The file is a lineage store but cannot be read whole; it is left untouched."""


class NewerStore(StoreError):
    """The file was written by a newer version of this package; it is left untouched."""


class ReadOnlyStore(StoreError):
    """The file or its folder cannot be written."""


class BusyStore(StoreError):
    """Another program holds the store for longer than the time allowed."""


class ServiceError(LineageError):
    """Amazon SageMaker refused a call or could not be reached."""


class CredentialsMissing(ServiceError):
    """No AWS credentials or no region, or credentials that have expired."""


class AccessDenied(ServiceError):
    """The caller lacks an IAM permission; the message names the action."""


class Throttled(ServiceError):
    """The service kept refusing for rate, after all retries."""


class WriteRefused(LineageError):
    """A write that `read_only`, a missing confirmation or somebody else's link forbids."""


class FormatError(LineageError):
    """A file or value that is not in the format it should be in."""


class CheckFailed(LineageError):
    """A check that was asked for did not pass; the report says why."""


class ConfigError(LineageError):
    """A setting that is unknown, or a value it cannot take."""
