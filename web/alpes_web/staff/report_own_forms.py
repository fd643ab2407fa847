"""What staff choose of a figure of their own: what is counted, of which part; or an operation over other figures."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from wtforms import StringField, SubmitField

from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_
from alpes_events.reporting.custom import CONDITIONS, MEASURES, IndicatorDraft
from alpes_events.reporting.cutting import cuts_of
from alpes_events.reporting.definition import Definition, Measure, Op, named
from alpes_events.reporting.numbers import UNITS
from alpes_events.reporting.words import COLUMN_WORDS, MEASURE_WORDS, OP_WORDS
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import ChoiceField, CodeField, NamedField, TicksField
from alpes_web.staff.fields import NumberField, PlainForm

FORMULA = "formula"
"""What stands in an address for a figure worked out from others."""
_WHERE = "where_"
_NAMES = ("first", "second", "third", "fourth")
_FIND = N_("Écrivez un mot de son nom, puis choisissez-le.")


class IndicatorForm(AmendingForm, PlainForm):
    """What every figure of one's own has."""

    label = StringField(
        N_("Nom du chiffre"),
        [Needed(N_("Donnez un nom à ce chiffre.")), AtMost(150)],
        description=N_("Tel qu’il s’écrit dans le rapport : « Jeunes reçus à Lambersart »."),
    )
    label_en = StringField(N_("Son nom en anglais"), [AtMost(150)], description=N_("Vide : le même."))
    unit = ChoiceField(N_("Unité"), [("", N_("selon ce qui est compté")), *UNITS.items()])
    digits = NumberField(N_("Décimales"), description=N_("0 : un nombre entier."), default=0)
    year = NumberField(N_("Année pour l’essayer"))
    see = SubmitField()

    def draft(self) -> IndicatorDraft:
        """What was chosen."""
        raise NotImplementedError

    @property
    def names(self) -> dict[str, Any]:
        """What every draft is made with."""
        return {
            "label": (self.label.data or "").strip(),
            "label_en": (self.label_en.data or "").strip(),
            "unit": self.unit.data or "",
            "digits": self.digits.data or 0,
        }


class FormulaForm(IndicatorForm):
    """A figure worked out from others."""

    op = CodeField(N_("Opération"), OP_WORDS)
    first = NamedField(N_("Premier chiffre"), description=_FIND, validators=[Needed(N_("Choisissez le chiffre."))])
    second = NamedField(N_("Deuxième chiffre"))
    third = NamedField(N_("Troisième chiffre"))
    fourth = NamedField(N_("Quatrième chiffre"))

    def offer(self, known: Mapping[str, str], rules: Mapping[str, Definition]) -> None:
        """Offer these figures, by their names; a part of a list is meant by its own."""
        meant = partial(_meant, known, rules)
        choices = [("", ""), *((name, f"{label} ({name})") for name, label in known.items())]
        for name in _NAMES:
            self[name].choices, self[name].otherwise = choices, meant

    def draft(self) -> IndicatorDraft:
        """What was chosen."""
        op = self.op.data
        figures = tuple(self[name].data for name in _NAMES if self[name].data)
        return IndicatorDraft(**self.names, op=op if isinstance(op, Op) else Op.SUM, figures=figures)


def _meant(known: Mapping[str, str], rules: Mapping[str, Definition], typed: str) -> str:
    """The figure that somebody means by its whole label, or by the name of a part of a list."""
    called = [name for name, label in known.items() if fold(label) == fold(typed)]
    return called[0] if len(called) == 1 else typed if named(rules, typed) is not None else ""


class CountedForm(IndicatorForm):
    """A figure counted from records. Each condition is a field of its own, of the words that occur."""

    source = ""
    measure = ChoiceField(N_("Ce qui est compté"))
    cut = ChoiceField(
        N_("Aussi, un chiffre pour chaque"),
        description=N_("Le chiffre en entier, et un de plus pour chaque sexe, lieu, mois…"),
    )

    def offer(self, words: Mapping[str, Mapping[str, str]]) -> None:
        """Offer the words of each column, by column."""
        self.measure.choices = [(one.value, MEASURE_WORDS[one]) for one in MEASURES[self.source]]
        for name in CONDITIONS[self.source]:
            self[_WHERE + name].choices = dict(words.get(name, {}))
        cuts = [name for name in cuts_of(self.source) if words.get(name)]
        self.cut.choices = [("", N_("rien de plus")), *((name, COLUMN_WORDS[name]) for name in cuts)]

    @property
    def conditions(self) -> list[TicksField]:
        """The conditions that have something to choose, in order."""
        return [self[_WHERE + one] for one in CONDITIONS[self.source] if self[_WHERE + one].options]

    def draft(self) -> IndicatorDraft:
        """What was chosen."""
        where = {name: tuple(self[_WHERE + name].data) for name in CONDITIONS[self.source]}
        return IndicatorDraft(
            **self.names,
            source=self.source,
            measure=Measure(self.measure.data or Measure.ROWS),
            where={name: words for name, words in where.items() if words},
        )


@cache
def counted_form(source: str) -> type[CountedForm]:
    """The form of a figure counted from one source."""
    fields: dict[str, Any] = {_WHERE + name: TicksField(COLUMN_WORDS[name], {}) for name in CONDITIONS[source]}
    return type(f"{source.capitalize()}Form", (CountedForm,), {"source": source, "__doc__": source, **fields})


def field_of(name: str) -> str:
    """The field of the form that a refusal is about."""
    return f"{_WHERE}{name}" if name in COLUMN_WORDS else name


def stored_draft(draft: IndicatorDraft) -> dict[str, Any]:
    """What the form shows first."""
    shared = {"label": draft.label, "label_en": draft.label_en, "unit": draft.unit, "digits": draft.digits}
    if draft.op is not None:
        return {**shared, "op": draft.op, **dict(zip(_NAMES, draft.figures, strict=False))}
    where = {_WHERE + name: tuple(draft.where.get(name, ())) for name in CONDITIONS[draft.source]}
    return {**shared, "measure": draft.measure.value, **where}
