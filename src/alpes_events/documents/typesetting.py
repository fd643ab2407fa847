"""Typesetting: one template of ours and the words it is given become a tagged PDF (PDF/UA-1).

What people typed comes in as JSON and is only ever text: a template never evaluates it. Templates read nothing but what
lies in their own folder, load no package, and set their text in the fonts that come with the platform.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import typst

TEMPLATES = Path(str(resources.files("alpes_events.documents"))) / "templates"
_NO_PACKAGES = TEMPLATES / "packages"
"""A folder that is not there: nothing is loaded from it, and nothing is fetched into it."""
NO_PICTURES: Mapping[str, str] = {}
_HIGHEST_SIGN = 0xFFFF
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})


def typeset(
    template: str,
    content: Mapping[str, object],
    *,
    pictures: Mapping[str, str] = NO_PICTURES,
    folder: Path = TEMPLATES,
) -> bytes:
    """The document that `template` (a file of `folder`) makes of `content`, which holds texts, numbers and lists.

    `pictures` are drawings (SVG) of ours, by the name that `content` gives them.

    A sign that no font of ours has (a rare script in a name) is drawn as a box; the document is then tagged as ever,
    but does not claim the standard, which forbids such boxes.
    """
    sent = {"content": json.dumps(_legible(content), ensure_ascii=False), "pictures": json.dumps(dict(pictures))}
    try:
        return _compiled(folder / template, sent, folder=folder, standard=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compiled(folder / template, sent, folder=folder, standard=False)


def _compiled(path: Path, sent: dict[str, str], *, folder: Path, standard: bool) -> bytes:
    document = typst.compile(
        str(path),
        root=str(folder),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=sent,
        pdf_standards=["ua-1"] if standard else [],
        package_path=str(_NO_PACKAGES),
        package_cache_path=str(_NO_PACKAGES),
    )
    assert isinstance(document, bytes)
    return document


@cache
def _fonts() -> typst.Fonts:
    """Lato, and what the typesetter carries itself for the letters that Lato has not."""
    lato = Path(str(resources.files("font_lato"))) / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(lato)])


def legible(text: str) -> str:
    """What a printed page shows of it. A tab keeps words apart as a space does."""
    return "".join(sign for sign in text.replace("\t", " ") if _is_legible(sign))


def _legible(content: object) -> object:
    """The same without the signs that no printed page shows: controls, and pictures such as emoji."""
    if isinstance(content, str):
        return legible(content)
    if isinstance(content, Mapping):
        return {name: _legible(value) for name, value in content.items()}
    return [_legible(value) for value in content] if isinstance(content, list | tuple) else content


def _is_legible(sign: str) -> bool:
    return sign == "\n" or (ord(sign) <= _HIGHEST_SIGN and unicodedata.category(sign) not in _UNSEEN)
