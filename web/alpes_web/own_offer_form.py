"""An offer as an employer writes it: the coordinator's form without the company, with the stands of one's own."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import LIVE
from alpes_events.fair.models import Exhibitor
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.staff.fields import SeenField
from alpes_web.staff.offer_choices import STAND
from alpes_web.staff.offer_form import OfferForm


class OwnOfferForm(OfferForm):
    """Everything of an offer of one's own company. `check` is the button that looks words over and keeps nothing."""

    company = None  # type: ignore[assignment]
    check = SeenField()
    company_id = 0

    def prepare_own(self, db: Session, records: Collection[int], *, company_id: int, now: datetime) -> None:
        """The company is that of the address; an offer is on the site alone, or at one of its stands to come."""
        self.company_id = company_id
        rows = db.exec(
            select(Exhibitor.id, Event.title)
            .join(Event, col(Event.id) == col(Exhibitor.event_id))
            .where(col(Exhibitor.company_id).in_(records), col(Exhibitor.state).in_(LIVE), col(Event.ends_at) > now)
            .order_by(col(Event.starts_at), col(Exhibitor.id))
        )
        stands = [
            (f"{STAND}{number}", translated(N_("à notre stand : %(event)s")) % {"event": title})
            for number, title in rows
        ]
        chosen = str(self.whose.data or "")
        kept = [(chosen, translated(N_("comme aujourd’hui")))] if chosen and chosen not in dict(stands) else []
        self.whose.choices = [("", translated(N_("sur le site seulement"))), *stands, *kept]
        self.propose(db)

    def _written_company(self) -> int:
        return self.company_id
