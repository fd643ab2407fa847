"""The forms of one's own data: what one may set right, a new address, erasure."""

from typing import ClassVar

from wtforms import BooleanField, EmailField, RadioField, SelectChoice, StringField, TelField

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn, clean_email
from alpes_events.people.models import Sex
from alpes_events.territory.queries import CommuneView
from alpes_web.commune_text import name_and_code
from alpes_web.forms import AtMost, Needed, StrictForm, checked_by
from alpes_web.languages import translated
from alpes_web.staff.fields import DayField

_SEXES = ((Sex.WOMAN.value, N_("Femme")), (Sex.MAN.value, N_("Homme")), ("", N_("Je préfère ne pas le dire")))
LANGUAGES = (SelectChoice("fr", "Français"), SelectChoice("en", "English"))
"""Each in its own words."""


class Unmarked:
    """Marks a field that is neither required nor said to be optional."""

    field_flags: ClassVar = {"plain": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Refuse nothing here."""


class ButtonForm(StrictForm):
    """A button that acts on one's own things."""


class CorrectionForm(StrictForm):
    """What one says of oneself."""

    given_name = StringField(N_("Prénom"), [Needed(N_("Indiquez le prénom.")), AtMost(300)])
    family_name = StringField(N_("Nom"), [Needed(N_("Indiquez le nom.")), AtMost(300)])
    telephone = TelField(N_("Téléphone"), [AtMost(60)])
    commune_name = StringField(N_("Commune où vous habitez"), [AtMost(120)])
    insee_code = RadioField(N_("Laquelle de ces communes ?"), [Unmarked()], choices=[], validate_choice=False)
    birth_on = DayField(N_("Date de naissance"))
    sex = RadioField(N_("Vous êtes"), [Unmarked()], choices=[], validate_choice=False)

    def prepare(self) -> None:
        """Offer the choices, in the page's language."""
        self.sex.choices = [SelectChoice(code, translated(words)) for code, words in _SEXES]
        self.insee_code.choices = []

    def show(self, person: PersonIn) -> None:
        """What is known now."""
        self.given_name.data, self.family_name.data = person.given_name, person.family_name
        self.telephone.data = person.telephone
        self.commune_name.data = " ".join(part for part in (person.postal_code, person.commune_name) if part)
        self.birth_on.data, self.sex.data = person.birth_on, person.sex.value if person.sex else ""

    def person(self) -> PersonIn:
        """What was said."""
        name, postal_code = name_and_code(self.commune_name.data or "")
        said = self.sex.data or ""
        return PersonIn(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            telephone=self.telephone.data or "",
            commune_name=name,
            postal_code=postal_code,
            insee_code=self.insee_code.data or "",
            birth_on=self.birth_on.data,
            sex=Sex(said) if said in set(Sex) else None,
        )

    def ask_commune(self, choices: tuple[CommuneView, ...]) -> None:
        """Let the person choose between the communes that what they typed may mean."""
        self.insee_code.choices = [SelectChoice(view.insee_code, view.name) for view in choices]

    def blame_each(self, problems: list[BadInput]) -> None:
        """Put each problem beside its field, unless something is said there already."""
        for problem in problems:
            if problem.field in self and not self[problem.field].errors:
                self.blame(problem)


class AddressForm(StrictForm):
    """A new e-mail address, to which a code is sent."""

    email = EmailField(
        N_("Nouvelle adresse e-mail"),
        [Needed(N_("Il manque votre adresse e-mail.")), AtMost(254), checked_by(clean_email)],
    )


class CodeForm(StrictForm):
    """The six digits that were sent."""

    code = StringField(N_("Code à six chiffres"), [Needed(N_("Il manque le code reçu.")), AtMost(20)])


class EraseForm(StrictForm):
    """That one has read what erasing means."""

    sure = BooleanField(
        N_("J’ai lu ce qui sera effacé, et je sais que cela ne se défait pas."),
        [Needed(N_("Cochez cette case pour effacer."))],
    )


class EraseByCodeForm(EraseForm):
    """The same, with the code that was sent."""

    code = StringField(N_("Code à six chiffres"), [Needed(N_("Il manque le code reçu.")), AtMost(20)])


class LanguageForm(StrictForm):
    """The language of one's pages and messages."""

    language = RadioField(N_("Langue"), [Unmarked()], choices=LANGUAGES)
