"""Services in the town, for the tests that walk its pages: one of every kind, and more of them."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session

from alpes_events.people.commands import find_or_create_candidate
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft
from alpes_events.services.kinds import Need, act_kinds
from tests.support.stories import NOW, somebody

DAY = date(2026, 2, 3)


def complete(kind: str, person_id: int) -> ActDraft:
    """An act of a kind that says all it must, and no more."""
    needs, details = act_kinds()[kind].needs, act_kinds()[kind].details
    said = {name for name, need in needs.items() if need is Need.REQUIRED}
    return ActDraft(
        kind,
        DAY,
        candidate_id=person_id if "person" in said else None,
        group_name="Groupe" if "group" in said else "",
        organisation="Organisme" if "organisation" in said else "",
        place="Lambersart" if "place" in said else "",
        detail=(next(iter(details)) if details else "Fonds") if "detail" in said else "",
    )


def services_of_the_town(db: Session, candidate_id: int) -> None:
    """One act of each kind: workshops first, of somebody."""
    acts = [complete(kind, candidate_id) for kind in act_kinds()]
    acts[0] = replace(acts[0], candidate_id=candidate_id)
    note_acts(db, acts, now=NOW, account_id=None)


def crowd_the_services(db: Session, candidate_id: int, number: int) -> None:
    """A workshop more for the town's first person and for somebody else, each with words of its own."""
    other = find_or_create_candidate(db, somebody(8100 + number), now=NOW)
    day = DAY - timedelta(days=number)
    for person in (candidate_id, other):
        act = ActDraft("workshop", day, candidate_id=person, group_name=f"Atelier {number}", detail=f"Détail {number}")
        note_acts(db, [act], now=NOW, account_id=None)
