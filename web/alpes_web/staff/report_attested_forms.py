"""What staff write of a figure that others counted: which, for when, its value, its source; and why it is corrected."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from wtforms import Field, StringField
from wtforms.widgets import TextInput

from alpes_events.attested.commands import AttestedDraft
from alpes_events.attested.models import AttestedCount
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, say
from alpes_events.reporting.attested_list import named_by, refuse_counted
from alpes_events.reporting.attested_values import value_of
from alpes_events.reporting.definition import MEMBER, BadDefinition, Definition
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import language
from alpes_web.staff.choice_fields import NamedField
from alpes_web.staff.fields import DayField, Mistyped, PlainForm, TypedField

_LONGEST_MEMBER = 80


class DecimalField(TypedField):
    """A number as people write it, with decimals or without; `data` is a Decimal."""

    widget = TextInput()

    def _read(self, text: str) -> Decimal:
        plain = "".join(text.split()).replace("−", "-").replace(",", ".").rstrip("%€")
        try:
            found = Decimal(plain)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            raise Mistyped(say(N_("Écrivez un nombre, comme « 1 559 » ou « 12,5 ».")))
        return found

    def _shown(self, value: Decimal) -> str:
        text = f"{value:f}"
        return text.replace(".", ",") if language() == SOURCE_LANGUAGE else text


_VALUE = N_("Valeur")
_SOURCE = N_("Source")
_SAY_SOURCE = N_("L’outil ou l’organisme qui l’a compté : « i-Milo », « INSEE ».")
_SAY_WHO_SETS = N_("Le texte ou la réunion qui le fixe : « protocole 2022-2027 », « comité de pilotage ».")
_DAY = N_("Attesté le")
_DAY_SET = N_("Fixé le")


class AttestForm(PlainForm):
    """A count that others made."""

    indicator = NamedField(
        N_("Chiffre"),
        description=N_("Écrivez un mot de son nom, puis choisissez-le."),
        validators=[Needed(N_("Choisissez le chiffre."))],
    )
    member = StringField(
        N_("Pour qui ou quoi"),
        [AtMost(_LONGEST_MEMBER)],
        description=N_("Seulement pour une liste (« … ») : le nom du dispositif, du réseau ou du lieu."),
    )
    period = StringField(
        N_("Période"),
        [Needed(N_("Indiquez l’année, ou le mois."))],
        description=N_(
            "Une année, « 2023 » ; ou un mois, « 2023-03 », de ce qui s’additionne : douze mois font l’année."
        ),
    )
    value = DecimalField(_VALUE, validators=[])
    source = StringField(_SOURCE, [Needed(N_("Dites d’où vient ce chiffre.")), AtMost(200)], description=_SAY_SOURCE)
    attested_on = DayField(_DAY, validators=[Needed(N_("Indiquez le jour."))])

    def offer(self, known: Mapping[str, str], rules: Mapping[str, Definition]) -> None:
        """Offer these figures, by their names; of the others that `rules` define, one learns why they are none."""
        self.indicator.otherwise = partial(_meant, rules)
        self.indicator.choices = [("", ""), *((name, f"{label} ({name})") for name, label in known.items())]

    def aim(self) -> None:
        """Ask for a target: what sets it is its source."""
        _aim(self.source, self.attested_on)
        self.period.description = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer fits; 0 is a value, and a list needs its member."""
        fits = bool(super().validate(extra_validators))
        if self.value.data is None and not self.value.errors:
            self.value.errors = [say(N_("Écrivez la valeur."))]
            fits = False
        if MEMBER in (self.indicator.data or "") and not (self.member.data or "").strip():
            self.member.errors = [say(N_("Ce chiffre est d’une liste : dites pour qui ou quoi."))]
            fits = False
        return fits

    def draft(self) -> AttestedDraft:
        """What was written."""
        return AttestedDraft(
            indicator=(self.indicator.data or "").replace(MEMBER, (self.member.data or "").strip()),
            period=(self.period.data or "").strip(),
            value=self.value.data,
            source=self.source.data or "",
            attested_on=self.attested_on.data,
        )


class CorrectCountForm(AmendingForm, PlainForm):
    """Another value for the same figure and period."""

    value = DecimalField(_VALUE)
    source = StringField(_SOURCE, [Needed(N_("Dites d’où vient ce chiffre.")), AtMost(200)], description=_SAY_SOURCE)
    attested_on = DayField(_DAY, validators=[Needed(N_("Indiquez le jour."))])
    why = StringField(N_("Pourquoi vous corrigez"), [AtMost(300)], description=N_("Cela reste dans l’historique."))

    def aim(self) -> None:
        """Ask for a target: what sets it is its source."""
        _aim(self.source, self.attested_on)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer fits; 0 is a value."""
        fits = bool(super().validate(extra_validators))
        if self.value.data is None and not self.value.errors:
            self.value.errors = [say(N_("Écrivez la valeur."))]
            fits = False
        return fits

    def draft(self, count: AttestedCount) -> AttestedDraft:
        """What was written, for the same figure and period."""
        return AttestedDraft(
            indicator=count.indicator,
            period=count.period,
            value=self.value.data,
            source=self.source.data or "",
            attested_on=self.attested_on.data,
        )


def _meant(rules: Mapping[str, Definition], typed: str) -> str:
    """The figure that a name means, a member of a list among them. Raises `BadDefinition`: it is counted here."""
    try:
        return named_by(typed, rules, language=language())
    except BadDefinition:
        refuse_counted(typed, rules, language=language())
        return ""


def _aim(source: Field, day: Field) -> None:
    source.description, day.label.text = _SAY_WHO_SETS, _DAY_SET


def stored_count(count: AttestedCount) -> dict[str, Any]:
    """What the form of a correction shows first."""
    return {"value": value_of(count), "source": count.source, "attested_on": count.attested_on, "why": ""}
