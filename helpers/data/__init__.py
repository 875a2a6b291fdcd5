"""The data of the course: `load` a set by name, see its raw table with `frame`, bring your own with `from_csv`."""

from helpers.data.dataset import Dataset
from helpers.data.library import frame, load
from helpers.data.own import from_csv

__all__ = ["Dataset", "frame", "from_csv", "load"]
