"""What we hold of one person, in words, as a document to read or print (GDPR, article 15).

It says what `privacy.export` gives as rows: who they are, what they came to and answered, the schemes they follow,
what was done for them, their work under the social clause, what they agreed to, who took their file in hand, and what
each datum is for. What is of no use to a reader is counted, and stands in the other file.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.attendance.answers import Answered, answers_of_many
from alpes_events.attendance.convocations import letterhead_of
from alpes_events.attendance.models import Presence, RegistrationState
from alpes_events.attendance.reference import shown
from alpes_events.attendance.standing import Standing, standings_of
from alpes_events.documents.record import Chapter, record_pdf
from alpes_events.fair.wish_queries import OwnWish, own_wishes
from alpes_events.language import dates
from alpes_events.language.sentence import N_, say
from alpes_events.messages.letters_told import LetterTold, letters_told
from alpes_events.people.consents import consent_words
from alpes_events.people.models import Sex
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.privacy.dossier import dossier_of, standing_record
from alpes_events.privacy.export import export_person
from alpes_events.privacy.processing import BASES, Terms, record_of_processing
from alpes_events.privacy.told_clause import clause_told
from alpes_events.privacy.told_pathways import pathways_told
from alpes_events.privacy.told_project import project_told
from alpes_events.privacy.told_services import services_told
from alpes_events.territory.organisation import OrganisationView, current_organisation

_STATES = {
    RegistrationState.CONFIRMED: N_("Place gardée"),
    RegistrationState.OFFERED: N_("Place proposée"),
    RegistrationState.WAITLISTED: N_("Liste d’attente"),
    RegistrationState.CANCELLED: N_("Inscription annulée"),
    RegistrationState.REVOKED: N_("Inscription retirée par l’équipe"),
    RegistrationState.EXPIRED: N_("Place proposée, sans réponse à temps"),
}
_PRESENCES = {
    Presence.UNKNOWN: N_("Non relevée"),
    Presence.ATTENDED: N_("Présence notée"),
    Presence.EXCUSED: N_("Absence annoncée"),
    Presence.NO_SHOW: N_("Absence notée"),
}
_SEXES = {Sex.WOMAN: N_("Femme"), Sex.MAN: N_("Homme")}
_UNKNOWN = N_("Nous ne le savons pas.")


@dataclass(frozen=True)
class _Teller:
    """Puts sentences and instants into words."""

    language: str
    organisation: OrganisationView

    def __call__(self, sentence: str, **facts: object) -> str:
        return say(sentence, **facts).in_language(self.language)

    def day(self, at: datetime) -> str:
        zone = letterhead_of(self.organisation).zone
        return dates.full_day(dates.local(at, zone=zone).date(), language=self.language, year=True)


def own_document(db: Session, candidate_id: int, *, language: str, now: datetime) -> bytes:
    """The document, as a tagged PDF. Raises `UnknownCandidate`."""
    organisation = current_organisation(db)
    tell = _Teller(language, organisation)
    dossier = dossier_of(db, candidate_id)
    person = candidate_view(standing_record(db, dossier))
    rows = export_person(db, candidate_id, now=now)["tables"]
    chapters = [
        _who(person, tell),
        _sign_ups(db, standings_of(db, dossier.candidate_ids), tell),
        _letters(letters_told(db, dossier.registration_ids), tell),
        _wishes(db, dossier.registration_ids, tell),
        project_told(db, person.id, tell, language),
        pathways_told(db, dossier.candidate_ids, tell, language),
        services_told(db, dossier.candidate_ids, tell, language),
        *clause_told(db, dossier.candidate_ids, tell, language),
        _agreed(rows["consent"], tell),
        _reads(rows["access_audit"], tell),
        _purposes(tell),
        _the_rest(rows, tell),
    ]
    return record_pdf(
        tell(N_("Ce que nous savons de %(name)s"), name=person.name),
        tell(N_("Copie faite le %(day)s, à votre demande."), day=tell.day(now)),
        [chapter for chapter in chapters if chapter is not None],
        letterhead=letterhead_of(organisation),
        page_words=tell(N_("Page")),
        language=language,
    )


def _who(person: CandidateView, tell: _Teller) -> Chapter:
    unknown = tell(_UNKNOWN)
    born = dates.short_day(person.birth_on, language=tell.language, year=True) if person.birth_on else unknown
    home = " ".join(part for part in (person.postal_code, person.commune_name) if part) or unknown
    facts = [
        (tell(N_("Prénom et nom")), person.name),
        (tell(N_("E-mail")), person.email or unknown),
        (tell(N_("Téléphone")), person.telephone or unknown),
        (tell(N_("Commune")), home),
        (tell(N_("Naissance")), born),
        (tell(N_("Sexe déclaré")), tell(_SEXES[person.sex]) if person.sex else unknown),
        (tell(N_("Quartier prioritaire")), _district(person, tell)),
        (tell(N_("Premier contact")), tell.day(person.created_at)),
        (tell(N_("Dernier contact")), tell.day(person.last_active_at)),
    ]
    return Chapter(tell(N_("Qui vous êtes")), facts=facts)


def _district(person: CandidateView, tell: _Teller) -> str:
    if person.priority_district:
        return person.priority_district
    return tell(N_("Hors quartier prioritaire")) if person.outside_priority_districts else tell(_UNKNOWN)


def _sign_ups(db: Session, standings: list[Standing], tell: _Teller) -> Chapter:
    answers = answers_of_many(db, [one.registration_id for one in standings])
    entries = [(_title(one), _facts(one, answers.get(one.registration_id, []), tell)) for one in standings]
    words = "" if entries else tell(N_("Aucune inscription."))
    return Chapter(tell(N_("Vos inscriptions")), words, entries=entries)


def _title(one: Standing) -> str:
    return " – ".join(part for part in (one.card.event.title, one.session.title if one.session else "") if part)


def _facts(one: Standing, answers: list[Answered], tell: _Teller) -> list[tuple[str, str]]:
    return [
        (tell(N_("Quand")), tell.day(one.starts_at)),
        (tell(N_("Référence")), shown(one.reference)),
        (tell(N_("Inscription")), tell(_STATES[one.state])),
        (tell(N_("Présence")), tell(_PRESENCES[one.presence])),
        *((answer.label, answer.content) for answer in answers),
    ]


def _letters(letters: list[LetterTold], tell: _Teller) -> Chapter | None:
    """What the team wrote in words of its own; None: nothing."""
    entries = [(f"{tell.day(one.written_at)} – {one.event}", _words(one, tell)) for one in letters]
    return Chapter(tell(N_("Ce que l’équipe vous a écrit")), entries=entries) if entries else None


def _words(one: LetterTold, tell: _Teller) -> list[tuple[str, str]]:
    if one.words is None:
        return [(tell(N_("Message")), tell(N_("Le texte de ce message n’est plus gardé.")))]
    return [(tell(N_("Objet")), one.words.subject), (tell(N_("Message")), one.words.opening)]


def _wishes(db: Session, registration_ids: tuple[int, ...], tell: _Teller) -> Chapter | None:
    """Whom they wished to meet, and what they agreed to show of themselves, with the days."""
    wishes = own_wishes(db, *registration_ids)
    if not wishes:
        return None
    return Chapter(tell(N_("Les employeurs que vous souhaitez rencontrer")), facts=[_wish(one, tell) for one in wishes])


def _wish(one: OwnWish, tell: _Teller) -> tuple[str, str]:
    told = [tell(N_("Choix n° %(number)s"), number=one.position) if one.stands else tell(N_("Choix retiré"))]
    if one.agreed_at is not None:
        told.append(tell(N_("Votre nom peut être lu depuis le %(day)s"), day=tell.day(one.agreed_at)))
    if one.withdrawn_at is not None:
        told.append(tell(N_("Retiré le %(day)s"), day=tell.day(one.withdrawn_at)))
    return one.exhibitor, "\n".join(told)


def _agreed(rows: list[dict[str, Any]], tell: _Teller) -> Chapter | None:
    """What was agreed to, and taken back; None: nothing."""
    facts = [(tell(consent_words(row["kind"])), _when(row, tell)) for row in rows]
    return Chapter(tell(N_("Ce que vous avez accepté")), facts=facts) if facts else None


def _when(row: dict[str, Any], tell: _Teller) -> str:
    given = tell(N_("Accepté le %(day)s"), day=_day_of(row["given_at"], tell))
    taken_back = row["withdrawn_at"]
    return f"{given}\n{tell(N_('Retiré le %(day)s'), day=_day_of(taken_back, tell))}" if taken_back else given


_ACTIONS = {
    "file_read": N_("Votre dossier a été lu par l’équipe"),
    "name_read": N_("Votre nom a été lu, par l’équipe ou par un employeur à qui vous l’avez permis"),
    "exported": N_("Une copie de vos données a été faite"),
    "signed_in": N_("Connexion à votre espace"),
    "signed_out": N_("Déconnexion de votre espace"),
}


def _reads(rows: list[dict[str, Any]], tell: _Teller) -> Chapter:
    told = [(_day_of(row["at"], tell), tell(_ACTIONS[row["action"]])) for row in rows if row["action"] in _ACTIONS]
    counted = [(day, f"{words} ({count})" if count > 1 else words) for (day, words), count in Counter(told).items()]
    return Chapter(tell(N_("Qui a ouvert votre dossier")), "" if counted else tell(N_("Personne.")), counted)


def _purposes(tell: _Teller) -> Chapter:
    """What data is kept for, why the law lets us, how long."""
    upper: Callable[[str], str] = dates.capitalised
    terms = Terms(
        tell.organisation.retention_months, tell.organisation.retention_notice_days, tell.organisation.evidence_months
    )
    entries = [
        (
            upper(tell(activity.purpose)),
            [
                (tell(N_("Pourquoi nous le pouvons")), upper(tell(BASES[activity.basis]))),
                (tell(N_("Combien de temps")), upper(activity.kept(terms).in_language(tell.language))),
            ],
        )
        for activity in record_of_processing()
    ]
    return Chapter(tell(N_("À quoi servent vos données")), entries=entries)


def _the_rest(rows: dict[str, list[dict[str, Any]]], tell: _Teller) -> Chapter:
    words = N_(
        "Le fichier JSON, dans votre espace, donne chaque ligne telle qu’elle est enregistrée. Il y en a %(count)s."
    )
    return Chapter(tell(N_("Ligne par ligne")), tell(words, count=sum(map(len, rows.values()))))


def _day_of(instant: str, tell: _Teller) -> str:
    return tell.day(datetime.fromisoformat(instant))
