"""The forms about accounts of staff: who is invited, what is changed, a password given by word of mouth."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlmodel import Session
from wtforms import EmailField, PasswordField, StringField

from alpes_events.agenda.models import Event
from alpes_events.agenda.queries import upcoming
from alpes_events.language.sentence import N_
from alpes_events.people.account_changes import AccountDraft
from alpes_events.people.accounts import AccountIn
from alpes_events.people.models import Account, Role
from alpes_events.people.sign_in_rule import BY_LINK
from alpes_events.territory.models import SecondFactorRule
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.choice_fields import LANGUAGE_CHOICES, ChoiceField, CodeField
from alpes_web.staff.fields import DayField, PlainForm
from alpes_web.staff.words import ROLES
from alpes_web.typed import whole_number

STAFF_ROLES = {role: words for role, words in ROLES.items() if role not in BY_LINK}
RULES: dict[SecondFactorRule, str] = {
    SecondFactorRule.NOBODY: N_("Personne : chacun choisit"),
    SecondFactorRule.ADMINISTRATORS: N_("L’administration"),
    SecondFactorRule.STAFF: N_("Toute l’équipe"),
}


class AccountForm(AmendingForm):
    """Who somebody of staff is, and what they may do."""

    name = StringField(N_("Prénom et nom"), validators=[Needed(N_("Indiquez le nom.")), AtMost(150)])
    email = EmailField(N_("Adresse e-mail"), validators=[Needed(N_("Indiquez l’adresse e-mail.")), AtMost(254)])
    role = CodeField(N_("Ce que ce compte peut faire"), STAFF_ROLES, default=Role.ADVISOR)
    structure = StringField(
        N_("Structure"),
        description=N_("Mission Locale, PLIE, CCAS : elle est écrite avec chaque inscription faite."),
        validators=[AtMost(100)],
    )
    event_id = ChoiceField(N_("Pour l’accueil : de quel événement ?"))
    door_on = DayField(
        N_("Pour l’accueil : un seul jour ?"),
        description=N_("Laissez vide pour tous les jours de l’événement. L’accueil s’ouvre le jour même, à minuit."),
    )

    def offer_events(self, db: Session) -> None:
        """The events whose door can be kept: those to come, and the one that is."""
        events = [(str(card.event.id), card.event.title) for card in upcoming(db, now=site().now())]
        kept = self.event_id.data
        if kept and kept not in {code for code, _title in events}:
            number = whole_number(kept)
            row = None if number is None else db.get(Event, number)
            events += [] if row is None else [(kept, row.title)]
        self.event_id.choices = [("", N_("Aucun")), *events]

    def draft(self) -> AccountDraft:
        """What was written. An event counts for door staff only."""
        role = self.role.data or Role.READER
        door = role is Role.DOOR
        return AccountDraft(
            email=self.email.data or "",
            name=self.name.data or "",
            role=role,
            structure=self.structure.data or "",
            event_id=int(self.event_id.data) if door and self.event_id.data else None,
            door_on=self.door_on.data if door else None,
        )


class InvitationForm(AccountForm):
    """A colleague to invite, in their language."""

    language = ChoiceField(N_("Langue de ses messages"), LANGUAGE_CHOICES, default="fr")

    def account(self) -> AccountIn:
        """The account to make, whose owner is invited to choose a password."""
        return AccountIn(**asdict(self.draft()), language=self.language.data or "fr", invited=True)


class PasswordForm(StrictForm):
    """A new password."""

    password = PasswordField(
        N_("Nouveau mot de passe"),
        description=N_("Douze caractères au moins. Donnez-le de vive voix."),
        validators=[Needed(N_("Choisissez un mot de passe.")), AtMost(200)],
    )


class RuleForm(AmendingForm, PlainForm):
    """Of whom a second factor is asked."""

    rule = CodeField(N_("Connexion en deux temps exigée de"), RULES)


def kept(account: Account) -> dict[str, object]:
    """What the form of a stored account shows."""
    values: dict[str, object] = asdict(AccountDraft.of(account))
    return values | {"event_id": "" if account.event_id is None else str(account.event_id)}


def event_titles(db: Session, event_ids: Sequence[int | None]) -> dict[int, str]:
    """The titles of these events."""
    rows = [db.get(Event, event_id) for event_id in {one for one in event_ids if one is not None}]
    return {row.id: row.title for row in rows if row is not None and row.id is not None}
