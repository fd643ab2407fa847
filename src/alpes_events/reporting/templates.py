"""Templates of reports: the activity report, and a funder's selection, over the same figures."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.reporting.models import BlockKind


class UnknownTemplate(NotFound):
    """No such template."""

    def __init__(self) -> None:
        super().__init__(N_("Ce modèle de rapport n’existe pas : choisissez-en un dans la liste."))


@dataclass(frozen=True)
class TemplateBlock:
    """A block as a template has it."""

    kind: BlockKind
    content: Mapping[str, Any]


@dataclass(frozen=True)
class TemplateChapter:
    """A chapter as a template has it."""

    title: str
    title_en: str
    blocks: Sequence[TemplateBlock]


@dataclass(frozen=True)
class Template:
    """A template: `%(year)s` in its title is the year."""

    code: str
    title: str
    title_en: str
    audience: str
    audience_en: str
    chapters: Sequence[TemplateChapter]

    def titled(self, year: int, language: str = SOURCE_LANGUAGE) -> str:
        """The title of the report on a year."""
        words = self.title if language == SOURCE_LANGUAGE else self.title_en
        return words % {"year": year}


TEMPLATES: Sequence[str] = ("annual", "fse", "state", "region", "metropolis", "ars")


@cache
def the_template(code: str) -> Template:
    """The template of this code. Raises `UnknownTemplate`."""
    if code not in TEMPLATES:
        raise UnknownTemplate
    source = resources.files("alpes_events.reporting") / "templates" / f"{code}.toml"
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    chapters = tuple(
        TemplateChapter(
            one["title"],
            one["title_en"],
            tuple(
                TemplateBlock(
                    BlockKind(block["kind"]), {name: value for name, value in block.items() if name != "kind"}
                )
                for block in one["block"]
            ),
        )
        for one in said["chapter"]
    )
    return Template(code, said["title"], said["title_en"], said["audience"], said["audience_en"], chapters)
