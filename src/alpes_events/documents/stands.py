"""What is printed for the stands of an event: signs, badges with a code, the catalogue by village, the set-up list."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import segno

from alpes_events.documents.typesetting import typeset
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.language.typography import set_in

_FRAMED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">'
    '<image href="{logo}" width="200" height="100"/></svg>'
)
"""A logo in a frame twice as wide as it is high, whatever its own shape."""


@dataclass(frozen=True)
class PrintedStand:
    """One stand on paper. `booth` « » has no number yet; counts None are not known. `logo` is a whole picture as a
    `data:` address; `jobs` has a line for each offer.
    """

    booth: str
    name: str
    village: str
    commune: str
    looking_for: str
    needs: Sequence[str] = ()
    recruiter_count: int | None = None
    contact: str = ""
    plates: Sequence[str] = ()
    logo: str = ""
    jobs: Sequence[str] = ()


@dataclass(frozen=True)
class Badge:
    """One recruiter's badge; `code` is what its QR code holds."""

    name: str
    company: str
    booth: str
    code: str


@dataclass(frozen=True)
class Heading:
    """What stands on every page: the event, when and where it is, and who prints."""

    event: str
    when: str
    place: str
    organisation: str


def signs_pdf(stands: Sequence[PrintedStand], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF with one sign a page, to read from afar."""
    return _typeset("signs.typ", N_("Panneaux des stands"), heading, language, stands, stands=_rows(stands, language))


def badges_pdf(badges: Sequence[Badge], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF with ten badges (85 × 54 mm) on each A4 page, to cut out."""
    rows = [
        {
            "name": set_in(one.name, language),
            "company": set_in(one.company, language),
            "booth": say(N_("Stand %(number)s"), number=one.booth).in_language(language) if one.booth else "",
            "code": _drawn(one.code),
            "alternative": set_in(
                say(N_("Code QR du badge de %(name)s"), name=one.name).in_language(language), language
            ),
        }
        for one in badges
    ]
    return _typeset("badges.typ", N_("Badges des recruteurs"), heading, language, badges=rows)


def catalogue_pdf(stands: Sequence[PrintedStand], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF of who is there, village by village, with the jobs they bring."""
    villages: dict[str, list[PrintedStand]] = {}
    for stand in stands:
        villages.setdefault(stand.village, []).append(stand)
    parts = [{"name": set_in(name, language), "stands": _rows(some, language)} for name, some in villages.items()]
    return _typeset("catalogue.typ", N_("Catalogue des exposants"), heading, language, stands, villages=parts)


def set_up_pdf(stands: Sequence[PrintedStand], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF with one line a stand, in the order of the booths: what to bring where."""
    heads = (N_("N°"), N_("Exposant"), N_("Village"), N_("À installer"), N_("Recruteurs"), N_("Contact"))
    return _typeset(
        "set_up.typ",
        N_("Liste d’installation"),
        heading,
        language,
        stands=_rows(stands, language),
        heads=[_words(head, language) for head in heads],
    )


def _typeset(
    template: str,
    title: str,
    heading: Heading,
    language: str,
    logos_of: Sequence[PrintedStand] = (),
    **content: object,
) -> bytes:
    shown = {
        "language": language,
        "title": f"{_words(title, language)}, {set_in(heading.event, language)}",
        "heading": _words(title, language),
        "event": set_in(heading.event, language),
        "when": set_in(heading.when, language),
        "place": set_in(heading.place, language),
        "organisation": set_in(heading.organisation, language),
        "page": _words(N_("Page {at} sur {all}"), language),
    }
    logos = {_key(one.logo): _FRAMED.format(logo=one.logo) for one in logos_of if one.logo}
    return typeset(template, {**shown, **content}, pictures=logos)


def _rows(stands: Sequence[PrintedStand], language: str) -> list[dict[str, object]]:
    return [
        {
            "booth": one.booth,
            "name": set_in(one.name, language),
            "village": set_in(one.village, language),
            "commune": set_in(one.commune, language),
            "looking_for": set_in(one.looking_for, language),
            "needs": ", ".join(set_in(need, language) for need in one.needs),
            "recruiters": "" if one.recruiter_count is None else str(one.recruiter_count),
            "contact": set_in(one.contact, language),
            "plates": ", ".join(one.plates),
            "logo": _key(one.logo),
            "jobs": [set_in(job, language) for job in one.jobs],
        }
        for one in stands
    ]


def _key(logo: str) -> str:
    """A short name of a picture; of none, none."""
    return hashlib.sha256(logo.encode()).hexdigest()[:16] if logo else ""


def _words(sentence: str, language: str) -> str:
    return set_in(Sentence(sentence).in_language(language), language)


def _drawn(code: str) -> str:
    picture = BytesIO()
    segno.make(code, error="m", micro=False).save(picture, kind="svg", border=2, dark="#1F2430", light="#FFFFFF")
    return picture.getvalue().decode()
