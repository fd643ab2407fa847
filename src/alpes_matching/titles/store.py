"""An index in a file: arrays and text, nothing that runs when it is read."""

import json
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alpes_matching.titles.evidence import Evidence
from alpes_matching.titles.genders import Genders
from alpes_matching.titles.grams import Grams, Postings
from alpes_matching.titles.vocabulary import Vocabulary

FORM = 3
"""The number of this layout; a file of another one is built anew."""

_NOT_OURS = "this is not a saved index of titles, or one of another version: build it again"
Arrays = dict[str, NDArray[Any]]


class NotAnIndexError(ValueError):
    """A file that holds no index of this layout."""


def write(path: Path, vocabulary: Vocabulary, evidence: Evidence) -> None:
    """Into a file, which is replaced as a whole."""
    arrays: Arrays = {"form": np.asarray([FORM])}
    texts: dict[str, Any] = {"genders": [vocabulary.genders.forms, sorted(vocabulary.genders.known)]}
    for name, value in _parts(vocabulary):
        if isinstance(value, np.ndarray):
            arrays[f"vocabulary.{name}"] = value
        elif name != "genders":
            texts[name] = value
    for name, value in _parts(evidence):
        _put(arrays, texts, name, value)
    arrays["texts"] = np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    new.replace(path)


def read(path: Path) -> tuple[Vocabulary, Evidence]:
    """What `write` wrote. Raises `NotAnIndexError`, and `OSError` when there is no such file."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays: Arrays = {name: kept[name] for name in kept.files}
        if arrays["form"].tolist() != [FORM]:
            raise NotAnIndexError(_NOT_OURS)
        texts = json.loads(arrays["texts"].tobytes())
        return _vocabulary(arrays, texts), _evidence(arrays, texts)
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as problem:
        raise NotAnIndexError(_NOT_OURS) from problem


def _parts(whole: Vocabulary | Evidence) -> list[tuple[str, Any]]:
    return [(part.name, getattr(whole, part.name)) for part in fields(whole)]


def _put(arrays: Arrays, texts: dict[str, Any], name: str, value: Grams | Postings | NDArray[Any]) -> None:
    if isinstance(value, Grams):
        texts[name] = [list(value.numbers), list(value.sizes)]
        arrays[f"{name}.rarity"] = value.rarity
        value = value.postings
    if isinstance(value, Postings):
        arrays[f"{name}.starts"], arrays[f"{name}.texts"] = value.starts, value.texts
        arrays[f"{name}.weights"], arrays[f"{name}.width"] = value.weights, np.asarray([value.width])
    else:
        arrays[name] = value


def _vocabulary(arrays: Arrays, texts: dict[str, Any]) -> Vocabulary:
    forms, known = texts["genders"]
    named = {name.removeprefix("vocabulary."): kept for name, kept in arrays.items() if name.startswith("vocabulary.")}
    return Vocabulary(
        genders=Genders(forms, known),
        keys=tuple(texts["keys"]),
        labels=tuple(texts["labels"]),
        canonical=tuple(tuple(found) for found in texts["canonical"]),
        words=tuple(texts["words"]),
        background=tuple((group, tuple(found)) for group, found in texts["background"]),
        **named,
    )


def _evidence(arrays: Arrays, texts: dict[str, Any]) -> Evidence:
    return Evidence(**{part.name: _taken(arrays, texts, part.name) for part in fields(Evidence)})


def _taken(arrays: Arrays, texts: dict[str, Any], name: str) -> Any:
    if name in arrays:
        return arrays[name]
    postings = Postings(
        arrays[f"{name}.starts"], arrays[f"{name}.texts"], arrays[f"{name}.weights"], int(arrays[f"{name}.width"][0])
    )
    if name not in texts:
        return postings
    grams, sizes = texts[name]
    numbers = {gram: number for number, gram in enumerate(grams)}
    return Grams(numbers, arrays[f"{name}.rarity"], postings, (sizes[0], sizes[1]))
