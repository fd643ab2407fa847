"""The statement of a contract for its buyer (bilan): what each lot owes, hours by month and by person, without names.

No line says by which public a person is eligible: that would tell of health.
"""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.clause.documents.proof_pages import paper
from alpes_events.clause.durations import in_hours
from alpes_events.clause.papers.contract_account import ContractAccount, rate_of
from alpes_events.clause.papers.contract_tables import account_of, hours_or_dash, lot_table, lot_words, penalty_chapter
from alpes_events.clause.tables.contract_rows import ClauseObligation, ObligationKind
from alpes_events.clause.tally.export import TOTAL
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import company_names, pseudonym
from alpes_events.clause.tally.words import MODES, NOT_COLLECTED, part_words
from alpes_events.documents.accounts import AccountsChapter, Figures
from alpes_events.language import dates
from alpes_events.language.sentence import N_, catalogue, say
from alpes_events.people.models import Sex

OBLIGATION_WORDS: Mapping[ObligationKind, str] = {
    ObligationKind.INITIAL: N_("Obligation de départ"),
    ObligationKind.AMENDMENT: N_("Avenant"),
    ObligationKind.TRANCHE: N_("Tranche"),
    ObligationKind.RENEWAL: N_("Reconduction"),
}

_SAID: Mapping[bool, str] = {True: N_("Déclarée"), False: NOT_COLLECTED}
"""The eligibility that nobody assessed: whether something was said of it, as by an imported file."""

_SEXES: Mapping[Sex, str] = {Sex.WOMAN: N_("Femme"), Sex.MAN: N_("Homme")}


def statement(db: Session, document: Sealed, *, language: str) -> Content:
    """What it says."""
    account = account_of(db, document)
    gettext = catalogue(language).gettext
    chapters = [
        AccountsChapter(gettext(N_("Le marché")), facts=list(_contract_facts(db, account, language))),
        AccountsChapter(gettext(N_("Heures par lot")), tables=[lot_table(account.lots, language)]),
        AccountsChapter(gettext(N_("Ce que doit chaque lot")), tables=[_obligations(account, language)]),
        AccountsChapter(gettext(N_("Heures validées par mois travaillé")), tables=[_months(account, language)]),
        _people(account, language),
    ]
    if account.penalty_each is not None and account.remaining:
        chapters.insert(2, penalty_chapter(account.lots, account.penalty_each, language))
    title = say(N_("Bilan du marché %(reference)s"), reference=account.contract.reference).in_language(language)
    return paper(
        db,
        document,
        title=title,
        lead=_lead(account, language),
        chapters=[one for one in chapters if one.facts or any(table.rows for table in one.tables) or one.words],
        language=language,
    )


def _lead(account: ContractAccount, language: str) -> str:
    if account.committed is None:
        words = N_("%(validated)s réalisées. Les heures dues ne sont pas inscrites.")
        return say(words, validated=in_hours(account.validated)).in_language(language)
    told = say(
        N_("%(validated)s réalisées sur %(committed)s conventionnées ; il en reste %(remaining)s."),
        validated=in_hours(account.validated),
        committed=in_hours(account.committed),
        remaining=hours_or_dash(account.remaining),
    ).in_language(language)
    rate = rate_of(account.validated, account.committed)
    if rate is None:
        return told
    return told + " " + say(N_("Taux de réalisation : %(rate)s %%."), rate=rate).in_language(language)


def _contract_facts(db: Session, account: ContractAccount, language: str) -> Iterator[tuple[str, str]]:
    gettext = catalogue(language).gettext
    contract = account.contract
    yield gettext(N_("Maître d’ouvrage")), account.authority.name
    yield gettext(N_("Opération")), account.operation.name
    yield gettext(N_("Référence")), " – ".join(filter(None, (contract.reference, contract.title)))
    first = dates.short_day(contract.starts_on, language=language, year=True)
    last = "" if contract.ends_on is None else dates.short_day(contract.ends_on, language=language, year=True)
    yield gettext(N_("Dates")), f"{first} – {last}" if last else first
    holders = company_names(db, {one for lot in account.lots for one in lot.holder_ids})
    yield gettext(N_("Titulaires")), ", ".join(sorted(holders.values()))


def _obligations(account: ContractAccount, language: str) -> Figures:
    gettext = catalogue(language).gettext
    heading = [gettext(words) for words in (N_("Lot"), N_("À partir du"), N_("Écriture"), N_("Pièce"), N_("Heures"))]
    rows = [
        [
            lot_words(lot),
            dates.short_day(one.effective_on, language=language, year=True),
            _entry_words(one, language, counts=lot.is_in_force(one)),
            one.document or "–",
            in_hours(one.minutes),
        ]
        for lot in account.lots
        for one in lot.obligations
    ]
    if rows:
        rows.append([gettext(N_("Total en vigueur")), "", "", "", hours_or_dash(account.committed)])
    return Figures(heading, rows, right=(4,), has_total=True)


def _entry_words(one: ClauseObligation, language: str, *, counts: bool) -> str:
    gettext = catalogue(language).gettext
    words = gettext(OBLIGATION_WORDS[one.kind])
    return words if counts else f"{words} ({gettext(N_('pas encore en vigueur'))})"


def _months(account: ContractAccount, language: str) -> Figures:
    gettext = catalogue(language).gettext
    rows = [
        [dates.capitalised(dates.month(month, language=language, year=True)), in_hours(minutes)]
        for month, minutes in account.months.items()
    ]
    if rows:
        rows.append([gettext(TOTAL), in_hours(account.validated)])
    return Figures([gettext(N_("Mois travaillé")), gettext(N_("Heures"))], rows, right=(1,), has_total=True)


def _people(account: ContractAccount, language: str) -> AccountsChapter:
    """People by number: a buyer needs no names, and none of what made them eligible."""
    gettext = catalogue(language).gettext
    rows = []
    for one in account.people:
        sex = NOT_COLLECTED if one.work.sex is None else _SEXES[one.work.sex]
        words = (sex, part_words(Cut.AGE, one.work.age_band or "unknown"))
        eligible = N_("Vérifiée") if one.verified else _SAID[one.work.criterion_code is not None]
        mode = NOT_COLLECTED if one.work.mode is None else MODES[one.work.mode]
        rows.append(
            [
                pseudonym(one.person_id),
                dates.capitalised(", ".join(gettext(each or NOT_COLLECTED).lower() for each in words)),
                gettext(eligible),
                gettext(mode),
                in_hours(one.minutes),
            ]
        )
    if rows:
        rows.append([gettext(TOTAL), "", "", "", in_hours(account.validated)])
    heading = [
        gettext(words)
        for words in (N_("Personne"), N_("Sexe, âge à l’embauche"), N_("Éligibilité"), N_("Modalité"), N_("Heures"))
    ]
    return AccountsChapter(
        gettext(N_("Heures validées par personne")),
        tables=[Figures(heading, rows, right=(4,), has_total=True)],
        after=gettext(N_("Chaque ligne est un contrat de travail. Le numéro d’une personne est le même partout.")),
    )
