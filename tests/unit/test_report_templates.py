"""Templates of reports: what they say fits the figures that they name."""

import re
from collections.abc import Iterator

import pytest

from alpes_events.reporting.blocks import names_in
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.definition import MEMBER
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.naming import bare
from alpes_events.reporting.templates import TEMPLATES, TemplateBlock, the_template

_OF_PEOPLE = re.compile(r"\{([^{}]+)\} (?:personnes|people|persons|participants)\b")


def blocks() -> Iterator[TemplateBlock]:
    """Every block of every template."""
    for code in TEMPLATES:
        for chapter in the_template(code).chapters:
            yield from chapter.blocks


@pytest.mark.parametrize("language", ["text", "text_en"])
def test_sentence_says_people_only_of_a_number_of_people(language: str) -> None:
    named = [name for block in blocks() for name in _OF_PEOPLE.findall(block.content.get(language, ""))]
    assert named
    assert [name for name in named if catalogue()[bare(name)].unit != "person"] == []


def test_drawing_of_a_list_draws_no_other_list() -> None:
    lists = [
        [name for name in names_in(block.kind, block.content) if MEMBER in name]
        for block in blocks()
        if block.kind is BlockKind.CHART
    ]
    assert [one for one in lists if len(one) > 1] == []


@pytest.mark.parametrize("language", ["text", "text_en"])
def test_steps_are_of_all_participants_and_not_of_those_who_entered(language: str) -> None:
    texts = (block.content.get(language, "") for block in blocks())
    (told,) = (one for text in texts for one in text.split("\n\n") if "{plie.steps}" in one)
    assert "plie.entries" not in told


def test_drawing_of_participants_is_of_every_event() -> None:
    (drawn,) = (one for one in blocks() if "mde.events.{}.participants" in one.content.get("figures", ()))
    assert (drawn.content["heading"], drawn.content["heading_en"]) == (
        "Participants des événements",
        "Participants of events",
    )
