"""The proposal that somebody read, sealed in the form by which they accept it: what is accepted is what was read."""

from itsdangerous import BadSignature, URLSafeSerializer

from alpes_events.interviews.again import Proposal
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.refusals import PlanChanged
from alpes_web.site import site

_SALT = "alpes-again"


def sealed(proposal: Proposal) -> str:
    """The proposal as a form carries it."""
    moved = [(_values(was), _values(one)) for was, one in proposal.moved]
    lists = [[_values(slot) for slot in slots] for slots in (proposal.lost, proposal.added)]
    said: str = _serializer().dumps([proposal.number, proposal.at, moved, *lists])
    return said


def unsealed(text: str) -> Proposal:
    """The proposal of a form. Raises `PlanChanged` for one that was not ours."""
    try:
        number, at, moved, lost, added = _serializer().loads(text)
    except BadSignature as wrong:
        raise PlanChanged from wrong
    return Proposal(
        number=number,
        at=at,
        moved=tuple((Slot(*was), Slot(*one)) for was, one in moved),
        lost=tuple(Slot(*slot) for slot in lost),
        added=tuple(Slot(*slot) for slot in added),
    )


def _values(slot: Slot) -> tuple[object, ...]:
    return slot.registration_id, slot.exhibitor_id, slot.table_id, slot.starts, slot.ends, slot.pinned


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(site().settings.secret_key, salt=_SALT)
