"""An environment of the benchmark's own, and what is known of the machine."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
# One thread each, whatever a library's default is.
LIMITS = dict.fromkeys(
    [
        "RAYON_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "ARROW_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ],
    "1",
)


def pins() -> dict[str, str]:
    """Package to version, as pinned."""
    lines = (line.strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines())
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def install() -> None:
    """Makes the environment, or brings it up to the pins. What cannot be installed is noted, not hidden."""
    stamp, wanted = VENV / "requirements.txt", REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    failed: dict[str, str] = {}
    if subprocess.run([*pip, "-r", REQUIREMENTS], capture_output=True).returncode != 0:
        for name, version in pins().items():
            one = subprocess.run([*pip, f"{name}=={version}"], capture_output=True, text=True)
            if one.returncode != 0:
                failed[name] = (one.stderr.strip().splitlines() or ["pip failed"])[-1][:200]
                print(f"  cannot install {name}: {failed[name]}")
    (VENV / "failed.json").write_text(json.dumps(failed), encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")


def build() -> None:
    """Builds the wheel of this tree as users get it and installs it."""
    state = commit()
    out = VENV / "wheels"
    for old in out.glob("*.whl"):
        old.unlink()
    options = ["--release", "--locked", "--quiet", "--interpreter", str(PYTHON), "--out", str(out)]
    subprocess.run([VENV / "bin" / "maturin", "build", *options], cwd=ROOT, check=True)
    install_wheel(next(out.glob("lexmill-*.whl")))
    (VENV / "measured.txt").write_text(f"commit {state}", encoding="utf-8")


def install_wheel(wheel: Path) -> None:
    """Installs a wheel that was built before."""
    options = ["-q", "--disable-pip-version-check", "--no-deps", "--force-reinstall"]
    subprocess.run([PYTHON, "-m", "pip", "install", *options, wheel], check=True)
    (VENV / "measured.txt").write_text(f"the wheel {wheel.name}", encoding="utf-8")


def measured() -> str:
    """What the installed lexmill was built from."""
    path = VENV / "measured.txt"
    return path.read_text(encoding="utf-8") if path.exists() else "unknown"


def failed() -> dict[str, str]:
    """Packages that could not be installed, and why."""
    path = VENV / "failed.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def is_debug() -> bool:
    """Whether the extension was built without optimisation: its timings would mean nothing."""
    from lexmill import _core

    return bool(getattr(_core, "DEBUG", False))


def commit() -> str:
    """The state of the tree that was measured."""
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"], cwd=ROOT, capture_output=True, text=True
    )
    return run.stdout.strip() or "unknown"


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    memory = Path("/proc/meminfo").read_text(encoding="utf-8") if Path("/proc/meminfo").exists() else ""

    def first(pattern: str, text: str) -> str:
        found = re.search(pattern, text, re.M)
        return found[1].strip() if found else "unknown"

    flags = set(first(r"^flags\s*:(.*)$", cpu).split())
    total = first(r"^MemTotal:\s*(\d+)", memory)
    model = first(r"^model name\s*:(.*)$", cpu)
    family, number = first(r"^cpu family\s*:(.*)$", cpu), first(r"^model\s*:(.*)$", cpu)
    return {
        "cpu": f"{model} (family {family} model {number})" if cpu else platform.processor(),
        "instructions": [f for f in ("avx2", "avx512bw", "avx512_vbmi2") if f in flags],
        "cores": os.cpu_count(),
        "memory_gb": round(int(total) / 1e6, 1) if total.isdigit() else None,
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "rustc": _version("rustc"),
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def _version(command: str) -> str:
    try:
        run = subprocess.run([command, "--version"], capture_output=True, text=True)
    except FileNotFoundError:
        return "none"
    return run.stdout.strip()


def versions() -> dict[str, str]:
    """What is installed of the pinned packages."""
    found = {}
    for name in ["lexmill", *pins()]:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found
