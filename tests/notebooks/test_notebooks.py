"""The notebooks run from top to bottom, and are kept without their outputs."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_kept_without_outputs(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="notebooks need nbclient and ipykernel: lexmill[test]")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_runs(path: Path, tmp_path: Path) -> None:
    reason = "notebooks need nbclient and ipykernel: lexmill[test]"
    nbformat = pytest.importorskip("nbformat", reason=reason)
    nbclient = pytest.importorskip("nbclient", reason=reason)
    pytest.importorskip("ipykernel", reason=reason)
    notebook = nbformat.read(path, as_version=4)
    with warnings.catch_warnings():
        # What the Jupyter libraries warn of is not ours to mend.
        warnings.simplefilter("ignore")
        client = nbclient.NotebookClient(
            notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}
        )
        client.create_kernel_manager()
        # The kernel of this interpreter, whichever one is registered under that name.
        client.km.kernel_spec.argv[0] = sys.executable
        client.execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("<mark>" in output.get("data", {}).get("text/html", "") for output in shown)
    assert not [output for output in shown if output.output_type == "error"]
