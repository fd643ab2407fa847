"""The official files of the ROME as they are handed out: one CSV file, a folder of them, or the archive."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

LARGEST = 60_000_000
"""Bytes of one file that are read."""
_ENDINGS = frozenset({".csv", ".txt"})
_WANTED = re.compile(r"^(?!.*(?:cr_gd_dp|short)).*(?:appell?ation|code_rome|rome_\d|occupation)", re.IGNORECASE)
"""Names of the files of codes and of titles (« cr_gd_dp » is the tree of them, for people to read)."""
_VERSION = re.compile(r"_v(\d)(\d{2})\b|_v(\d)(\d{2})_", re.IGNORECASE)


class NoOccupationsError(ValueError):
    """A path that holds no file of occupations; the text says what was looked for."""


@dataclass(frozen=True)
class Source:
    """One file: its name, its text, and the version of the ROME that its name tells, « » when it tells none."""

    name: str
    text: str
    version: str


def sources(path: Path) -> list[Source]:
    """The files of codes and of titles at `path`, by name; where one is there in two encodings, the UTF-8 one.

    Raises `NoOccupationsError`, and `OSError` when there is nothing at `path`.
    """
    found = {_bare(name): Source(name, decode(content), version_in(name)) for name, content in _contents(path)}
    if not found:
        raise NoOccupationsError(
            f"{path.name}: no file of occupations here; give the CSV files of the ROME, their folder, or RefRomeCsv.zip"
        )
    return [found[name] for name in sorted(found)]


def decode(content: bytes) -> str:
    """UTF-8, with or without its mark, or ISO 8859-15."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso8859-15")


def version_in(name: str) -> str:
    """« 4.60 » of « unix_referentiel_code_rome_v460_utf8.csv »."""
    found = _VERSION.search(PurePath(name).name)
    return f"{found[1] or found[3]}.{found[2] or found[4]}" if found else ""


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, the UTF-8 ones last."""
    if path.is_dir():
        files = sorted((file for file in path.iterdir() if _is_wanted(file.name)), key=lambda file: _rank(file.name))
        yield from ((file.name, _read(file)) for file in files)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [
                one for one in archive.infolist() if not one.is_dir() and _is_wanted(PurePath(one.filename).name)
            ]
            for member in sorted(members, key=lambda one: _rank(one.filename)):
                if member.file_size > LARGEST:
                    raise NoOccupationsError(_too_large(member.filename))
                yield member.filename, archive.read(member)
    else:
        yield path.name, _read(path)


def _read(file: Path) -> bytes:
    if file.stat().st_size > LARGEST:
        raise NoOccupationsError(_too_large(file.name))
    return file.read_bytes()


def _too_large(name: str) -> str:
    return f"{name}: larger than {LARGEST // 1_000_000} MB, which no file of the ROME is"


def _is_wanted(name: str) -> bool:
    return PurePath(name).suffix.lower() in _ENDINGS and bool(_WANTED.search(name))


def _rank(name: str) -> tuple[bool, str]:
    return "utf8" in name.lower(), name


def _bare(name: str) -> str:
    return re.sub(r"_?(utf-?8|iso-?8859-?15|latin-?9)", "", PurePath(name).stem.lower())
