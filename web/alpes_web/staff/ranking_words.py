"""What is read about a ranking: steps, reasons of setting aside, and how a reason is drawn."""

from wtforms import BooleanField

from alpes_events.hiring.ranking_decisions import NO_AGREEMENT
from alpes_events.hiring.ranking_rows import AsideReason, RankingStep
from alpes_events.language.sentence import N_
from alpes_web.forms import Needed
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.words import Said

ASIDE_REASONS: dict[AsideReason, str] = {
    AsideReason.NOT_INTERESTED: N_("La personne n’est pas intéressée"),
    AsideReason.NOT_AVAILABLE: N_("Elle n’est pas disponible à cette date"),
    AsideReason.WORKING: N_("Elle a trouvé un emploi"),
    AsideReason.SKILLS: N_("Une compétence nécessaire manque"),
    AsideReason.HOURS: N_("Les horaires ne lui conviennent pas"),
    AsideReason.TRAVEL: N_("Le trajet est trop long pour elle"),
    AsideReason.NOT_REACHED: N_("Nous n’avons pas pu la joindre"),
    AsideReason.OTHER: N_("Autre raison"),
}
STEP_SAID: dict[RankingStep, Said] = {
    RankingStep.PINNED: Said(N_("Retenue"), "ok", "check"),
    RankingStep.SET_ASIDE: Said(N_("Mise de côté"), "muted", "info"),
    RankingStep.PROPOSED: Said(N_("Proposée à l’employeur"), "ok", "ok"),
}


class AsideForm(PlainForm):
    """Why a person is set aside."""

    reason = CodeField(
        N_("Pourquoi la mettre de côté"),
        ASIDE_REASONS,
        unknown=N_("Choisissez"),
        validators=[Needed(N_("Choisissez pourquoi vous mettez cette personne de côté."))],
    )


class ProposedForm(PlainForm):
    """A person is proposed to the employer, having agreed."""

    agreed = BooleanField(
        N_("La personne est d’accord pour être proposée et jointe par l’employeur"),
        validators=[Needed(NO_AGREEMENT)],
    )
