"""The form of one public of the clause."""

from wtforms import BooleanField, StringField, TextAreaField

from alpes_events.clause.eligibility.criteria_changes import PublicDraft
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.fields import NumberField, PlainForm


class PublicForm(AmendingForm, PlainForm):
    """What a public is, and what proves it."""

    label = StringField(N_("Qui"), [Needed(N_("Dites qui est ce public.")), AtMost(150)])
    label_en = StringField(N_("En anglais"), [AtMost(150)], description=N_("Pour les pages en anglais."))
    rule = TextAreaField(N_("Règle"), [AtMost(500)], description=N_("Ce qui décide des cas limites."))
    proof = StringField(N_("Justificatif"), [Needed(N_("Dites quel justificatif est demandé.")), AtMost(200)])
    proof_months = NumberField(
        N_("Mois de validité du justificatif"), description=N_("Vide : il vaut par ses propres dates.")
    )
    sensitive = BooleanField(N_("Tient à la santé ou au handicap : lu par la facilitation seule"))
    needs_opinion = BooleanField(N_("Repose sur un avis motivé, validé par la facilitation"))

    def draft(self, code: str) -> PublicDraft:
        """What was written."""
        return PublicDraft(
            code,
            self.label.data or "",
            self.label_en.data or "",
            self.rule.data or "",
            self.proof.data or "",
            self.proof_months.data,
            bool(self.sensitive.data),
            bool(self.needs_opinion.data),
        )


class NewPublicForm(PublicForm):
    """One public more, with its code."""

    public_code = StringField(
        N_("Code"), [Needed(N_("Donnez un code.")), AtMost(16)], description=N_("Court et stable, comme « ASE ».")
    )
