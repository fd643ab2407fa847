"""The letter to a company whose hours are missing (carence), with the computation of the penalty.

Hours and penalty are those of a lot: companies that hold it together owe them together, once, and the letter to each
says so.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed, day_of
from alpes_events.clause.documents.proof_pages import paper
from alpes_events.clause.durations import in_hours
from alpes_events.clause.papers.contract_account import ContractAccount
from alpes_events.clause.papers.contract_tables import account_of, lot_table, lot_words, penalty_chapter
from alpes_events.clause.papers.lot_account import LotAccount
from alpes_events.clause.papers.recipients import recipient_words
from alpes_events.clause.tally.names import company_names
from alpes_events.documents.accounts import AccountsChapter
from alpes_events.language import dates
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, catalogue, say
from alpes_events.territory.organisation import current_organisation


class NothingMissing(Refusal):
    """A letter of shortfall to a company that owes nothing more."""

    def __init__(self) -> None:
        super().__init__(N_("Il ne manque aucune heure à cette entreprise sur ce marché : il n’y a pas de carence."))


def missing_lots(account: ContractAccount, company_id: int) -> list[LotAccount]:
    """The lots that a company holds on the day of the account and that still owe hours. Raises `NothingMissing`."""
    found = [lot for lot in account.lots if company_id in lot.holder_ids and lot.remaining]
    if not found:
        raise NothingMissing
    return found


def shortfall(db: Session, document: Sealed, *, language: str) -> Content:
    """What it says. Raises `NothingMissing`."""
    account = account_of(db, document)
    company_id = document.company_id or 0
    lots = missing_lots(account, company_id)
    names = company_names(db, {one for lot in lots for one in lot.holder_ids})
    gettext = catalogue(language).gettext
    chapters = [AccountsChapter(gettext(N_("Ce qui manque")), tables=[lot_table(lots, language)])]
    together = _together(lots, company_id, names, language)
    if account.penalty_each is not None:
        chapters.append(penalty_chapter(lots, account.penalty_each, language, after=together))
    elif together:
        chapters.append(AccountsChapter("", words=together))
    chapters.append(AccountsChapter("", words=_closing(db, language)))
    title = say(N_("Heures d’insertion manquantes, marché %(reference)s"), reference=account.contract.reference)
    return paper(
        db,
        document,
        title=title.in_language(language),
        lead=_lead(db, document, account, lots, language),
        chapters=chapters,
        language=language,
        recipient=recipient_words(db, company_id),
    )


def _lead(db: Session, document: Sealed, account: ContractAccount, lots: Sequence[LotAccount], language: str) -> str:
    over = all(lot.is_over for lot in lots)
    day = max(lot.day for lot in lots) if over else day_of(db, document)
    words = (
        N_(
            "Madame, Monsieur,\nLe marché %(reference)s (%(operation)s, %(authority)s) vous engageait à des heures "
            "d’insertion. À son terme, le %(day)s, il en manquait %(hours)s. Nous vous demandons de nous dire sous "
            "quinze jours comment vous comptez y remédier."
        )
        if over
        else N_(
            "Madame, Monsieur,\nLe marché %(reference)s (%(operation)s, %(authority)s) vous engage à des heures "
            "d’insertion. Le %(day)s, il en reste %(hours)s à réaliser. Nous vous demandons de nous dire sous quinze "
            "jours comment vous comptez les réaliser : nous pouvons vous proposer des personnes."
        )
    )
    return say(
        words,
        reference=account.contract.reference,
        operation=account.operation.name,
        authority=account.authority.name,
        day=dates.full_day(day, language=language, year=True),
        hours=in_hours(sum(lot.remaining or 0 for lot in lots)),
    ).in_language(language)


def _together(lots: Sequence[LotAccount], company_id: int, names: Mapping[int, str], language: str) -> str:
    """For each lot that others hold too: that what is missing, and the penalty, is one for all of them."""
    told = []
    for lot in lots:
        others = [names[one] for one in lot.holder_ids if one != company_id and one in names]
        if others:
            words = say(
                N_(
                    "Vous tenez le lot %(lot)s avec %(others)s : ces heures, et la pénalité s’il y en a une, sont dues "
                    "une seule fois, par vous tous ensemble."
                ),
                lot=lot_words(lot),
                others=", ".join(others),
            )
            told.append(words.in_language(language))
    return "\n".join(told)


def _closing(db: Session, language: str) -> str:
    words = catalogue(language).gettext(
        N_("Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.")
    )
    return f"{words}\n{current_organisation(db).name}"
