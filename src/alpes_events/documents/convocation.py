"""The convocation: one page that a person brings, with when, where and how to come, and what they are called by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import segno

from alpes_events.documents.typesetting import legible, typeset
from alpes_events.language import dates
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.language.typography import set_in

_QUIET = 2

Setter = Callable[[str, Mapping[str, object]], bytes]


@dataclass(frozen=True)
class Letterhead:
    """The organisation that invites. An empty text is not printed."""

    name: str
    address: str
    telephone: str
    email: str
    opening_hours: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Where:
    """The place: its name, its address on one line, and how to come and get in. Empty texts are not printed."""

    name: str
    address: str
    transport: str = ""
    accessibility: str = ""


@dataclass(frozen=True)
class Convocation:
    """One person's page, in their language. `kind` is the event's by its code, `kind_words` as people say it.

    `code` is what the QR code holds, `reference` the same as it is read aloud. `caution` is said when there is no place
    (yet): then the page is no ticket, and carries no code. `has_link`: a message holds the link to cancel.
    """

    language: str
    letterhead: Letterhead
    kind: str
    kind_words: str
    title: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    where: Where | None
    name: str
    code: str
    reference: str
    session: str = ""
    to_bring: str = ""
    caution: Sentence | None = None
    has_link: bool = True
    interviews: tuple[str, ...] = ()


def convocations_pdf(
    convocations: Iterable[Convocation], *, language: str, title: str = "", setter: Setter = typeset
) -> bytes:
    """A tagged PDF with one page for each; `language` is that of the document as a whole, and of its `title`.

    `setter` may be another's, such as `apart.typeset_apart` for many pages.
    """
    pages = [_page(one) for one in convocations]
    assert pages, "a document has a page at least"
    named = title or (pages[0]["heading"] if len(pages) == 1 else _words(N_("Convocations"), language))
    return setter("convocation.typ", {"language": language, "title": named, "pages": pages})


def _page(one: Convocation) -> dict[str, object]:
    """One page as its template reads it: words only."""
    spoken = one.language
    first = dates.local(one.starts_at, zone=one.letterhead.zone)
    facts, coming = _rows(_facts(one), spoken), _rows(_coming(one), spoken)
    return {
        "language": spoken,
        "kind": one.kind,
        "heading": _heading(one),
        "lead": _words(one.caution or _LEAD, spoken),
        "is_ticket": one.caution is None,
        "kind_words": _words(one.kind_words, spoken),
        "title": set_in(one.title, spoken),
        "leaf": {
            "weekday": dates.weekday(first, language=spoken, short=True),
            "day": str(first.day),
            "month": dates.month(first, language=spoken, short=True),
        },
        "facts": facts,
        "coming": coming,
        "length": len(one.title) + len(one.name) + sum(len(row["text"]) for row in (*facts, *coming)),
        "stub": _stub(one),
        "leave": _leave(one),
        "letterhead": {
            "name": set_in(one.letterhead.name, spoken),
            "lines": [set_in(line, spoken) for line in _lines(one.letterhead)],
        },
    }


_LEAD = N_("Présentez cette page à l’accueil, sur papier ou sur votre téléphone.")


def _heading(one: Convocation) -> str:
    is_named = bool(legible(one.name).strip())
    if one.caution is None:
        sentence = say(N_("Convocation de %(name)s"), name=one.name) if is_named else say(N_("Votre convocation"))
    else:
        sentence = (
            say(N_("Fiche d’inscription de %(name)s"), name=one.name)
            if is_named
            else say(N_("Votre fiche d’inscription"))
        )
    return _words(sentence, one.language)


def _facts(one: Convocation) -> list[tuple[str, str]]:
    """What the ticket says: term and text."""
    when = dates.span(
        one.starts_at, one.ends_at, language=one.language, zone=one.letterhead.zone, all_day=one.all_day, year=True
    )
    place = "" if one.where is None else "\n".join(part for part in (one.where.name, one.where.address) if part)
    return [
        (N_("Quand"), dates.capitalised(when)),
        (N_("Séance"), one.session),
        (N_("Lieu"), place),
        (N_("Au nom de"), one.name),
        (N_("Entretiens"), "\n".join(one.interviews)),
    ]


def _coming(one: Convocation) -> list[tuple[str, str]]:
    """What one should know before leaving home."""
    where = one.where
    return [
        (N_("Pour venir"), where.transport if where else ""),
        (N_("À apporter"), one.to_bring),
        (N_("Accessibilité"), where.accessibility if where else ""),
    ]


def _stub(one: Convocation) -> dict[str, str]:
    """The part that is shown at the door."""
    alternative = say(N_("Code QR de la référence %(reference)s, à présenter à l’accueil"), reference=one.reference)
    note = N_("Pas d’imprimante, pas d’écran ? La référence suffit.") if one.caution is None else N_("Gardez-la bien.")
    return {
        "label": _words(N_("Votre référence"), one.language),
        "reference": one.reference,
        "code": _drawn(one.code) if one.caution is None else "",
        "alternative": _words(alternative, one.language),
        "note": _words(note, one.language),
    }


def _leave(one: Convocation) -> dict[str, str]:
    """How to say that one cannot come."""
    telling = N_("Prévenez-nous dès que possible : votre place ira à quelqu’un d’autre.")
    by_link = N_("Le lien « Annuler » de votre message suffit.")
    return {
        "heading": _words(N_("Un empêchement ?"), one.language),
        "words": " ".join(_words(way, one.language) for way in (telling, *([by_link] if one.has_link else []))),
        "call": _words(N_("Par téléphone"), one.language) if one.letterhead.telephone else "",
        "telephone": one.letterhead.telephone,
    }


def _lines(letterhead: Letterhead) -> list[str]:
    return [part for part in (letterhead.address, letterhead.opening_hours, letterhead.email) if part]


def _rows(facts: list[tuple[str, str]], language: str) -> list[dict[str, str]]:
    return [
        {"term": _words(term, language), "text": set_in(text.strip(), language)} for term, text in facts if text.strip()
    ]


def _words(sentence: Sentence | str, language: str) -> str:
    said = Sentence(sentence) if isinstance(sentence, str) else sentence
    return set_in(said.in_language(language), language)


def _drawn(code: str) -> str:
    """The QR code of a text, as an SVG picture."""
    picture = BytesIO()
    segno.make(code, error="m", micro=False).save(picture, kind="svg", border=_QUIET, dark="#1F2430", light="#FFFFFF")
    return picture.getvalue().decode()
