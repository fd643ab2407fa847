"""Stands of a town: a call with villages, requests in each state, a hall with who stands where."""

from datetime import timedelta

from sqlmodel import Session

from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.fair.asking import ask_for_stand
from alpes_events.fair.call import CallDraft, VillageDraft, set_call, villages_of
from alpes_events.fair.codes import Missing, PlaceKind, StandOption
from alpes_events.fair.decisions import accept_stand, decline_stand, send_back
from alpes_events.fair.halls import draw_hall
from alpes_events.fair.logo import give_stand_logo
from alpes_events.fair.plan import place_everybody
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.fair.request import StandDraft
from alpes_events.fair.stand import ExhibitorDraft
from tests.support.drawn import picture
from tests.support.stories import NOW

FORM_KEY = "5b1de1a2-0000-4000-8000-00000000000{}"
_PEOPLE = (("Nadia", "Dupont"), ("Karim", "Lemaire"), ("Inès", "Fournier"), ("Hugo", "Delattre"))


def settle_stands(db: Session, event_id: int) -> None:
    """The event opens to exhibitors: four ask, one is accepted and stands in the hall, one waits."""
    villages = (VillageDraft("Village textile", 2), VillageDraft("Village services"))
    call = CallDraft(
        closes_at=NOW + timedelta(days=30),
        place_kinds=(PlaceKind.STAND, PlaceKind.TABLE),
        options=tuple(StandOption),
        asked_for=tuple(Missing),
        complete_by=NOW + timedelta(days=20),
        rules="Le stand est tenu toute la journée.",
        villages=villages,
    )
    set_call(db, event_id, call, now=NOW, account_id=None)
    textile, services = (village.id for village in villages_of(db, event_id))
    names = {"Tissage Lemaire": textile, "Couture Dupont": textile, "Fil et Aiguille": textile, "Aidons": services}
    asked = [asks(db, event_id, number, name, village) for number, (name, village) in enumerate(names.items())]
    accept_stand(db, asked[0], now=NOW, account_id=None)
    send_back(db, asked[1], reason="Quels métiers proposez-vous ?", now=NOW, account_id=None)
    decline_stand(db, asked[3], reason="Les services sont complets.", now=NOW, account_id=None)
    for one in asked:
        give_stand_logo(db, one, picture(), name="logo.png", now=NOW, account_id=None)
    draw_hall(db, event_id, "Grande salle", "PP.##\n.....\nE....", now=NOW, account_id=None)
    place_everybody(db, event_id, now=NOW, account_id=None)
    publish_catalogue(db, event_id, now=NOW, account_id=None)


def asks(db: Session, event_id: int, number: int, name: str, village_id: int | None) -> int:
    given_name, family_name = _PEOPLE[number]
    draft = StandDraft(
        ExhibitorDraft(name, looking_for="" if number else "Piqueuses et piqueurs"),
        village_id=village_id,
        options=(StandOption.ELECTRICITY, StandOption.MEALS),
        recruiter_count=2,
        meal_count=2,
        plates=("AA-123-BB",),
        recruiters=(f"{given_name} {family_name}",),
        note="Nous venons tôt.",
    )
    contact = ContactDraft(family_name, given_name, f"stand{number}@example.org", "03 20 00 00 01")
    answer = ask_for_stand(
        db,
        event_id,
        draft,
        place=EstablishmentDraft(insee_code="59328"),
        contact=contact,
        form_key=FORM_KEY.format(number),
        now=NOW,
    )
    return answer.exhibitor_id
