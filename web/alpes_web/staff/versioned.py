"""The kinds of things of which former versions are kept: what one says now, how it is changed, where it is shown."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.agenda.series_words import SeriesDraft, revise_series, the_series
from alpes_events.agenda.venues import COMMUNE_OF_VENUE, VenueDraft, revise_venue, the_venue
from alpes_events.companies.commands import revise_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.models import CompanySize, SiaeKind
from alpes_events.companies.queries import company_draft
from alpes_events.language.sentence import N_
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.wording import Wording, change_wording, wording_of
from alpes_events.territory.models import Organisation
from alpes_events.territory.revision import OrganisationDraft, revise_organisation
from alpes_web.identity import identity
from alpes_web.staff.settings_forms import LABELS, section_of


@dataclass(frozen=True)
class Versioned:
    """A kind. `present` gives the draft of a key; `revise` stores one by the command of its page, and gives the names
    of what changed; `page` is the endpoint, with its values, where these fields of a key are shown, and `labels` what
    it calls them. `together`: fields that are one.
    """

    present: Callable[[Session, str], Any]
    revise: Callable[[Session, str, Any, datetime, int | None], tuple[str, ...]]
    page: Callable[[str, Collection[str]], tuple[str, Mapping[str, Any]]]
    labels: Mapping[str, str]
    together: tuple[frozenset[str], ...] = ()


def _revise_series(db: Session, key: str, draft: SeriesDraft, now: datetime, account_id: int | None) -> tuple[str, ...]:
    return revise_series(db, int(key), draft, now=now, account_id=account_id)


def _revise_venue(db: Session, key: str, draft: VenueDraft, now: datetime, account_id: int | None) -> tuple[str, ...]:
    return revise_venue(db, int(key), draft, now=now, account_id=account_id)


def _revise_company(
    db: Session, key: str, draft: CompanyDraft, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    size, siae_kind = draft.size, draft.siae_kind
    written = replace(
        draft,
        size=CompanySize(size) if size else None,
        siae_kind=SiaeKind(siae_kind) if siae_kind else None,
    )
    return revise_company(db, int(key), written, now=now, account_id=account_id)


def _revise_organisation(
    db: Session, _key: str, draft: OrganisationDraft, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    return revise_organisation(db, draft, now=now, account_id=account_id)


def _revise_text(db: Session, key: str, draft: Wording, now: datetime, account_id: int | None) -> tuple[str, ...]:
    kind, code = _message(key)
    today = now.astimezone(identity().zone).date()
    return change_wording(db, kind, code, draft, today=today, now=now, account_id=account_id)


def _message(key: str) -> tuple[MessageKind, str]:
    kind, _, code = key.partition(":")
    return MessageKind(kind), code


VERSIONED: Mapping[str, Versioned] = {
    "series": Versioned(
        present=lambda db, key: SeriesDraft.of(the_series(db, int(key))),
        revise=_revise_series,
        page=lambda key, _names: ("staff_series.edit", {"series_id": int(key)}),
        labels={"name": N_("Nom de la série"), "short_name": N_("Nom court"), "description": N_("Description")},
    ),
    "venue": Versioned(
        present=lambda db, key: VenueDraft.of(the_venue(db, int(key))),
        revise=_revise_venue,
        page=lambda key, _names: ("staff_venues.edit", {"venue_id": int(key)}),
        labels={
            "name": N_("Nom du lieu"),
            "address": N_("Adresse"),
            "commune_name": N_("Commune"),
            "transport": N_("Pour venir"),
            "accessibility": N_("Accessibilité"),
        },
        together=(COMMUNE_OF_VENUE,),
    ),
    "company": Versioned(
        present=lambda db, key: company_draft(db, int(key)),
        revise=_revise_company,
        page=lambda key, _names: ("staff_companies.page", {"company_id": int(key)}),
        labels={
            "name": N_("Nom de l’entreprise"),
            "naf": N_("Code NAF"),
            "size": N_("Taille"),
            "siae_kind": N_("Structure d’insertion"),
            "website": N_("Site"),
            "activity": N_("Activité"),
            "logo_id": N_("Logo"),
        },
    ),
    "organisation": Versioned(
        present=lambda db, _key: OrganisationDraft.of(db.get_one(Organisation, 1)),
        revise=_revise_organisation,
        page=lambda _key, names: (f"staff_settings.{section_of(names)}", {}),
        labels=LABELS,
    ),
    "message_text": Versioned(
        present=lambda db, key: wording_of(db, *_message(key)),
        revise=_revise_text,
        page=lambda key, _names: ("staff_texts.page", {"kind": _message(key)[0].value}),
        labels={"subject": N_("Objet"), "opening": N_("Premières phrases")},
    ),
}
"""By the kind of a version's subject."""
