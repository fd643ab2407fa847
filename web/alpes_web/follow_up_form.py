"""The answer of an exhibitor after an event: contracts that were signed, one a line, and what became of those known."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from wtforms import HiddenField

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.follow_up_queries import FollowUpView
from alpes_events.hiring.following_up import MOST_TOLD, Reply, ToldHire
from alpes_events.hiring.hires import HireDraft
from alpes_events.hiring.stand_meetings import KnownHire
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import N_, say
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.fields import DayField, NumberField, PlainForm, SeenField
from alpes_web.typed import whole_number

LINES_SHOWN = 2
_THERE = (("", N_("Je ne sais pas")), ("yes", N_("Oui")), ("no", N_("Non")))
_SAID = {"yes": True, "no": False}


class FollowUpForm(PlainForm):
    """How many lines are shown is carried along; `more` is the button that adds some."""

    shown = HiddenField(default=str(LINES_SHOWN))
    more = SeenField()
    interviews = NumberField(
        N_("Combien d’entretiens avez-vous menés ce jour-là ?"), description=N_("Laissez vide si vous ne savez pas.")
    )
    known_ids: ClassVar[tuple[int, ...]] = ()

    @property
    def line_count(self) -> int:
        """How many lines the page shows."""
        asked = whole_number(str(self.shown.data or ""), most=MOST_TOLD) or LINES_SHOWN
        return min(MOST_TOLD, asked + (LINES_SHOWN if self.more.data else 0))

    @property
    def lines(self) -> list[tuple[CodeField, DayField, DayField, ChoiceField]]:
        """The fields of each line shown: contract, first day, last day, still there."""
        names = ("contract", "starts_on", "ends_on", "there")
        return [tuple(self[f"{name}_{at}"] for name in names) for at in range(self.line_count)]

    @property
    def known(self) -> list[tuple[int, ChoiceField]]:
        """For each contract that was known the field of what became of it."""
        return [(one, self[f"known_{one}"]) for one in self.known_ids]

    def reply(self, today: date) -> Reply | None:
        """What was written; None when a line is not complete, which is then said beside it."""
        told = [self._told(at, today) for at in range(MOST_TOLD)]
        if self.mistakes:
            return None
        return Reply(
            hires=[one for one in told if one is not None],
            still_there={one: _SAID.get(field.data) for one, field in self.known},
            interview_count=self.interviews.data,
        )

    def put(self, at: int, name: str, sentence: object) -> None:
        """Say what is wrong beside a field of a line."""
        field = self[f"{name}_{at}"]
        field.errors = [*field.errors, sentence]

    def _told(self, at: int, today: date) -> ToldHire | None:
        contract, starts_on = self[f"contract_{at}"].data, self[f"starts_on_{at}"].data
        ends_on, there = self[f"ends_on_{at}"].data, self[f"there_{at}"].data
        if contract is None and starts_on is None and ends_on is None and not there:
            return None
        if contract is None:
            self.put(at, "contract", say(N_("Choisissez le contrat.")))
        if starts_on is None:
            self.put(at, "starts_on", say(N_("Indiquez le premier jour.")))
        elif ends_on is not None and ends_on < starts_on:
            self.put(at, "ends_on", say(N_("La fin vient avant le début : changez l’une ou l’autre.")))
        elif contract is ContractKind.CDI and ends_on is not None:
            self.put(at, "ends_on", say(N_("Un CDI n’a pas de fin : retirez sa date de fin.")))
        if contract is None or starts_on is None:
            return None
        draft = HireDraft(contract, signed_on=min(starts_on, today), starts_on=starts_on, ends_on=ends_on)
        return ToldHire(draft, still_there=_SAID.get(there))


def follow_up_form(asked: FollowUpView) -> FollowUpForm:
    """The form of one question, with a choice for each contract that is known."""
    form = _built(asked.hires)(data={"interviews": asked.said_interview_count})
    assert isinstance(form, FollowUpForm)
    return form


def _built(hires: Sequence[KnownHire]) -> type[FollowUpForm]:
    fields: dict[str, object] = {"known_ids": tuple(one.id for one in hires)}
    for at in range(MOST_TOLD):
        fields[f"contract_{at}"] = CodeField(N_("Contrat"), CONTRACTS, unknown=N_("Choisissez"))
        fields[f"starts_on_{at}"] = DayField(N_("Premier jour"))
        fields[f"ends_on_{at}"] = DayField(N_("Dernier jour"), description=N_("Rien pour un CDI."))
        fields[f"there_{at}"] = ChoiceField(N_("Encore là aujourd’hui ?"), _THERE)
    for one in hires:
        fields[f"known_{one.id}"] = ChoiceField(N_("Encore là aujourd’hui ?"), _THERE)
    return type("FollowUpForm", (FollowUpForm,), fields)
