"""The certificate of a company (attestation): the validated hours of a year, contract by contract."""

from sqlmodel import Session, col, select

from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.clause.documents.proof_pages import HEAD_COLUMNS, paper
from alpes_events.clause.durations import in_hours
from alpes_events.clause.papers.recipients import recipient_words
from alpes_events.clause.tables.contract_rows import ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.tally.cuts import Narrowing, narrowed, tally
from alpes_events.clause.tally.export import TOTAL
from alpes_events.clause.tally.facts import Facts, read_facts
from alpes_events.clause.tally.names import company_names
from alpes_events.documents.accounts import AccountsChapter, Figures
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, NN_, catalogue, counted, say
from alpes_events.territory.organisation import current_organisation

_ATTESTED = NN_(
    "%(organisation)s atteste que l’entreprise %(company)s a fait réaliser %(hours)s d’insertion validées de "
    "mois travaillés en %(year)s, par %(num)s personne.",
    "%(organisation)s atteste que l’entreprise %(company)s a fait réaliser %(hours)s d’insertion validées de "
    "mois travaillés en %(year)s, par %(num)s personnes.",
)


class NothingToCertify(Refusal):
    """A certificate of a year without hours."""

    def __init__(self, *, year: int) -> None:
        super().__init__(N_("Cette entreprise n’a pas d’heures validées en %(year)s."), year=year)


def certifiable(facts: Facts, company_id: int) -> Facts:
    """The facts of the company alone. Raises `NothingToCertify`."""
    own = narrowed(facts, Narrowing(company_id=company_id))
    if not own.sums:
        raise NothingToCertify(year=facts.year)
    return own


def certificate(db: Session, document: Sealed, *, language: str) -> Content:
    """What it says. Raises `NothingToCertify`."""
    year, company_id = int(document.wishes["year"]), document.company_id or 0
    facts = certifiable(read_facts(db, year, heads=document.heads), company_id)
    whole = tally(facts).whole
    name = company_names(db, [company_id]).get(company_id, "")
    gettext = catalogue(language).gettext
    words = counted(_ATTESTED, whole.person_count, language) % {
        "organisation": current_organisation(db).name,
        "company": name,
        "hours": in_hours(whole.minutes),
        "year": year,
        "num": whole.person_count,
    }
    title = say(N_("Attestation d’heures d’insertion %(year)s"), year=year)
    chapter = AccountsChapter(gettext(N_("Heures par marché")), tables=[_contracts(db, facts, language)])
    return paper(
        db,
        document,
        title=title.in_language(language),
        lead=words,
        chapters=[chapter],
        language=language,
        recipient=recipient_words(db, company_id),
    )


def _contracts(db: Session, facts: Facts, language: str) -> Figures:
    """Each contract with its number, by which the annex names its chain."""
    gettext = catalogue(language).gettext
    heading = [
        gettext(words)
        for words in (
            N_("Marché"),
            HEAD_COLUMNS[0],
            N_("Opération"),
            N_("Maître d’ouvrage"),
            N_("Personnes"),
            N_("Heures"),
        )
    ]
    asked = (
        select(PublicContract.id, PublicContract.reference, ClauseOperation.name, ContractingAuthority.name)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id))
        .order_by(col(PublicContract.reference), col(PublicContract.id))
    )
    rows = []
    for contract_id, reference, operation, authority in db.exec(asked):
        line = tally(facts, Narrowing(contract_id=contract_id)).whole
        if line.minutes:
            rows.append(
                [reference, str(contract_id), operation, authority, str(line.person_count), in_hours(line.minutes)]
            )
    whole = tally(facts).whole
    rows.append([gettext(TOTAL), "", "", "", str(whole.person_count), in_hours(whole.minutes)])
    return Figures(heading, rows, right=(1, 4, 5), has_total=True)
