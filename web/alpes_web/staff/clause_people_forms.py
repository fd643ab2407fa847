"""Forms about people under the clause: a proof, an employment contract, its months, what became of somebody."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.widgets import TextInput

from alpes_events.clause.contracts.work_places import work_places
from alpes_events.clause.durations import MINUTES_PER_HOUR, NotHoursError, in_hours, minutes_of
from alpes_events.clause.eligibility.criteria import Public, publics
from alpes_events.clause.eligibility.proofs import ProofDraft
from alpes_events.clause.employment.employing import EmploymentDraft
from alpes_events.clause.employment.employment_changes import EmploymentTerms
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tally.words import MODES
from alpes_events.language import dates
from alpes_events.language.sentence import N_, say
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.languages import language, translated
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.clause_people_words import ISSUERS, SITUATIONS, public_words
from alpes_web.staff.fields import DayField, Mistyped, PlainForm, TypedField
from alpes_web.staff.offer_choices import company_choices
from alpes_web.staff.offer_fields import WeekField
from alpes_web.typed import whole_number

_MOST_HOURS = 20_000
_HOLDS = (("yes", N_("que la personne en fait partie")), ("no", N_("qu’elle n’en fait pas partie")))


class HoursField(TypedField):
    """Hours, « 151 h 40 », « 70,5 » or « 35 »; `data` is minutes."""

    widget = TextInput()

    def _read(self, text: str) -> int:
        try:
            minutes = minutes_of(text)
        except NotHoursError:
            raise Mistyped(say(N_("Écrivez les heures comme « 151 h 40 » ou « 70,5 »."))) from None
        if minutes > _MOST_HOURS * MINUTES_PER_HOUR:
            raise Mistyped(say(N_("C’est plus d’heures qu’un contrat n’en a : vérifiez le nombre.")))
        return minutes

    def _shown(self, value: int) -> str:
        return in_hours(value).replace("\u00a0", " ").replace("\u202f", " ")


class ProofForm(StrictForm):
    """A document that was read, about one public."""

    public = ChoiceField(N_("Pour quel public ?"), validators=[Needed(N_("Choisissez le public."))])
    issued_on = DayField(N_("Date du document"), validators=[Needed(N_("Indiquez la date du document."))])
    valid_from = DayField(N_("Valable à partir du"), description=N_("S’il le dit ; sinon, à partir de sa date."))
    valid_until = DayField(N_("Ne vaut plus à partir du"), description=N_("S’il a une fin."))
    holds = ChoiceField(N_("Il dit"), _HOLDS, default="yes")
    reference = StringField(
        N_("Référence"), [AtMost(100)], description=N_("De quoi le retrouver, sans donnée de santé.")
    )
    issuer = CodeField(N_("Avis motivé donné par"), ISSUERS, unknown=N_("Ce n’est pas un avis motivé"))
    opinion = TextAreaField(
        N_("Texte de l’avis"),
        [AtMost(2000)],
        description=N_("Seulement pour un avis motivé : ce qui éloigne de l’emploi, et ce qui est proposé."),
    )

    def prepare(self, listed: Mapping[str, Public], *, health: bool) -> None:
        """Offer the publics; those that tell of health to facilitators alone."""
        offered = [one for one in listed.values() if not one.retired and (health or not one.health)]
        choices = [(one.code, f"{public_words(one)} ({translated(one.criterion.proof).lower()})") for one in offered]
        self.public.choices = [("", N_("Choisissez")), *choices]

    def draft(self) -> ProofDraft:
        """What was written."""
        issued_on = self.issued_on.data
        assert isinstance(issued_on, date), "the form asks for it"
        return ProofDraft(
            self.public.data,
            issued_on,
            self.valid_from.data,
            self.valid_until.data,
            self.holds.data != "no",
            self.reference.data or "",
            self.issuer.data,
            self.opinion.data or "",
        )


class AssessForm(StrictForm):
    """For which contract, and on which day: read from the address, and sent to be kept."""

    contract = ChoiceField(N_("Marché"))
    on = DayField(N_("Premier jour de travail"))


class EmploymentForm(PlainForm):
    """An employment contract on a lot."""

    place = ChoiceField(N_("Lot et entreprise"), validators=[Needed(N_("Choisissez le lot et l’entreprise."))])
    employer = ChoiceField(N_("Employeur"), description=N_("Si c’est une autre entreprise : intérim, GEIQ, insertion."))
    mode = CodeField(N_("Modalité"), MODES, unknown=N_("Non relevée"))
    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour"), description=N_("Vide pour un CDI."))
    rome_code = StringField(N_("Code ROME du poste"), [AtMost(5)], description=N_("Comme « F1702 », s’il est connu."))
    weekly_minutes = WeekField(N_("Heures par semaine"), description=N_("« 35 » ou « 17 h 30 »."))
    planned_minutes = HoursField(N_("Heures prévues en tout"), description=N_("Réparties par mois selon les jours."))
    confirmed = BooleanField(N_("Noter quand même, si l’éligibilité n’est pas établie"))
    beside = BooleanField(N_("Noter aussi, s’il court en même temps qu’un autre contrat de travail"))

    def prepare(self, db: Session) -> None:
        """Offer the companies of lots whose accounts are open, and who may employ."""
        places = [(f"{one.lot_id}-{one.company_id}", one.words) for one in work_places(db)]
        self.place.choices = [("", N_("Choisissez")), *places]
        self.employer.choices = [("", N_("L’entreprise du lot")), *company_choices(db)]

    def draft(self, candidate_id: int, *, placement_id: int | None) -> EmploymentDraft:
        """What was written."""
        lot_id, _, company_id = str(self.place.data).partition("-")
        starts_on = self.starts_on.data
        assert isinstance(starts_on, date), "the form asks for it"
        return EmploymentDraft(
            candidate_id=candidate_id,
            lot_id=int(lot_id),
            company_id=int(company_id),
            starts_on=starts_on,
            ends_on=self.ends_on.data,
            mode=self.mode.data,
            employer_id=whole_number(str(self.employer.data or "")),
            rome_code=(self.rome_code.data or "").strip().upper() or None,
            weekly_minutes=self.weekly_minutes.data,
            planned_minutes=self.planned_minutes.data,
            placement_id=placement_id,
        )


class TermsForm(AmendingForm, PlainForm):
    """The terms of an employment contract, set right."""

    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour écrit au contrat"), description=N_("Vide pour un CDI."))
    ended_on = DayField(N_("Fini le"), description=N_("Si le contrat a fini plus tôt, ou plus tard, qu’écrit."))
    mode = CodeField(N_("Modalité"), MODES, unknown=N_("Non relevée"))
    employer = ChoiceField(N_("Employeur"))
    rome_code = StringField(N_("Code ROME du poste"), [AtMost(5)], description=N_("Comme « F1702 », s’il est connu."))
    weekly_minutes = WeekField(N_("Heures par semaine"), description=N_("« 35 » ou « 17 h 30 »."))

    def prepare(self, db: Session) -> None:
        """Offer who may employ."""
        self.employer.choices = [("", N_("L’entreprise du lot")), *company_choices(db)]

    def terms(self) -> EmploymentTerms:
        """What was written."""
        starts_on = self.starts_on.data
        assert isinstance(starts_on, date), "the form asks for it"
        return EmploymentTerms(
            starts_on,
            self.ends_on.data,
            self.ended_on.data,
            self.mode.data,
            whole_number(str(self.employer.data or "")),
            (self.rome_code.data or "").strip().upper() or None,
            self.weekly_minutes.data,
        )


def stored_terms(row: EmploymentContract) -> dict[str, object]:
    """The terms as their form takes them."""
    return {
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "ended_on": row.ended_on,
        "mode": row.mode,
        "employer": "" if row.employer_id is None else str(row.employer_id),
        "rome_code": row.rome_code or "",
        "weekly_minutes": row.weekly_minutes,
    }


class SituationForm(AmendingForm, PlainForm):
    """What somebody does six and twelve months after they were hired."""

    months_6 = CodeField(N_("Six mois après l’embauche"), SITUATIONS, unknown=N_("Non relevée"))
    months_12 = CodeField(N_("Douze mois après l’embauche"), SITUATIONS, unknown=N_("Non relevée"))


class MonthsForm(AmendingForm, PlainForm):
    """Planned hours, a field for each month (`months_form` makes them)."""


def months_form(months: list[date], stored: Mapping[str, object]) -> MonthsForm:
    """A form with a field for each of these months."""
    fields = {
        month_name(one): HoursField(dates.capitalised(dates.month(one, language=language(), year=True)))
        for one in months
    }
    made: type[MonthsForm] = type("MonthsForm", (MonthsForm,), fields)
    return made(data=dict(stored))


def month_name(month: date) -> str:
    """The name of the field of a month."""
    return f"m{month:%Y%m}"


def listed_publics(db: Session) -> dict[str, Public]:
    """The publics, by code."""
    return publics(db)
