"""What stands on every document that goes out: who writes, its number, its seal, and the heads of every chain."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from alpes_events.attendance.convocations import letterhead_of
from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.documents.accounts import Accounts, AccountsChapter, Figures, accounts_content, chapter_content
from alpes_events.documents.apart import typeset_apart
from alpes_events.language import dates
from alpes_events.language.sentence import N_, catalogue, say
from alpes_events.territory.organisation import current_organisation

_SHORT_SEAL = 16


def paper(
    db: Session,
    document: Sealed,
    *,
    title: str,
    lead: str,
    chapters: Sequence[AccountsChapter],
    language: str,
    recipient: str = "",
) -> Content:
    """The document on paper, but for what proves it: that stands with the document itself."""
    organisation = current_organisation(db)
    letterhead = letterhead_of(organisation)
    made = dates.short_day(document.made_at.astimezone(letterhead.zone).date(), language=language, year=True)
    footer = say(
        N_("%(number)s, fait le %(day)s. Sceau %(seal)s…"),
        number=document.number,
        day=made,
        seal=document.seal[:_SHORT_SEAL],
    ).in_language(language)
    accounts = Accounts(
        number=document.number,
        title=title,
        lead=lead,
        chapters=chapters,
        footer=f"{organisation.name}. {footer}",
        page_words=catalogue(language).gettext(N_("Page")),
        recipient=recipient,
    )
    return accounts_content(accounts, letterhead=letterhead, language=language)


def printed(said: Mapping[str, Any], document: Sealed) -> bytes:
    """The paper as a tagged PDF, with what proves it as its last chapter."""
    language = said["language"]
    proof = chapter_content(annex(document, language=language), language)
    return typeset_apart("accounts.typ", {**said, "chapters": [*said["chapters"], proof]})


HEAD_COLUMNS = (N_("Numéro de marché"), N_("Écritures"), N_("Empreinte (SHA-256)"))
"""A head of a chain. The contract is a number: whoever holds a document has no need of others' references."""


def annex(document: Sealed, *, language: str) -> AccountsChapter:
    """The seal, and the head of each contract's chain."""
    gettext = catalogue(language).gettext
    rows = [[str(one), str(sequence), ended] for one, sequence, ended in document.heads]
    own = "" if document.contract_id is None else str(document.contract_id)
    return AccountsChapter(
        heading=gettext(N_("Ce qui prouve ces chiffres")),
        words=gettext(
            N_(
                "Chaque écriture du registre scelle celles d’avant. Qui tient ce document peut vérifier que rien n’a "
                "changé depuis : le sceau est le SHA-256 des lignes « numéro|écritures|empreinte » ci-dessous."
            )
        ),
        facts=[
            (gettext(N_("Document")), document.number),
            (gettext(N_("Sceau")), in_groups(document.seal)),
            (gettext(N_("Numéro de ce marché")), own),
        ],
        tables=[Figures([gettext(words) for words in HEAD_COLUMNS], rows, right=(0, 1), small=True)],
    )


def in_groups(seal: str) -> str:
    """The seal with blanks where a line may end."""
    return " ".join(seal[start : start + _SHORT_SEAL] for start in range(0, len(seal), _SHORT_SEAL))
