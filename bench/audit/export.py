"""Writes the data sets that come with scikit-learn as CSV into a folder. Usage: python bench/audit/export.py FOLDER"""
import sys
from pathlib import Path

from sklearn import datasets

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name in ["iris", "wine", "breast_cancer", "digits", "diabetes"]:
    data = getattr(datasets, f"load_{name}")(as_frame=True)
    frame = data.frame
    if name != "diabetes":
        frame["target"] = [str(data.target_names[k]) if name != "digits" else k for k in data.target]
    frame.to_csv(folder / f"{name.replace('_', '-')}.csv", index=False)
