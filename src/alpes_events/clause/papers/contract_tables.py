"""What the statement and the letter of shortfall both say of a contract: its account, its lots, the penalty."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from alpes_events.clause.documents.documents import Sealed, day_of
from alpes_events.clause.durations import in_hours
from alpes_events.clause.money import in_euros, penalty_of
from alpes_events.clause.papers.contract_account import ContractAccount, contract_account, rate_of
from alpes_events.clause.papers.lot_account import LotAccount, known_sum
from alpes_events.clause.tally.export import TOTAL
from alpes_events.documents.accounts import AccountsChapter, Figures
from alpes_events.language.sentence import N_, catalogue

UNKNOWN_HOURS = "–"
"""What stands where nobody knows how many hours."""
UNPLANNED = N_("non planifiées")
"""Hours that nobody planned: that is not none."""


def account_of(db: Session, document: Sealed) -> ContractAccount:
    """The account of the document's contract, as it was when the document was numbered."""
    contract_id = document.contract_id or 0
    sequence = next((sequence for one, sequence, _hash in document.heads if one == contract_id), 0)
    account = contract_account(db, contract_id, day=day_of(db, document), sequence=sequence, made_at=document.made_at)
    return replace(account, penalty_each=document.wishes.get("penalty_cents"))


def hours_or_dash(minutes: int | None) -> str:
    """Hours, or a dash for what nobody knows."""
    return UNKNOWN_HOURS if minutes is None else in_hours(minutes)


def lot_table(lots: Sequence[LotAccount], language: str) -> Figures:
    """What each lot owes, plans, did and misses, and the total."""
    gettext = catalogue(language).gettext
    heading = [
        gettext(words)
        for words in (
            N_("Lot"), N_("Conventionnées"), N_("Prévues"), N_("Réalisées"), N_("Restantes"), N_("Taux")
        )
    ]  # fmt: skip
    unplanned = gettext(UNPLANNED)
    rows = [_row(lot_words(lot), lot.committed, lot.planned, lot.validated, lot.remaining, unplanned) for lot in lots]
    committed, remaining = known_sum([lot.committed for lot in lots]), known_sum([lot.remaining for lot in lots])
    planned, validated = sum(lot.planned for lot in lots), sum(lot.validated for lot in lots)
    rows.append(_row(gettext(TOTAL), committed, planned, validated, remaining, unplanned))
    return Figures(heading, rows, right=range(1, len(heading)), has_total=True)


def _row(
    words: str, committed: int | None, planned: int, validated: int, remaining: int | None, unplanned: str
) -> list[str]:
    rate = rate_of(validated, committed)
    return [
        words,
        hours_or_dash(committed),
        in_hours(planned) if planned else unplanned,
        in_hours(validated),
        hours_or_dash(remaining),
        UNKNOWN_HOURS if rate is None else f"{rate} %",
    ]


def lot_words(lot: LotAccount) -> str:
    """« 2 – Gros œuvre »."""
    return " – ".join(filter(None, (lot.number, lot.title)))


def penalty_words(minutes: int, cents_an_hour: int, language: str) -> str:
    """« 120 h × 15,00 € = 1 800,00 € »."""
    each, whole = in_euros(cents_an_hour, language), in_euros(penalty_of(minutes, cents_an_hour), language)
    return f"{in_hours(minutes)} × {each} = {whole}"


def penalty_chapter(
    lots: Sequence[LotAccount], cents_an_hour: int, language: str, *, after: str = ""
) -> AccountsChapter:
    """What the missing hours cost. Lots that still run owe it only if the hours stay undone: the words say so."""
    gettext = catalogue(language).gettext
    over = all(lot.is_over for lot in lots if lot.remaining)
    words = (
        N_("Le marché prévoit une pénalité pour chaque heure non réalisée :")
        if over
        else N_("Si ces heures restent à faire à la fin, le marché prévoit une pénalité pour chacune :")
    )
    missing = known_sum([lot.remaining for lot in lots]) or 0
    facts = [(gettext(N_("Calcul")), penalty_words(missing, cents_an_hour, language))]
    return AccountsChapter(gettext(N_("Pénalité")), words=gettext(words), facts=facts, after=after)
