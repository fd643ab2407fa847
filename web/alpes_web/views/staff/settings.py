"""The organisation's identity and rules, as a coordinator changes them: a page for each part."""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import EmailField, StringField, TelField

from alpes_events.language.sentence import N_
from alpes_events.privacy.outlook import retention_outlook
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import NoOrganisation
from alpes_events.territory.revision import ORGANISATION, BadOrganisation, OrganisationDraft, revise_organisation
from alpes_events.territory.said_of_itself import missing_of
from alpes_web.forms import Needed
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.fields import NumberField, PlainForm
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me

staff_settings = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")


class OrganisationForm(PlainForm):
    """A part of what the organisation is; the rest stays as it is."""

    def draft(self, stored: OrganisationDraft) -> OrganisationDraft:
        """The organisation with what was written; a number left empty is refused as out of range."""
        values: dict[str, Any] = {}
        for name, kind in OrganisationDraft.__annotations__.items():
            if name in self._fields:
                data = getattr(self, name).data
                values[name] = data if data is not None else -1 if kind is int else ""
        return replace(stored, **values)


class IdentityForm(OrganisationForm):
    """Who the organisation is."""

    name = StringField(N_("Nom"), validators=[Needed(N_("Donnez un nom à l’organisation."))])
    short_name = StringField(N_("Nom court"), validators=[Needed(N_("Donnez un nom à l’organisation."))])
    tagline = StringField(N_("Sous le nom, en tête du site"))
    address = StringField(N_("Adresse"))
    telephone = TelField(N_("Téléphone"))
    email = EmailField(N_("Adresse e-mail"))
    opening_hours = StringField(N_("Heures d’ouverture"))
    transport = StringField(
        N_("Venir en transport"), description=N_("Lignes et arrêts, pour la page « Nous trouver ».")
    )
    accessibility = StringField(N_("Accès du bâtiment"), description=N_("Marches, ascenseur, boucle magnétique…"))
    legal_number = StringField(N_("Statut et numéro"), description=N_("Par exemple : association, SIRET ou RNA."))
    publication_director = StringField(N_("Direction de la publication"), description=N_("Son nom et sa fonction."))
    host = StringField(N_("Hébergeur du site"), description=N_("Son nom, son adresse et son téléphone."))
    data_protection_contact = StringField(
        N_("Contact pour la protection des données"),
        description=N_("Adresse e-mail ou postale du délégué, ou de la personne qui répond."),
    )


class WaitingListForm(OrganisationForm):
    """How freed places pass on."""

    offer_hours = NumberField(
        N_("Heures pour répondre à une place proposée"),
        description=N_("Ensuite la place passe à la personne suivante."),
    )
    cut_off_hours = NumberField(
        N_("Heures avant le début où plus rien n’est proposé automatiquement"),
        description=N_("Ensuite, c’est vous qui proposez les places."),
    )


class RetentionForm(OrganisationForm):
    """How long a file lives without its person."""

    retention_months = NumberField(N_("Mois de conservation après le dernier contact"))
    retention_notice_days = NumberField(N_("Jours d’avance pour annoncer un effacement"))


class FiguresForm(OrganisationForm):
    """From which number on a figure is shown."""

    small_cell_threshold = NumberField(
        N_("Plus petit nombre montré au public"),
        description=N_("Un nombre plus petit est caché, pour que personne ne soit reconnu."),
    )
    internal_small_cell_threshold = NumberField(
        N_("Plus petit nombre montré dans le rapport interne"), description=N_("0 : tout est montré.")
    )


@staff_settings.route("", methods=["GET", "POST"])
def organisation() -> Response | tuple[str, int]:
    """Who the organisation is."""
    return _page(IdentityForm, "organisation")


@staff_settings.route("/waiting-list", methods=["GET", "POST"])
def waiting_list() -> Response | tuple[str, int]:
    """The rules of the waiting list, told with their numbers."""
    return _page(WaitingListForm, "waiting_list")


@staff_settings.route("/retention", methods=["GET", "POST"])
def retention() -> Response | tuple[str, int]:
    """How long files are kept, and what the next nights will erase."""
    with site().database.reading() as db:
        outlook = retention_outlook(db, now=site().now())
    return _page(RetentionForm, "retention", outlook=outlook)


@staff_settings.route("/figures", methods=["GET", "POST"])
def figures() -> Response | tuple[str, int]:
    """From which number on a figure is shown."""
    return _page(FiguresForm, "figures")


def _page(kind: type[OrganisationForm], name: str, **shown: object) -> Response | tuple[str, int]:
    """One part of the organisation: shown, changed, or shown again with its mistakes."""
    with site().database.reading() as db:
        row = _row(db)
        stored = OrganisationDraft.of(row)
    form = kind(data=asdict(stored))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                changed = revise_organisation(db, form.draft(stored), now=now, account_id=me().account_id)
                undo = undo_address(db, ORGANISATION, changed)
        except BadOrganisation as refusal:
            form.blame(refusal)
        else:
            return done(N_("Les réglages sont enregistrés."), url_for(str(request.endpoint)), undo=undo)
    page = render_template(
        f"staff/settings/{name}.html",
        section="settings",
        form=form,
        rules=stored,
        missing=missing_of(row),
        **shown,
    )
    return page, 422 if form.mistakes else 200


def _row(db: Session) -> Organisation:
    row = db.get(Organisation, 1)
    if row is None:
        raise NoOrganisation
    return row
