"""The one reading of a package's datapackage.json: which tables it names, where they lie, what it says of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from kenpo.files.decoding import json_of
from kenpo.files.problem import Problem, RefusedError, short
from kenpo.files.reading import DESCRIPTOR_BYTES, lies_inside, read_own, rule_of

DESCRIPTOR = "datapackage.json"
PARQUET = ".parquet"
_PACKED = (".gz", ".zip", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".7z", ".xlsx", ".xls")
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_UNSEEN = ("Cc", "Cs")
"""Control characters, and halves of a character."""
_HASH = re.compile(r"sha256:[0-9a-f]{64}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a package as its descriptor names it. Nothing is said of what it does not state."""

    name: str
    path: str
    """Below the package's folder, with / between folders; what messages call the file."""
    file: Path
    schema: Any = None
    rows: int | None = None
    """The fewest rows it may hold."""
    size: int | None = None
    """Its exact size in bytes."""
    digest: str | None = None
    """Its SHA-256 in hexadecimal digits."""

    @property
    def parquet(self) -> bool:
        """Is it Parquet? CSV otherwise."""
        return self.path.lower().endswith(PARQUET)


def read_descriptor(folder: Path) -> dict[str, Any]:
    """A package's datapackage.json (Data Package v2). Raises RefusedError where there is none or it cannot be read."""
    try:
        found = folder.is_dir()
    except (OSError, ValueError) as error:
        raise RefusedError(Problem(rule_of(error), short(folder.name))) from error
    if not found:
        raise RefusedError(Problem("no_folder", short(folder.name)))
    said = json_of(read_own(folder, DESCRIPTOR, DESCRIPTOR_BYTES), DESCRIPTOR)
    if not isinstance(said, dict):
        raise RefusedError(Problem("descriptor_form", DESCRIPTOR, value=short(str(said))))
    return said


def tables(
    folder: Path, descriptor: Mapping[str, Any], wanted: Sequence[str]
) -> tuple[dict[str, Table], list[Problem]]:
    """The wanted tables by name, and why others of them are refused.

    What the descriptor names besides them is nobody's business: it may lie anywhere, or hold its data itself.
    """
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return {}, [Problem("no_resources", DESCRIPTOR, column="resources")]
    odd = [r for r in resources if not isinstance(r, dict) or not isinstance(r.get("name", ""), str)]
    if odd:
        return {}, [Problem("odd_resource", DESCRIPTOR, column="resources", value=short(str(odd[0])))]
    found, problems = {}, []
    for name in wanted:
        own = [resource for resource in resources if resource.get("name") == name]
        try:
            found[name] = _table(folder, name, own)
        except RefusedError as refused:
            problems.append(refused.problem)
    return found, problems


def named_files(descriptor: Mapping[str, Any]) -> list[str]:
    """Every file of its own folder a descriptor names, each once, in its order."""
    resources = descriptor.get("resources")
    listed = [r.get("path") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    paths = [path for entry in listed for path in (entry if isinstance(entry, list) else [entry])]
    return list(dict.fromkeys(path for path in paths if isinstance(path, str) and _odd_path(path) is None))


def _table(folder: Path, name: str, own: Sequence[Mapping[str, Any]]) -> Table:
    if not own:
        raise _refused("missing_resource", "resources", name)
    if len(own) > 1:
        raise _refused("resource_twice", name, None)
    (said,) = own
    path = said.get("path")
    if not isinstance(path, str):
        raise _refused("resource_path", name, None if path is None else short(str(path)))
    rule = _odd_path(path)
    if rule:
        raise _refused(rule, name, short(path))
    file = folder.joinpath(*PurePosixPath(path).parts)
    _inside(file, folder, name, path)
    for problem in _odd_numbers(name, said):
        raise RefusedError(problem)
    digest = said.get("hash")
    return Table(
        name=name,
        path=path,
        file=file,
        schema=said.get("schema"),
        rows=said.get("rows"),
        size=said.get("bytes"),
        digest=digest and digest.partition(":")[2].lower(),
    )


def _refused(rule: str, column: str, value: str | None) -> RefusedError:
    return RefusedError(Problem(rule, DESCRIPTOR, column=column, value=value))


def _odd_path(path: str) -> str | None:
    """The rule a path breaks by its letters alone."""
    if _REMOTE.match(path):
        return "remote_path"
    if not PurePosixPath(path).parts or "\\" in path or any(unicodedata.category(c) in _UNSEEN for c in path):
        return "resource_path"
    if path.startswith("/") or ".." in PurePosixPath(path).parts or PureWindowsPath(path).drive:
        return "outside"
    return "file_packed" if path.lower().endswith(_PACKED) else None


def _inside(file: Path, folder: Path, name: str, path: str) -> None:
    """Refuses a file that a symbolic link takes out of the folder, or whose place the system cannot look up."""
    try:
        inside = lies_inside(file, folder)
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            file.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedError(Problem(rule_of(error), DESCRIPTOR, column=name, value=short(path))) from error
    if not inside:
        raise _refused("outside", name, short(path))


def _odd_numbers(name: str, said: Mapping[str, Any]) -> Iterator[Problem]:
    """What a descriptor states of a file must be a whole number, or a SHA-256."""
    for key in ("rows", "bytes"):
        number = said.get(key)
        if number is not None and (type(number) is not int or number < 0):
            yield Problem("odd_number", DESCRIPTOR, column=f"{name}: {key}", value=short(str(number)))
    digest = said.get("hash")
    if digest is not None and not (isinstance(digest, str) and _HASH.fullmatch(digest)):
        yield Problem("odd_hash", DESCRIPTOR, column=f"{name}: hash", value=short(str(digest)))
