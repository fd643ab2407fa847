"""The organisation's identity and rules, as a coordinator changes them."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, StringField, TelField

from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import NoOrganisation
from alpes_events.territory.revision import BadOrganisation, OrganisationDraft, revise_organisation
from alpes_events.territory.said_of_itself import missing_of
from alpes_web.forms import Needed
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.fields import NumberField, PlainForm
from alpes_web.staff.scope import me

staff_settings = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")


class OrganisationForm(PlainForm):
    """Who the organisation is, and its rules."""

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
    offer_hours = NumberField(
        N_("Heures pour répondre à une place proposée"),
        description=N_("Ensuite la place passe à la personne suivante."),
    )
    cut_off_hours = NumberField(
        N_("Heures avant le début où plus rien n’est proposé automatiquement"),
        description=N_("Ensuite, c’est vous qui proposez les places."),
    )
    retention_months = NumberField(N_("Mois de conservation après le dernier contact"))
    retention_notice_days = NumberField(N_("Jours d’avance pour annoncer un effacement"))
    small_cell_threshold = NumberField(
        N_("Plus petit nombre montré au public"),
        description=N_("Un nombre plus petit est caché, pour que personne ne soit reconnu."),
    )
    internal_small_cell_threshold = NumberField(N_("Plus petit nombre montré dans le rapport interne"))

    def draft(self) -> OrganisationDraft:
        """What was written; a number left empty is refused as out of range."""
        values: dict[str, Any] = {name: getattr(self, name).data for name in OrganisationDraft.__dataclass_fields__}
        for name, kind in OrganisationDraft.__annotations__.items():
            if values[name] is None:
                values[name] = -1 if kind is int else ""
        return OrganisationDraft(**values)


@staff_settings.route("", methods=["GET", "POST"])
def organisation() -> Response | tuple[str, int]:
    """Identity and rules."""
    with site().database.reading() as db:
        row = db.get(Organisation, 1)
        if row is None:
            raise NoOrganisation
        form = OrganisationForm(data=asdict(OrganisationDraft.of(row)))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                revise_organisation(db, form.draft(), now=now, account_id=me().account_id)
        except BadOrganisation as refusal:
            form.blame(refusal)
        else:
            return done(N_("Les réglages sont enregistrés."), url_for("staff_settings.organisation"))
    missing = missing_of(row)
    page = render_template("staff/settings/organisation.html", section="settings", form=form, missing=missing)
    return page, 422 if form.mistakes else 200
