"""What waits on the desk of whoever tries the demonstration: models of events, two records of one person, a call."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Event, EventState
from alpes_events.agenda.templates import keep_template
from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel
from alpes_events.attendance.schedule import reschedule_event
from alpes_events.attendance.sign_up import register
from alpes_events.demo.scene import Scene
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate

_MODELS = {"Mon CV en une heure et demie": "Atelier CV", "Job dating des 50 ans et plus": "Job dating, petit format"}
_MOVED = "Créer son activité : par où commencer"
_LATER = timedelta(minutes=30)
_BY_TELEPHONE = PersonIn(given_name="Josiane", family_name="Wattrelos", telephone="06 39 98 97 96", insee_code="59368")


def lay_the_desk(db: Session, scene: Scene) -> None:
    """Keep models, sign up somebody who is known already and somebody who has a telephone only, then move their event:
    the double waits for a decision, and the change for a call.
    """
    for title, name in _MODELS.items():
        keep_template(db, _coming(db, title), name=name, now=scene.now, account_id=scene.coordinator)
    event_id = _coming(db, _MOVED)
    for person in (_known_again(db), _BY_TELEPHONE):
        form = SignUp(event_id, Channel.ADVISOR, person, account_id=scene.advisors[0], form_key=scene.key())
        register(db, form, now=scene.now)
    draft = EventDraft.of(db.get_one(Event, event_id))
    later = replace(draft, starts_at=draft.starts_at + _LATER, ends_at=draft.ends_at + _LATER)
    reschedule_event(db, event_id, later, now=scene.now, account_id=scene.coordinator)


def _coming(db: Session, title: str) -> int:
    found = select(Event.id).where(Event.title == title, col(Event.state) == EventState.PUBLISHED)
    return int(db.exec(found.order_by(col(Event.starts_at).desc())).first() or 0)


def _known_again(db: Session) -> PersonIn:
    """Somebody on file, as an advisor spelled the name on the telephone: one letter too many, and no e-mail address."""
    known = db.exec(select(Candidate).where(col(Candidate.telephone).is_not(None)).order_by(col(Candidate.id))).first()
    assert known is not None, "the demonstration has people with telephones"
    return PersonIn(
        given_name=known.given_name,
        family_name=f"{known.family_name}e",
        telephone=known.telephone or "",
        insee_code=known.insee_code or "",
    )
