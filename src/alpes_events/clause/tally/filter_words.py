"""By what a tally is narrowed, in words: « Entreprise : Bâtiment 1 »."""

from collections.abc import Iterator

from sqlmodel import Session

from alpes_events.clause.tables.contract_rows import ContractingAuthority, PublicContract
from alpes_events.clause.tally.cuts import Narrowing
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import part_names, pseudonym
from alpes_events.clause.tally.words import CUT_WORDS, PLACE_WORDS, RESIDENCE_WORDS
from alpes_events.language.sentence import N_, catalogue


def narrowing_words(db: Session, narrowing: Narrowing, *, language: str) -> list[tuple[str, str]]:
    """Terms and words in a language; nothing for the whole. A person stands by their number."""
    gettext = catalogue(language).gettext
    return [(gettext(term), words) for term, words in _chosen(db, narrowing, language)]


def _chosen(db: Session, narrowing: Narrowing, language: str) -> Iterator[tuple[str, str]]:
    gettext = catalogue(language).gettext
    if narrowing.place is not None:
        yield N_("Opérations"), gettext(PLACE_WORDS[narrowing.place])
    if narrowing.residence is not None:
        yield N_("Personnes"), gettext(RESIDENCE_WORDS[narrowing.residence])
    if narrowing.authority_id is not None:
        authority = db.get(ContractingAuthority, narrowing.authority_id)
        yield N_("Maître d’ouvrage"), str(narrowing.authority_id) if authority is None else authority.name
    if narrowing.contract_id is not None:
        contract = db.get(PublicContract, narrowing.contract_id)
        yield N_("Marché"), str(narrowing.contract_id) if contract is None else contract.reference
    if narrowing.person_id is not None:
        yield N_("Personne"), pseudonym(narrowing.person_id)
    parts = (
        (Cut.OPERATION, narrowing.operation_id),
        (Cut.COMPANY, narrowing.company_id),
        (Cut.MODE, narrowing.mode),
        (Cut.CRITERION, narrowing.criterion),
    )
    for cut, chosen in parts:
        if chosen is not None:
            yield CUT_WORDS[cut], part_names(db, cut, [str(chosen)], language=language)[str(chosen)]
