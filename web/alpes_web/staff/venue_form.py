"""A venue as a coordinator writes it: how to find it, how to come, who can get in."""

from dataclasses import replace

from sqlmodel import Session
from wtforms import StringField, TextAreaField

from alpes_events.agenda.venues import VenueDraft
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.fields import PlainForm, SeenField
from alpes_web.staff.venue_text import located


class VenueForm(AmendingForm, PlainForm):
    """A venue that is new."""

    name = StringField(N_("Nom du lieu"), validators=[Needed(N_("Écrivez le nom du lieu.")), AtMost(150)])
    address = StringField(N_("Adresse"), validators=[AtMost(300)])
    commune_name = StringField(
        N_("Commune du lieu"),
        description=N_("Son nom, son code postal, ou les deux."),
        validators=[Needed(N_("Indiquez la commune du lieu."))],
    )
    transport = TextAreaField(
        N_("Pour venir"),
        description=N_("L’arrêt, la ligne, les minutes à pied, le parking."),
        validators=[AtMost(500)],
    )
    accessibility = TextAreaField(
        N_("Accessibilité du lieu"),
        description=N_("Marches, ascenseur, toilettes, boucle magnétique, langue des signes."),
        validators=[AtMost(500)],
    )

    def draft(self) -> VenueDraft:
        """What was written."""
        return VenueDraft(
            name=self.name.data or "",
            address=self.address.data or "",
            commune_name=self.commune_name.data or "",
            transport=" ".join((self.transport.data or "").split()),
            accessibility=" ".join((self.accessibility.data or "").split()),
        )


class CorrectionForm(VenueForm):
    """A venue corrected. `told`: who will be told was shown."""

    told = SeenField()


def stored_venue(draft: VenueDraft) -> dict[str, str]:
    """A venue as the fields of the form take it: its commune is one line."""
    said = {name: getattr(draft, name) for name in ("name", "address", "transport", "accessibility")}
    return {**said, "commune_name": " ".join(part for part in (draft.postal_code, draft.commune_name) if part)}


def corrected(db: Session, stored: VenueDraft, form: VenueForm) -> VenueDraft:
    """The stored venue as the form says. A commune that was left as it stood is not looked up again: what is missing of
    it would be filled in, and people told of a move that is none. Raises `BadVenue`.
    """
    written = replace(form.draft(), latitude=stored.latitude, longitude=stored.longitude)
    if written.commune_name.strip() != stored_venue(stored)["commune_name"]:
        return located(db, written)
    return replace(
        written, insee_code=stored.insee_code, commune_name=stored.commune_name, postal_code=stored.postal_code
    )
