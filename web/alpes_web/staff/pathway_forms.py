"""What staff write of pathways: a step, an exit, why something is corrected, a funding period."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session
from wtforms import StringField, TextAreaField

from alpes_events.hiring.project_words import TRAINING_LEVELS
from alpes_events.language.sentence import N_
from alpes_events.pathways.dossier import sectors_said
from alpes_events.pathways.leaving import ExitDraft
from alpes_events.pathways.models import RESERVED, Outcome, PathwayExit, PathwayStep, StepKind
from alpes_events.pathways.periods import PeriodDraft
from alpes_events.pathways.schemes import Scheme
from alpes_events.pathways.steps import StepDraft
from alpes_events.pathways.words import OUTCOMES, STEP_KINDS, reason_words
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import language, translated
from alpes_web.staff.choice_fields import ChoiceField, SuggestedField
from alpes_web.staff.fields import DayField, NumberField, PlainForm
from alpes_web.staff.pathway_entry_forms import CHOOSE, WHY, scheme_choices, the_day


class StepForm(AmendingForm, PlainForm):
    """A step of a pathway."""

    kind = ChoiceField(
        N_("Genre d’étape"),
        [CHOOSE, *((kind.value, words) for kind, words in STEP_KINDS.items())],
        validators=[Needed(N_("Choisissez le genre d’étape."))],
    )
    label = StringField(
        N_("Ce que c’est"), [AtMost(150)], description=N_("« Titre de magasinier », par exemple ; rien de la santé.")
    )
    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour"), description=N_("Vide tant que l’étape continue."))
    organisation = StringField(N_("Employeur ou organisme"), [AtMost(150)])
    contract = StringField(N_("Contrat"), [AtMost(32)], description=N_("« CDD de 6 mois », par exemple."))
    sector = SuggestedField(N_("Secteur"), [AtMost(80)])
    level = ChoiceField(
        N_("Niveau visé"),
        [("", N_("Sans objet, ou non relevé")), *((str(one), words) for one, words in TRAINING_LEVELS.items())],
    )

    def prepare(self, db: Session) -> None:
        """Offer the sectors that were named before."""
        self.sector.suggestions = tuple(sectors_said(db))

    def draft(self) -> StepDraft:
        """What was written."""
        return StepDraft(
            kind=StepKind(self.kind.data),
            starts_on=the_day(self.starts_on.data),
            ends_on=self.ends_on.data,
            label=self.label.data or "",
            organisation=self.organisation.data or "",
            contract=self.contract.data or "",
            sector=self.sector.data or "",
            level=int(self.level.data) if self.level.data else None,
        )


class StepCorrectionForm(StepForm):
    """A step written anew, with why."""

    why = StringField(N_("Pourquoi corrigez-vous ?"), [AtMost(300)], description=N_("Cela reste dans l’historique."))


class ExitForm(AmendingForm, PlainForm):
    """How somebody leaves a scheme."""

    reason = ChoiceField(N_("Motif de sortie"), validators=[Needed(N_("Choisissez le motif."))])
    exited_on = DayField(N_("Jour de sortie"), validators=[Needed(N_("Indiquez le jour de sortie."))])
    proof = StringField(
        N_("Document qui le prouve"),
        [AtMost(200)],
        description=N_("« Contrat de travail », par exemple ; rien de la santé."),
    )
    job_months = NumberField(N_("Mois continus d’emploi"), description=N_("Si le motif est un emploi."))
    contract = StringField(N_("Contrat"), [AtMost(32)])
    sector = SuggestedField(N_("Secteur"), [AtMost(80)])

    def prepare(self, db: Session, scheme: Scheme, *, kept: bool = False) -> None:
        """Offer the reasons of the scheme with what each needs; `kept`: that of a legitimate exit, as it is."""
        reasons = [(code, _reason(scheme, code)) for code in scheme.exits]
        apart = [(RESERVED, translated(N_("Sortie légitime (motif comme noté)")))]
        self.reason.choices = [CHOOSE, *(apart if kept else []), *reasons]
        self.sector.suggestions = tuple(sectors_said(db))

    def draft(self) -> ExitDraft:
        """What was written."""
        return ExitDraft(
            exited_on=the_day(self.exited_on.data),
            reason=self.reason.data,
            proof=self.proof.data or "",
            job_months=self.job_months.data,
            contract=self.contract.data or "",
            sector=self.sector.data or "",
        )


class ExitCorrectionForm(ExitForm):
    """An exit written anew, with why."""

    why = StringField(N_("Pourquoi corrigez-vous ?"), [AtMost(300)], description=N_("Cela reste dans l’historique."))


class WhyForm(PlainForm):
    """Why something is taken back."""

    why = TextAreaField(N_("Pourquoi ?"), [WHY, AtMost(300)], description=N_("« Saisi deux fois », par exemple."))


class PeriodForm(PlainForm):
    """A funding period of a scheme."""

    scheme_code = ChoiceField(N_("Dispositif"), validators=[Needed(N_("Choisissez le dispositif."))])
    label = StringField(
        N_("Nom de la période"),
        [Needed(N_("Donnez un nom à la période.")), AtMost(100)],
        description=N_("« FSE+ 2025-2027 », par exemple."),
    )
    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour"), validators=[Needed(N_("Indiquez le dernier jour."))])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.scheme_code.choices = [CHOOSE, *scheme_choices()]

    def draft(self) -> PeriodDraft:
        """What was written."""
        return PeriodDraft(
            self.scheme_code.data, self.label.data or "", the_day(self.starts_on.data), the_day(self.ends_on.data)
        )


def stored_step(row: PathwayStep) -> Mapping[str, object]:
    """What the form of a step shows first."""
    names = ("label", "starts_on", "ends_on", "organisation", "contract", "sector")
    values = {name: getattr(row, name) for name in names}
    return values | {"kind": row.kind.value, "level": "" if row.level is None else str(row.level)}


def stored_exit(row: PathwayExit) -> Mapping[str, object]:
    """What the form of an exit shows first: of a legitimate one, not why."""
    names = ("exited_on", "proof", "job_months", "contract", "sector")
    reason = RESERVED if row.outcome is Outcome.LEGITIMATE else row.reason
    return {"reason": reason, **{name: getattr(row, name) for name in names}}


def _reason(scheme: Scheme, code: str) -> str:
    rule = scheme.exits[code]
    words = f"{reason_words(scheme.code, code, language())} ({translated(OUTCOMES[rule.outcome]).lower()}"
    return words + (f", {translated(N_('preuve demandée'))})" if rule.proof else ")")
