"""The questions of a project, in their order, with what can be answered."""

from typing import ClassVar

from babel import Locale
from wtforms import RadioField, StringField

from alpes_events.hiring.profiles import LANGUAGE_CODES
from alpes_events.hiring.project import LONGEST_WORD
from alpes_events.hiring.project_words import LANGUAGE_LEVELS, LICENCES, MODES, TRAINING_LEVELS, WORK_TIMES
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost
from alpes_web.languages import language, translated
from alpes_web.staff.choice_fields import ChoiceField, TicksField
from alpes_web.staff.fields import DayField, LinesField, NumberField, PlainForm, SeenField

JOB_ROWS = (1, 2, 3)
LANGUAGE_ROWS = (1, 2, 3, 4)
NOT_SAID, NONE, SOME = "", "none", "some"
_HOLDING = (
    (NOT_SAID, N_("Je préfère ne pas le dire")),
    (NONE, N_("Je n’ai pas de permis")),
    (SOME, N_("J’ai un permis :")),
)


class MeantField(SeenField):
    """What one title is taken for: « code title », one of the proposals that the page showed."""


class ProjectFields(AmendingForm, PlainForm):
    """Everything of a project. None of it must be answered."""

    called: ClassVar = {
        "least_hours": N_("Heures par semaine, au moins"),
        "most_hours": N_("Heures par semaine, au plus"),
        "job_1": N_("Premier métier exercé"),
        "job_2": N_("Deuxième métier exercé"),
        "job_3": N_("Troisième métier exercé"),
        "language_1": N_("Première langue"),
        "language_2": N_("Deuxième langue"),
        "language_3": N_("Troisième langue"),
        "language_4": N_("Quatrième langue"),
    }

    titles = LinesField(
        N_("Les métiers que je cherche"),
        description=N_("Un métier par ligne, cinq au plus, avec vos mots : vendeuse, agent d’entretien…"),
    )
    contracts = TicksField(N_("Les contrats qui me vont"), {kind.value: words for kind, words in CONTRACTS.items()})
    least_hours = NumberField(N_("Au moins"))
    most_hours = NumberField(N_("Au plus"))
    times = TicksField(N_("Quand je peux travailler"), {one.value: words for one, words in WORK_TIMES.items()})
    available_on = DayField(N_("Disponible à partir du"))
    skills = LinesField(
        N_("Ce que je sais faire"),
        description=N_("Une chose par ligne : tenir une caisse, conduire un chariot, cuisiner pour dix personnes…"),
    )
    job_1, job_2, job_3 = (StringField(N_("Métier"), validators=[AtMost(LONGEST_WORD)]) for _ in JOB_ROWS)
    years_1, years_2, years_3 = (NumberField(N_("Nombre d’années")) for _ in JOB_ROWS)
    months_1, months_2, months_3 = (NumberField(N_("Nombre de mois")) for _ in JOB_ROWS)
    training = ChoiceField(
        N_("Mon niveau de formation"),
        choices=[("", N_("Je préfère ne pas le dire")), *((str(one), said) for one, said in TRAINING_LEVELS.items())],
    )
    holding = RadioField(N_("Le permis de conduire"), choices=[], default=NOT_SAID)
    licences = TicksField(N_("Mes permis"), {one.value: words for one, words in LICENCES.items()})
    language_1, language_2, language_3, language_4 = (ChoiceField(N_("Langue")) for _ in LANGUAGE_ROWS)
    level_1, level_2, level_3, level_4 = (ChoiceField(N_("Niveau")) for _ in LANGUAGE_ROWS)
    minutes = NumberField(N_("Minutes de trajet, au plus"), description=N_("Pour l’aller seulement."))
    kilometres = NumberField(N_("Kilomètres, au plus"), description=N_("De chez vous au travail."))
    modes = TicksField(N_("Comment je me déplace"), {one.value: words for one, words in MODES.items()})
    meant_1, meant_2, meant_3, meant_4 = (MeantField("") for _ in range(4))
    meant_5, meant_6, meant_7, meant_8 = (MeantField("") for _ in range(4))

    def prepare(self) -> None:
        """Offer the choices, in the page's language."""
        self.holding.choices = [(code, translated(words)) for code, words in _HOLDING]
        names = [("", translated(N_("Choisissez"))), *_language_names()]
        levels = [("", translated(N_("Choisissez"))), *((one.name, words) for one, words in LANGUAGE_LEVELS.items())]
        for number in LANGUAGE_ROWS:
            self[f"language_{number}"].choices, self[f"level_{number}"].choices = names, levels


def _language_names() -> list[tuple[str, str]]:
    names = Locale.parse(language()).languages
    signs = translated(N_("Langue des signes"))
    named = [(code, signs if code == "sgn" else str(names[code])) for code in LANGUAGE_CODES]
    return [(code, name[:1].upper() + name[1:]) for code, name in named]
