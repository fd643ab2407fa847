"""The columns of the tables in words that the person they are about understands."""

from collections.abc import Iterable

from alpes_events.language.sentence import N_

_NAMES = N_("nom et prénom")
_COMMUNE = N_("commune et code postal")
_DISTRICT = N_("quartier prioritaire")
_FILE = N_("dates de la fiche")
_SHOWN = N_("accord donné, ou retiré, pour dire le nom à un employeur choisi")

OF_COLUMNS: dict[str, str] = {
    "candidate.family_name": _NAMES,
    "candidate.given_name": _NAMES,
    "candidate.search_name": _NAMES,
    "candidate.email": N_("adresse e-mail"),
    "candidate.telephone": N_("téléphone"),
    "candidate.language": N_("langue des messages"),
    "candidate.birth_on": N_("date de naissance, si elle est donnée"),
    "candidate.sex": N_("sexe, s’il est donné"),
    "candidate.insee_code": _COMMUNE,
    "candidate.commune_name": _COMMUNE,
    "candidate.postal_code": _COMMUNE,
    "candidate.priority_district": _DISTRICT,
    "candidate.outside_priority_districts": _DISTRICT,
    "account.password_hash": N_("empreinte du mot de passe"),
    "job_application.message": N_("ce que la personne a écrit en postulant"),
    "job_application.shares_contact": N_("accord pour être joint par l’employeur"),
    "job_application.form_key": N_("empreinte du formulaire envoyé"),
    "job_application.proposed_by": N_("qui a proposé la personne"),
    "candidate.import_key": N_("clé du fichier d’où vient la fiche"),
    "registration.import_key": N_("clé du fichier d’où vient la fiche"),
    "account.candidate_id": N_("lien entre la fiche et son espace"),
    "registration.registered_by": N_("qui a inscrit la personne"),
    "sign_up_receipt.form_key": N_("empreinte du formulaire envoyé"),
    "sign_up_receipt.form_hash": N_("empreinte du formulaire envoyé"),
    "meeting_wish.shows_name": _SHOWN,
    "meeting_wish.agreed_at": _SHOWN,
    "meeting_wish.agreed_text": _SHOWN,
    "meeting_wish.agreed_by": _SHOWN,
    "meeting_wish.withdrawn_at": _SHOWN,
    "outbox_message.account_id": N_("messages au compte"),
}
"""Columns that say something else than the rest of their table."""

OF_TABLES: dict[str, str] = {
    "candidate": _FILE,
    "account": N_("nom, e-mail, rôle et structure du compte"),
    "account_session": N_("connexions ouvertes"),
    "access_audit": N_("qui a ouvert ou emporté un dossier, et quand"),
    "application_step": N_("chaque étape d’une candidature, et qui l’a notée"),
    "answer": N_("réponses aux questions du rendez-vous"),
    "company_contact": N_("contacts des entreprises"),
    "company_domain": N_("qui a approuvé un domaine d’e-mail"),
    "company_merge": N_("qui a réuni deux entreprises"),
    "company_speaker": N_("qui parle pour une entreprise"),
    "exhibitor": N_("contact et plaques d’un stand"),
    "meeting_wish": N_("employeurs que la personne veut rencontrer"),
    "recruiter": N_("recruteurs présents à un stand"),
    "stand_answer": N_("réponses d’un exposant aux questions de l’événement"),
    "call_task": N_("appels à passer et passés"),
    "consent": N_("accords donnés et retirés"),
    "door_count": N_("qui a compté les visiteurs"),
    "errand": N_("travaux longs demandés par l’équipe"),
    "errand_file": N_("fichiers préparés pour l’équipe"),
    "feed_token": N_("adresse secrète du calendrier, en empreinte"),
    "follow_up": N_("qui a répondu pour un exposant après l’événement"),
    "former_version": N_("qui a changé un réglage, et quand"),
    "hire": N_("contrats signés"),
    "interview": N_("entretiens au rendez-vous"),
    "interview_hours": N_("heures de présence dites pour un rendez-vous"),
    "interview_mark": N_("entretiens notés tenus ou non, et par qui"),
    "interview_hold": N_("heures prises par un entretien à venir"),
    "interview_plan": N_("horaires d’entretien proposés, sans nom"),
    "job_application": N_("candidatures à des offres, et leur réponse"),
    "job_project": N_("travail cherché, compétences et mobilité"),
    "known_browser": N_("navigateurs déjà vus, en empreinte"),
    "letter": N_("qui a écrit un message à des personnes, et quand"),
    "merge_proposal": N_("fiches qui semblent être d’une même personne"),
    "offer_alert": N_("alertes sur les offres"),
    "offer_request": N_("candidatures et alertes dont l’adresse reste à confirmer"),
    "outbox_message": N_("messages envoyés, sans leur texte"),
    "participation": N_("venues comptées, sans nom"),
    "password_link": N_("liens pour choisir un mot de passe, en empreinte"),
    "presence_mark": N_("présence au rendez-vous"),
    "ranking_decision": N_("ce que l’équipe a décidé pour une offre"),
    "ranking_place": N_("rang donné pour une offre, avec la note"),
    "ranking_run": N_("qui a fait classer des personnes pour une offre"),
    "recovery_code": N_("codes de secours, en empreinte"),
    "company_awareness": N_("qui a noté une sensibilisation d’entreprise"),
    "recruitment_session": N_("qui a noté une séance de recrutement"),
    "registration": N_("inscriptions, liste d’attente et présence"),
    "second_factor": N_("deuxième étape de connexion"),
    "sign_in_link": N_("liens et codes de connexion, en empreinte"),
    "sign_up_receipt": N_("réponse donnée au formulaire"),
    "touched_record": N_("fiche à recompter"),
}


def in_words(columns: Iterable[str]) -> tuple[str, ...]:
    """What these columns (`table.column`) hold, each thing once. Raises `KeyError` for a table without words."""
    return tuple(
        dict.fromkeys(OF_COLUMNS[name] if name in OF_COLUMNS else OF_TABLES[name.partition(".")[0]] for name in columns)
    )
