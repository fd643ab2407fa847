"""The parts of the organisation that coordinators change, a form each."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, EmailField, StringField, TelField

from alpes_events.language.sentence import N_
from alpes_events.territory.revision import OrganisationDraft
from alpes_web.amending import AmendingForm
from alpes_web.forms import Needed
from alpes_web.staff.fields import NumberField, PlainForm


class OrganisationForm(AmendingForm, PlainForm):
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

    name = StringField(N_("Nom de l’organisation"), validators=[Needed(N_("Donnez un nom à l’organisation."))])
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
    evidence_months = NumberField(
        N_("Mois de preuve des heures de clause"),
        description=N_("Après le dernier mois d’heures, le nom d’une personne effacée reste à part jusque-là."),
    )


class FiguresForm(OrganisationForm):
    """From which number on a figure is shown."""

    small_cell_threshold = NumberField(
        N_("Plus petit nombre montré au public"),
        description=N_("Un nombre plus petit est caché, pour que personne ne soit reconnu."),
    )
    internal_small_cell_threshold = NumberField(
        N_("Plus petit nombre montré dans le rapport interne"), description=N_("0 : tout est montré.")
    )


class RankingForm(OrganisationForm):
    """Whether people and offers are ranked."""

    ranks_people = BooleanField(N_("Classer les offres et les personnes"))


SECTIONS: Mapping[str, type[OrganisationForm]] = {
    "organisation": IdentityForm,
    "waiting_list": WaitingListForm,
    "retention": RetentionForm,
    "figures": FiguresForm,
    "ranking": RankingForm,
}
"""By the page where each stands."""

_FIELDS = {
    page: {name: getattr(kind, name).args[0] for name in OrganisationDraft.__annotations__ if hasattr(kind, name)}
    for page, kind in SECTIONS.items()
}

LABELS: Mapping[str, str] = {name: words for fields in _FIELDS.values() for name, words in fields.items()}
"""What each field of the organisation is called on its page."""


def section_of(names: Collection[str]) -> str:
    """The page where the first of these fields is changed; that of the identity when there is none."""
    return next((page for page, fields in _FIELDS.items() if not fields.keys().isdisjoint(names)), "organisation")
