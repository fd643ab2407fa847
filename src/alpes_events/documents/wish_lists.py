"""What a stand gets on paper before an event: how many want to meet it, and the names of those who agreed to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpes_events.documents.stands import Heading
from alpes_events.documents.typesetting import typeset
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.language.typography import set_in

_TITLE = N_("Qui souhaite vous rencontrer")


@dataclass(frozen=True)
class WishList:
    """One stand: `names` agreed to be read by it, first choices first; `count` is everybody."""

    stand: str
    booth: str
    count: int
    names: Sequence[str]


def wish_lists_pdf(lists: Sequence[WishList], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF, a page for each stand."""
    content = {
        "language": language,
        "title": f"{_words(_TITLE, language)}, {set_in(heading.event, language)}",
        "heading": _words(_TITLE, language),
        "event": set_in(heading.event, language),
        "when": set_in(heading.when, language),
        "organisation": set_in(heading.organisation, language),
        "rule": _words(
            N_("Ces personnes acceptent que vous lisiez leur nom, pour cet événement. Détruisez ensuite cette liste."),
            language,
        ),
        "lists": [_list(one, language) for one in lists],
    }
    return typeset("wish_lists.typ", content)


def _list(one: WishList, language: str) -> dict[str, object]:
    others = one.count - len(one.names)
    told = say(N_("%(count)d personnes au total"), count=one.count) if one.count > 1 else say(N_("1 personne au total"))
    silent = say(N_("dont %(count)d sans leur nom"), count=others) if others else None
    return {
        "stand": set_in(one.stand, language),
        "booth": say(N_("Stand %(number)s"), number=one.booth).in_language(language) if one.booth else "",
        "count": ", ".join(words.in_language(language) for words in (told, silent) if words is not None),
        "names": [set_in(name, language) for name in one.names],
    }


def _words(sentence: str, language: str) -> str:
    return set_in(Sentence(sentence).in_language(language), language)
