"""Which codes of occupations are right: by their form, and by the ROME where it was imported."""

import re

from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.occupations.models import Occupation
from alpes_matching.occupations import Occupations

_ROME = re.compile(r"[A-N][0-9]{4}")


def loaded_codes(db: Session) -> frozenset[str]:
    """The codes that exist, of the imported ROME and of our own small list; none where no ROME was imported."""
    rows = db.exec(select(col(Occupation.code), col(Occupation.parent_code))).all()
    own = Occupations.small().by_code if rows else ()
    return frozenset({code for codes in rows for code in codes}.union(own))


def wrong_rome(code: str, known: frozenset[str]) -> Sentence | None:
    """What is wrong with a code, if something is; without codes that are `known`, only its form is."""
    if not _ROME.fullmatch(code):
        return say(N_("Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres."))
    if known and code not in known:
        return say(
            N_("Aucun métier du ROME n’a le code %(code)s : vérifiez-le, ou laissez cette case vide."), code=code
        )
    return None
