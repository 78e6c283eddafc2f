"""The files of a data package: reading within limits, their one description, their stamp, writing them whole."""

from kenpo.files.decoding import csv_rows, toml_of
from kenpo.files.descriptor import DESCRIPTOR, Table, named_files, read_descriptor, tables
from kenpo.files.problem import Problem, RefusedError, short
from kenpo.files.reading import TABLE_BYTES, TEXTS_BYTES, read, read_own
from kenpo.files.stamp import TEXTS, Contents, Stamp, contents, digest, stamp
from kenpo.files.writing import new_folder, replace

__all__ = [
    "DESCRIPTOR",
    "TABLE_BYTES",
    "TEXTS",
    "TEXTS_BYTES",
    "Contents",
    "Problem",
    "RefusedError",
    "Stamp",
    "Table",
    "contents",
    "csv_rows",
    "digest",
    "named_files",
    "new_folder",
    "read",
    "read_descriptor",
    "read_own",
    "replace",
    "short",
    "stamp",
    "tables",
    "toml_of",
]
