"""What the commands that run without the platform share: how they speak, ask for a code and end."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sealing.errors import SealError

DONE, REFUSED, USAGE, NO_FILE = 0, 1, 2, 3


def described(make: Any, description: str, epilog: str = "", **options: Any) -> argparse.ArgumentParser:
    """A parser, or a subcommand's, whose help keeps its own line breaks."""
    formatter = argparse.RawDescriptionHelpFormatter
    return make(description=description, epilog=epilog, formatter_class=formatter, **options)


def told(run: Callable[[], int | None]) -> int:
    """Run a command; says why it could not, and returns its exit code."""
    try:
        return run() or DONE
    except SealError as error:
        sys.stderr.write(f"refused: {error}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return NO_FILE


@contextmanager
def concerning(path: Path) -> Iterator[None]:
    """Name the file that a refusal is about."""
    try:
        yield
    except SealError as error:
        raise SealError(f"{path}: {error}", where=error.where, opener=error.opener) from None


def ask_code() -> str:
    """The code of a recovery file: asked for on a terminal, else a line of standard input."""
    return getpass.getpass("code of the recovery file: ") if sys.stdin.isatty() else sys.stdin.readline()
