"""Executing the notebooks: `python notebooks/execute.py` runs each on the bundled sample and stores its outputs.

They run in an empty directory, so that nothing that lies beside the project gets into what is stored; only the
one on quality runs beside the annotations, where there are any, and shows figures alone.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
BESIDE_THE_DATA = ("06_quality",)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read(path: Path) -> Any:
    """A notebook."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def run(notebook: Any, folder: Path) -> Any:
    """The notebook with what its cells give when they run in *folder*. Raises nbclient's `CellExecutionError`."""
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    return client.execute()


def stable(notebook: Any) -> Any:
    """The notebook without what differs from run to run: times, versions, warnings."""
    notebook.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})  # type: ignore[no-untyped-call]
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def store(path: Path) -> None:
    """Run a notebook on the bundled sample and write it back."""
    folder = Path(tempfile.mkdtemp())
    try:
        notebook = stable(run(read(path), HERE if path.stem in BESIDE_THE_DATA else folder))
    finally:
        shutil.rmtree(folder)
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    for chosen in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(HERE.glob("*.ipynb")):
        store(chosen)
