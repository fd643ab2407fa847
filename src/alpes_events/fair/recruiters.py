"""Who stands at an exhibitor's place, by name: one badge each."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from alpes_events.attendance.reference import new_reference
from alpes_events.fair.models import Exhibitor, Recruiter
from alpes_events.fair.refusals import BadRequest
from alpes_events.fair.request import MOST_RECRUITERS
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_
from alpes_events.people.identity import BadPerson, clean_name


def set_recruiters(db: Session, exhibitor: Exhibitor, typed: Sequence[str]) -> bool:
    """Make these the names at a stand, « Prénom Nom » each; who stays keeps the code of the badge. Gives whether
    anything changed. Raises `BadRequest` with the name that cannot be right.
    """
    names = list(dict.fromkeys(filter(None, (_clean(name) for name in typed))))
    if len(names) > MOST_RECRUITERS:
        raise BadRequest(N_("Indiquez %(most)d personnes au plus."), field="recruiters", most=MOST_RECRUITERS)
    rows = db.exec(select(Recruiter).where(Recruiter.exhibitor_id == exhibitor.id).order_by(col(Recruiter.id))).all()
    known = {(row.given_name, row.family_name): row for row in rows}
    for pair, row in known.items():
        if pair not in names:
            db.delete(row)
    for given_name, family_name in names:
        if (given_name, family_name) not in known:
            db.add(
                Recruiter(
                    exhibitor_id=exhibitor.id or 0,
                    given_name=given_name,
                    family_name=family_name,
                    reference=new_reference(),
                )
            )
    db.flush()
    return set(known) != set(names)


def _clean(typed: str) -> tuple[str, str] | None:
    name = composed(typed)
    if not name:
        return None
    given_name, _, family_name = name.partition(" ")
    try:
        first = clean_name(given_name, field="recruiters")
        return first, clean_name(family_name, field="recruiters") if family_name else ""
    except BadPerson as refusal:
        sentence = N_("« %(name)s » : écrivez un prénom et un nom, une personne par ligne.")
        raise BadRequest(sentence, field="recruiters", name=name[:60]) from refusal
