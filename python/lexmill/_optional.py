"""Libraries that are used if they are there; lexmill itself needs none."""

from __future__ import annotations

import importlib
from typing import Any


def optional(module: str, extra: str) -> Any:
    """The module, or an error that says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as e:
        raise ImportError(f"this needs {module}: pip install 'lexmill[{extra}]'") from e
