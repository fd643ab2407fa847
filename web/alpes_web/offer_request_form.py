"""The forms of somebody without an account: who they are, and what they ask for."""

import uuid
from dataclasses import replace

from flask import abort
from wtforms import EmailField, HiddenField, StringField, TelField, TextAreaField

from alpes_events.hiring.applying import LONGEST_MESSAGE
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn, clean_email, clean_name, clean_telephone
from alpes_web.forms import AtMost, Needed, StrictForm, checked_by
from alpes_web.languages import language


def _address() -> EmailField:
    """A field, where it stands among those of its form."""
    missing = Needed(N_("Il manque votre adresse e-mail."))
    return EmailField(N_("Adresse e-mail"), [missing, AtMost(254), checked_by(clean_email)])


class RequestForm(StrictForm):
    """Who asks, by an address. `form_key` makes a second click harmless."""

    form_key = HiddenField(default=lambda: str(uuid.uuid4()))
    email = _address()

    @property
    def key(self) -> str:
        """The form's own UUID; a page that invents another kind of key gets 400."""
        try:
            return str(uuid.UUID(self.form_key.data or ""))
        except ValueError:
            abort(400)

    def renew(self) -> None:
        """Give the form a new key: it was sent before with other words, and may be sent again as it is now."""
        self.form_key.data = str(uuid.uuid4())

    def person(self) -> PersonIn:
        """Who asks, as typed: nothing but the address."""
        return PersonIn("", "", self.email.data or "", language=language())


class AlertRequestForm(RequestForm):
    """An alert without an account: the choice of the list, as the query of its address."""

    query = HiddenField(validators=[AtMost(600)])


class ApplicationRequestForm(RequestForm):
    """An application without an account."""

    given_name = StringField(
        N_("Prénom"),
        [
            Needed(N_("Indiquez le prénom.")),
            AtMost(300),
            checked_by(lambda text: clean_name(text, field="given_name")),
        ],
    )
    family_name = StringField(
        N_("Nom"),
        [Needed(N_("Indiquez le nom.")), AtMost(300), checked_by(lambda text: clean_name(text, field="family_name"))],
    )
    email = _address()
    telephone = TelField(
        N_("Téléphone"),
        [AtMost(300), checked_by(clean_telephone)],
        description=N_("Pour que l’on vous appelle si l’employeur veut vous rencontrer."),
    )
    message = TextAreaField(
        N_("Quelques mots pour l’employeur"),
        description=N_("Ce que vous savez faire, et quand vous pouvez commencer."),
        validators=[AtMost(LONGEST_MESSAGE)],
    )

    def person(self) -> PersonIn:
        """Who applies, as typed."""
        return replace(
            super().person(),
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            telephone=self.telephone.data or "",
        )
