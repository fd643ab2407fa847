"""Indicators of hiring: counted of offers, operations and contracts by the day of each act, not of events."""

from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.indicator import Indicator
from alpes_events.statistics.periods import Grain

_SPANS = (Grain.MONTH, Grain.YEAR)

HIRING_INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="companies_made_aware",
        label=N_("Entreprises sensibilisées"),
        definition=N_(
            "Entreprises différentes avec qui l’équipe a échangé dans la période, les fiches réunies comptées une "
            "fois ; le territoire est celui du lieu de travail, le jour du dernier échange."
        ),
        acts=("company_awareness",),
        cuts=(Cut.TERRITORY,),
        grains=_SPANS,
    ),
    Indicator(
        id="offers_published",
        label=N_("Offres publiées"),
        definition=N_(
            "Offres d’emploi publiées dans la période, une fois chacune ; le territoire est celui du lieu de travail, "
            "le jour de la publication."
        ),
        acts=("job_offer",),
        cuts=(Cut.TERRITORY, Cut.CONTRACT),
        grains=_SPANS,
    ),
    Indicator(
        id="offered_places",
        label=N_("Postes offerts"),
        definition=N_("Postes des offres publiées dans la période : une offre peut en compter plusieurs."),
        acts=("job_offer",),
        cuts=(Cut.TERRITORY, Cut.CONTRACT),
        grains=_SPANS,
    ),
    Indicator(
        id="recruitment_operations",
        label=N_("Opérations de recrutement"),
        definition=N_("Opérations d’employeurs qui s’installent ou recrutent beaucoup, commencées dans la période."),
        acts=("recruitment_operation",),
        cuts=(Cut.TERRITORY,),
        grains=_SPANS,
    ),
    Indicator(
        id="recruitment_sessions",
        label=N_("Séances de recrutement"),
        definition=N_("Séances tenues dans la période pour une opération de recrutement."),
        acts=("recruitment_session",),
        cuts=(),
        grains=_SPANS,
    ),
    Indicator(
        id="session_candidates",
        label=N_("Candidats aux séances"),
        definition=N_(
            "Têtes comptées aux séances de recrutement, une fois par séance. "
            "Une séance où personne n’a compté n’est pas relevée ; ce n’est pas zéro."
        ),
        acts=("recruitment_session", "registration"),
        cuts=(Cut.TERRITORY,),
        grains=_SPANS,
    ),
    Indicator(
        id="hires",
        label=N_("Contrats signés"),
        definition=N_("Contrats signés dans la période ; une personne peut en signer plusieurs."),
        acts=("hire",),
        cuts=(Cut.TERRITORY, Cut.CONTRACT),
        grains=_SPANS,
    ),
    Indicator(
        id="trained_hires",
        label=N_("Formés avant l’embauche"),
        definition=N_("Contrats signés dans la période après une formation avant l’embauche (POEC, POEI, AFPR)."),
        acts=("hire",),
        cuts=(Cut.TERRITORY, Cut.CONTRACT),
        grains=_SPANS,
    ),
    Indicator(
        id="hired_persons",
        label=N_("Personnes embauchées"),
        definition=N_(
            "Personnes différentes qui ont signé au moins un contrat, les fiches fusionnées comptées une fois. "
            "Les contrats connus sans nom n’y comptent pas."
        ),
        acts=("hire", "candidate"),
        cuts=(Cut.CONTRACT,),
        grains=_SPANS,
    ),
)
