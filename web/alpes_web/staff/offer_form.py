"""An offer as a coordinator writes it, field by field; lists one a line."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlmodel import Session
from wtforms import StringField, TextAreaField

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.project_words import ASKED_LEVELS
from alpes_events.hiring.words import CONTRACTS, PAY_PERIODS
from alpes_events.language.sentence import N_, Sentence
from alpes_events.occupations.queries import proposals
from alpes_events.people.identity import PersonIn
from alpes_events.people.residence import residence_of
from alpes_matching.occupations import Classification
from alpes_web.amending import AmendingForm
from alpes_web.commune_text import name_and_code
from alpes_web.forms import AtMost, Needed
from alpes_web.site import site
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.fields import DayField, LinesField, NumberField, PlainForm
from alpes_web.staff.offer_choices import OPERATION, STAND, company_choices, operation_choices, stand_choices
from alpes_web.staff.offer_fields import ExperienceField, LevelField, MoneyField, WeekField

_WHERE_IT_STANDS = {"company_id": "company", "exhibitor_id": "whose", "operation_id": "whose"}

LEVEL_CHOICES = (("", N_("aucun, ou non précisé")), *((str(level), words) for level, words in ASKED_LEVELS.items()))


class OfferForm(AmendingForm, PlainForm):
    """Everything of an offer."""

    called: ClassVar = {"pay_max_cents": N_("Salaire brut, au plus")}
    proposed: Classification = Classification((), ask=True)

    title = StringField(
        N_("Intitulé du poste"),
        description=N_("Pour les femmes et les hommes : « Vendeur ou vendeuse », « Cariste (H/F) »."),
        validators=[Needed(N_("Écrivez l’intitulé du poste."))],
    )
    company = ChoiceField(N_("Entreprise"))
    whose = ChoiceField(N_("Cette offre est proposée"))
    rome_code = StringField(N_("Code ROME"), description=N_("Comme « D1106 », s’il est connu."))
    rome_version = StringField(N_("Version du ROME"), description=N_("Comme « 4.60 »."))
    contract = CodeField(N_("Contrat"), CONTRACTS)
    contract_months = NumberField(N_("Durée du contrat, en mois"))
    weekly_minutes = WeekField(N_("Heures par semaine"), description=N_("« 35 » ou « 17 h 30 »."))
    schedule = StringField(N_("Horaires"), description=N_("« du mardi au samedi, 7 h – 14 h »"))
    place_count = NumberField(N_("Nombre de postes"), default=1)
    starts_on = DayField(N_("Début du contrat"))
    ends_on = DayField(N_("Fin du contrat"))
    closes_on = DayField(N_("Dernier jour pour postuler"))
    commune = StringField(
        N_("Commune du travail"), description=N_("Son nom, son code postal, ou les deux. Rien : celle de l’entreprise.")
    )
    pay_min_cents = MoneyField(N_("Salaire brut, au moins"), description=N_("En euros."))
    pay_max_cents = MoneyField(N_("au plus"))
    pay_period = CodeField(N_("Ce salaire est"), PAY_PERIODS, unknown=N_("non indiqué"))
    description = TextAreaField(N_("Le poste"), description=N_("Une ligne vide commence un nouveau paragraphe."))
    required_skills = LinesField(N_("Ce qui est nécessaire"), description=N_("Une compétence par ligne."))
    desirable_skills = LinesField(N_("Ce qui serait bien"), description=N_("Une compétence par ligne."))
    experience_months = ExperienceField(
        N_("Expérience demandée"), description=N_("« débutant accepté », « 6 mois », « 2 ans ».")
    )
    training_level = LevelField(N_("Niveau de formation demandé"), LEVEL_CHOICES)
    licence = StringField(N_("Permis"), description=N_("« Permis B », « CACES 3 »."), validators=[AtMost(60)])
    languages = LinesField(N_("Langues utiles au poste"), description=N_("Avec le niveau : « anglais B1 »."))

    def prepare(self, db: Session) -> None:
        """Offer the companies, and the stands and operations that an offer may belong to."""
        self.company.choices = [("", N_("Choisissez")), *company_choices(db)]
        stands, operations = stand_choices(db, now=site().now()), operation_choices(db)
        chosen = str(self.whose.data or "")
        kept = [(chosen, N_("comme aujourd’hui"))] if chosen and chosen not in dict((*stands, *operations)) else []
        self.whose.choices = [("", N_("sur le site seulement")), *stands, *operations, *kept]
        self.propose(db)

    def propose(self, db: Session) -> None:
        """Propose codes of the ROME for the title, while none is written."""
        if self.title.data and not self.rome_code.data:
            self.proposed = proposals(db, self.title.data)

    def draft(self, db: Session) -> OfferDraft:
        """What was written. Raises `WhichCommune` for a postal code that several share."""
        place = self._place(db)
        whose = str(self.whose.data or "")
        stored = {name: getattr(self, name).data for name in _PLAIN}
        values: dict[str, Any] = {
            **{name: value if value is not None else "" for name, value in stored.items()},
            **{name: getattr(self, name).data for name in _OPTIONAL},
            **{name: getattr(self, name).data or () for name in _LISTS},
            **place,
        }
        return OfferDraft(
            **values,
            contract=self.contract.data or ContractKind.CDI,
            company_id=self._written_company(),
            place_count=1 if self.place_count.data is None else self.place_count.data,
            exhibitor_id=int(whose.removeprefix(STAND)) if whose.startswith(STAND) else None,
            operation_id=int(whose.removeprefix(OPERATION)) if whose.startswith(OPERATION) else None,
        )

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Put each problem beside its field."""
        for name, sentence in problems.items():
            field = self._fields[{**_WHERE_IT_STANDS, "commune_name": "commune"}.get(name, name)]
            field.errors = [*field.errors, sentence]

    def _written_company(self) -> int:
        return int(self.company.data or 0)

    def _place(self, db: Session) -> dict[str, Any]:
        name, code = name_and_code(str(self.commune.data or ""))
        if not name and not code:
            return {}
        found = residence_of(db, PersonIn(family_name="", given_name="", commune_name=name, postal_code=code))
        return {
            "insee_code": found.insee_code,
            "commune_name": found.commune_name or "",
            "postal_code": found.postal_code or "",
        }


_PLAIN = ("title", "rome_code", "rome_version", "schedule", "description", "licence")
_OPTIONAL = (
    "contract_months",
    "weekly_minutes",
    "experience_months",
    "training_level",
    "pay_min_cents",
    "pay_max_cents",
    "pay_period",
    "starts_on",
    "ends_on",
    "closes_on",
)
_LISTS = ("required_skills", "desirable_skills", "languages")


def stored_in_form(draft: OfferDraft) -> dict[str, Any]:
    """A draft as the values that the form begins with."""
    values = {name: getattr(draft, name) for name in (*_PLAIN, *_OPTIONAL, *_LISTS, "contract", "place_count")}
    whose = f"{STAND}{draft.exhibitor_id}" if draft.exhibitor_id else ""
    return {
        **values,
        "company": str(draft.company_id or ""),
        "whose": f"{OPERATION}{draft.operation_id}" if draft.operation_id else whose,
        "commune": " ".join(part for part in (draft.postal_code, draft.commune_name) if part),
    }
