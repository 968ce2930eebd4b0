"""Files that are whole or not there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, Any


@contextmanager
def replaced(path: str | PathLike[str]) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` at the end, and only if all went well."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # A device or a pipe is written to; it cannot be replaced.
        with target.open("wb") as file:
            yield file
        return
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder to write to", str(path))
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            yield file
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def kind_of(path: Any, *kinds: str) -> str:
    """What a file is to hold by the end of its name, one of `kinds`; the first where its name has none."""
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"path is {type(path).__name__}; give a path such as 'name{kinds[0]}'")
    kind = Path(os.fsdecode(path)).suffix.lower()
    if kind and kind not in kinds:
        raise ValueError(f"path={os.fspath(path)!r}: can be written as {' or '.join(kinds)}, not as {kind}")
    return kind or kinds[0]


def write_whole(path: str | PathLike[str], content: str) -> None:
    """Writes `content` as UTF-8, line ends as they are: no reader sees half a file."""
    with replaced(path) as file:
        file.write(content.encode("utf-8"))
