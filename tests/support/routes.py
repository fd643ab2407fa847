"""Every page of the site as somebody could ask for it, with real values in its address."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from werkzeug.routing import Rule

from alpes_events.agenda.models import Event, EventSession, EventTemplate, Series, Venue
from alpes_events.attendance.models import Presence, Registration, SignUpReceipt
from alpes_events.attested.models import AttestedCount
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseOperation,
    ClauseTarget,
    ContractingAuthority,
    LotCompany,
    LotJob,
    PublicContract,
)
from alpes_events.clause.tables.convention_rows import Globalisation, HourBonus
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import ClauseDocument
from alpes_events.clause.tables.placement_rows import Placement, PlacementPlan
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof
from alpes_events.companies.awareness_rows import CompanyAwareness
from alpes_events.companies.models import Company, CompanyContact, CompanyMerge, CompanySpeaker, Establishment
from alpes_events.database.engine import Database
from alpes_events.errands.models import Errand
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.models import Booth, Demonstration, Exhibitor, Hall
from alpes_events.hiring.models import (
    FollowUp,
    Hire,
    JobApplication,
    JobOffer,
    OfferAlert,
    OfferRequest,
    OfferState,
    RecruitmentOperation,
    RecruitmentSession,
)
from alpes_events.interviews.models import InterviewTable
from alpes_events.journal.models import Delivery
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.pathways.models import Enrolment, FundingPeriod, PathwayExit, PathwayStep
from alpes_events.people.models import Account, MergeProposal, Role
from alpes_events.reporting.models import BlockKind, CustomIndicator, Report, ReportBlock, ReportChapter, ReportComment
from alpes_events.reporting.pictures import report_pictures
from alpes_events.services.models import ServiceAct
from alpes_events.tables import METADATA
from alpes_events.territory.models import TerritoryMember
from alpes_events.versions.models import FormerVersion
from alpes_events.webhooks.models import Webhook, WebhookCall
from alpes_web.links import Purpose, signed
from tests.support.stands import FORM_KEY
from tests.support.town import Town
from tests.support.web import SETTINGS

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Ask:
    """One page asked for by one method."""

    endpoint: str
    method: str
    path: str

    @property
    def is_safe(self) -> bool:
        """Whether asking must change nothing."""
        return self.method in SAFE


class NoValueError(LookupError):
    """A page whose address has a part that no value is known for: add it to `VALUES`."""


def _slug(db: Session, town: Town) -> str:
    return db.get_one(Event, town.job_dating).slug


def _manage(db: Session, town: Town, purpose: Purpose = Purpose.MANAGE) -> str:
    reference = db.get_one(Registration, town.placed.registration_id).reference
    return signed(reference, purpose=purpose, key=SETTINGS.secret_key)


def _survey(db: Session) -> str:
    """The link of somebody who came."""
    came = select(Registration.reference).where(col(Registration.presence) == Presence.ATTENDED)
    return signed(
        db.exec(came.order_by(col(Registration.id))).first() or "", purpose=Purpose.SURVEY, key=SETTINGS.secret_key
    )


def _alert(db: Session) -> str:
    reference = db.exec(select(OfferAlert.reference).order_by(col(OfferAlert.id))).first() or "NONE"
    return signed(reference, purpose=Purpose.ALERT, key=SETTINGS.secret_key)


def _request(db: Session) -> str:
    """The link of an application whose address is still to be confirmed."""
    reference = db.exec(select(OfferRequest.reference).order_by(col(OfferRequest.id))).first() or "NONE"
    return signed(reference, purpose=Purpose.REQUEST, key=SETTINGS.secret_key)


def _public_offer(db: Session) -> str:
    shown = select(JobOffer.slug).where(col(JobOffer.state) == OfferState.PUBLISHED).order_by(col(JobOffer.id))
    return db.exec(shown).first() or "no-such-offer"


def _stand(db: Session) -> str:
    """The link of an exhibitor who asked for a stand."""
    reference = db.get_one(Exhibitor, _asked(db)).reference or ""
    return signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)


def _wisher(db: Session) -> int:
    """The first sign-up with a wish."""
    return db.exec(select(MeetingWish.registration_id).order_by(col(MeetingWish.id))).first() or 1


def _wishes(db: Session) -> str:
    """The link of somebody who wishes to meet exhibitors."""
    reference = db.get_one(Registration, _wisher(db)).reference
    return signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)


def _wished_for(db: Session) -> int:
    return db.exec(select(MeetingWish.exhibitor_id).order_by(col(MeetingWish.id))).first() or 1


def _stand_over(db: Session) -> str:
    """The link of an exhibitor at whose stand an interview was held."""
    held = select(Exhibitor.reference).where(col(Exhibitor.reference) == "JANVIER22")
    return signed(db.exec(held).first() or "", purpose=Purpose.STAND, key=SETTINGS.secret_key)


def _interview_over(db: Session) -> int:
    held = select(Interview.id).join(Exhibitor, col(Exhibitor.id) == col(Interview.exhibitor_id))
    return db.exec(held.where(col(Exhibitor.reference) == "JANVIER22").order_by(col(Interview.id))).first() or 1


def _waiting(db: Session) -> int:
    """An interview of a queue."""
    waits = select(Interview.id).where(col(Interview.queue_number).is_not(None))
    return db.exec(waits.order_by(col(Interview.id))).first() or 1


def _waiter(db: Session) -> int:
    """The sign-up of who waits in a queue."""
    return db.get_one(Interview, _waiting(db)).registration_id


def _waits(db: Session) -> str:
    """The link of who waits in a queue."""
    reference = db.get_one(Registration, _waiter(db)).reference
    return signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)


def _follow_up(db: Session) -> str:
    reference = db.exec(select(FollowUp.reference).order_by(col(FollowUp.id))).first() or "NONE"
    return signed(reference, purpose=Purpose.FOLLOW_UP, key=SETTINGS.secret_key)


def _hours(db: Session) -> str:
    """The link of a company's month."""
    reference = db.exec(select(HourDeclaration.reference).order_by(col(HourDeclaration.id))).first() or "NONE"
    return signed(reference, purpose=Purpose.HOURS, key=SETTINGS.secret_key)


def _own_month(db: Session) -> int:
    """A month of the company for which somebody speaks."""
    own = select(HourDeclaration.id).where(col(HourDeclaration.company_id) == _spoken_for(db))
    return db.exec(own.order_by(col(HourDeclaration.id))).first() or _first(db, HourDeclaration.id)


def _own_offer(db: Session) -> int:
    """An offer of the company for which somebody speaks, with an application."""
    applied = select(JobOffer.id).join(JobApplication, col(JobApplication.offer_id) == col(JobOffer.id))
    return db.exec(applied.where(col(JobOffer.company_id) == _spoken_for(db)).order_by(col(JobOffer.id))).first() or 1


def _own_application(db: Session) -> int:
    rows = select(JobApplication.id).where(col(JobApplication.offer_id) == _own_offer(db))
    return db.exec(rows.order_by(col(JobApplication.id))).first() or 1


def _asked(db: Session) -> int:
    """The first exhibitor who asked by the form."""
    return (
        db.exec(select(Exhibitor.id).where(col(Exhibitor.form_key).is_not(None)).order_by(col(Exhibitor.id))).first()
        or 1
    )


def _spoken_for(db: Session) -> int:
    """The company for which somebody speaks."""
    return db.exec(select(CompanySpeaker.company_id).order_by(col(CompanySpeaker.id))).first() or 1


def _other_company(db: Session) -> int:
    """A company that stands, other than the one that somebody speaks for."""
    others = select(Company.id).where(col(Company.id) != _spoken_for(db), col(Company.merged_into).is_(None))
    return db.exec(others.order_by(col(Company.id))).first() or 999


def _of_company(db: Session, table: type[CompanyAwareness] | type[CompanyContact] | type[Establishment]) -> int:
    """Its first contact, or establishment."""
    rows = select(table.id).where(col(table.company_id) == _spoken_for(db)).order_by(col(table.id))
    return db.exec(rows).first() or 1


def _opinion(db: Session) -> int:
    """An opinion that nobody decided on."""
    rows = select(EligibilityProof.id).where(col(EligibilityProof.code) == "OTHER")
    return db.exec(rows.order_by(col(EligibilityProof.id))).first() or 1


def _text_block(db: Session) -> int:
    """The first block of text of a report."""
    rows = select(ReportBlock.id).where(ReportBlock.kind == BlockKind.TEXT)
    return db.exec(rows.order_by(col(ReportBlock.id))).first() or 1


def _former_block(db: Session) -> int:
    """What that block said before."""
    rows = select(FormerVersion.id).where(
        FormerVersion.subject_kind == "report_block", FormerVersion.subject_key == str(_text_block(db))
    )
    return db.exec(rows.order_by(col(FormerVersion.id))).first() or 1


def _standing_count(db: Session) -> int:
    """A count that nobody corrected since."""
    rows = select(AttestedCount.id).where(col(AttestedCount.replaced_at).is_(None))
    return db.exec(rows.order_by(col(AttestedCount.id))).first() or 1


def _first(db: Session, column: Any) -> int:
    """The first row of a table; where there is none, the id that it would get."""
    return int(db.exec(select(column).order_by(column)).first() or 1)


Value = Callable[[Session, Town], object]

VALUES: Mapping[str, Value] = {
    "proof_id": lambda db, _: _first(db, EligibilityProof.id),
    "clause_proofs.validate:proof_id": lambda db, _: _opinion(db),
    "clause_proofs.refuse:proof_id": lambda db, _: _opinion(db),
    "health_id": lambda db, _: _first(db, DisabilityProof.id),
    "employment_id": lambda db, _: _first(db, EmploymentContract.id),
    "code": lambda _db, _town: "RSA",
    "company_id": lambda db, _: _spoken_for(db),
    "contact_id": lambda db, _: _of_company(db, CompanyContact),
    "double_id": lambda db, _: _first(db, CompanyMerge.id),
    "awareness_id": lambda db, _: _of_company(db, CompanyAwareness),
    "establishment_id": lambda db, _: _of_company(db, Establishment),
    "link_id": lambda db, _: _first(db, CompanySpeaker.id),
    "staff_company_merge.compare:other_id": lambda db, _: _other_company(db),
    "staff_company_merge.merge:other_id": lambda db, _: _other_company(db),
    "slug": _slug,
    "catalogue.logos:sheet": lambda _db, _town: 0,
    "offers.page:slug": lambda db, _town: _public_offer(db),
    "offers_for_me.why:slug": lambda db, _town: _public_offer(db),
    "offers.apply:slug": lambda db, _town: _public_offer(db),
    "offer_requests.apply:slug": lambda db, _town: _public_offer(db),
    "offer_requests.confirm:secret": lambda db, _town: _request(db),
    "offer_id": lambda db, _town: _first(db, JobOffer.id),
    **{
        f"{page}:offer_id": lambda db, _town: _own_offer(db)
        for page in (
            *(f"employer_offers.{name}" for name in ("page", "edit", "send", "keep", "end")),
            "employer_applications.page",
            "employer_applications.hire",
        )
    },
    "employer_applications.page:application_id": lambda db, _town: _own_application(db),
    "employer_applications.hire:application_id": lambda db, _town: _own_application(db),
    "employer_offers.end:state": lambda _db, _town: "filled",
    "lot_id": lambda db, _town: _first(db, ClauseLot.id),
    **{
        f"clause_finding.{page}:offer_id": lambda db, _town: _first(db, LotJob.offer_id)
        for page in ("aside", "back", "people", "pin", "propose", "rank", "remove")
    },
    "pathway_id": lambda db, _town: _first(db, Enrolment.id),
    "pathways.page:pathway_id": lambda db, _town: _first(db, PathwayStep.enrolment_id),
    **{
        f"pathway_exits.{page}:pathway_id": lambda db, _: _first(db, PathwayExit.enrolment_id)
        for page in ("edit", "take_back")
    },
    **{
        f"pathway_steps.{page}:pathway_id": lambda db, _: _first(db, PathwayStep.enrolment_id)
        for page in ("edit", "withdraw")
    },
    "pathways.participants:form": lambda _db, _town: "xlsx",
    "step_id": lambda db, _town: _first(db, PathwayStep.id),
    "period_id": lambda db, _town: _first(db, FundingPeriod.id),
    "placement_id": lambda db, _town: _first(db, Placement.id),
    "plan_id": lambda db, _town: _first(db, PlacementPlan.id),
    "line": lambda _db, _town: 0,
    "operation_id": lambda db, _town: _first(db, RecruitmentOperation.id),
    **{
        f"clause_operations.{page}:operation_id": lambda db, _town: _first(db, ClauseOperation.id)
        for page in ("edit", "page", "remove", "removing")
    },
    "authority_id": lambda db, _town: _first(db, ContractingAuthority.id),
    "contract_id": lambda db, _town: _first(db, PublicContract.id),
    "lot_company_id": lambda db, _town: _first(db, LotCompany.id),
    "target_id": lambda db, _town: _first(db, ClauseTarget.id),
    "sequence": lambda _db, _town: 1,
    "convention_id": lambda db, _town: _first(db, Globalisation.id),
    "bonus_id": lambda db, _town: _first(db, HourBonus.id),
    "method": lambda _db, _town: "labour_share",
    "clause_closing.close:what": lambda _db, _town: "close",
    "held_id": lambda db, _town: _first(db, RecruitmentSession.id),
    "application_id": lambda db, _town: _first(db, JobApplication.id),
    "hire_id": lambda db, _town: _first(db, Hire.id),
    "offer_alerts.page:secret": lambda db, _town: _alert(db),
    "offer_alerts.end:secret": lambda db, _town: _alert(db),
    "offer_alerts.keep:secret": lambda db, _town: _alert(db),
    "alert_id": lambda db, _town: _first(db, OfferAlert.id),
    "what": lambda _db, _town: "end",
    "staff_offers.back:state": lambda _db, _town: "withdrawn",
    "staff_applications.back:state": lambda _db, _town: "in_progress",
    "year": lambda _db, _town: 2026,
    "month": lambda _db, _town: 3,
    "purpose": lambda _db, _town: Purpose.MANAGE.value,
    "my_sign_up.page:secret": _manage,
    "my_data.withdraw:kind": lambda _db, _town: "photo",
    "my_sign_up.come_back:secret": _manage,
    "my_sign_up.convocation:secret": _manage,
    "my_sign_up.accept:secret": _manage,
    "my_sign_up.cancel:secret": _manage,
    "my_sign_up.survey:secret": lambda db, _town: _survey(db),
    "my_wishes.page:secret": lambda db, _town: _wishes(db),
    "my_wishes.hide:secret": lambda db, _town: _wishes(db),
    "my_wishes.hide:exhibitor_id": lambda db, _town: _wished_for(db),
    "staff_wishes.edit:registration_id": lambda db, _town: _wisher(db),
    "staff_wishes.hide:registration_id": lambda db, _town: _wisher(db),
    "staff_wishes.hide:exhibitor_id": lambda db, _town: _wished_for(db),
    **{
        f"timetable_draft.{page}:{part}": value
        for page in ("fix", "interview", "remove")
        for part, value in (
            ("registration_id", lambda db, _town: _wisher(db)),
            ("exhibitor_id", lambda db, _town: _wished_for(db)),
        )
    },
    "stand_after.page:secret": lambda db, _town: _stand_over(db),
    "stand_after.outcome:secret": lambda db, _town: _stand_over(db),
    "stand_after.clear:secret": lambda db, _town: _stand_over(db),
    "stand_after.outcome:interview_id": lambda db, _town: _interview_over(db),
    "stand_after.clear:interview_id": lambda db, _town: _interview_over(db),
    "follow_up.page:secret": lambda db, _town: _follow_up(db),
    "follow_up.later:secret": lambda db, _town: _follow_up(db),
    "follow_up.reopen:secret": lambda db, _town: _follow_up(db),
    "moment": lambda _db, _town: "six_weeks",
    "interview_lists.document:secret": lambda db, _town: _stand(db),
    "stand_wishes.page:secret": lambda db, _town: _stand(db),
    "stand_wishes.interest:secret": lambda db, _town: _stand(db),
    "stand_wishes.interest:registration_id": lambda db, _town: _wisher(db),
    "stand_tables.page:secret": lambda db, _town: _stand(db),
    "stand_tables.edit:secret": lambda db, _town: _stand(db),
    "stand_tables.again:secret": lambda db, _town: _stand(db),
    "stand_tables.retire:secret": lambda db, _town: _stand(db),
    "interview_tables.new:exhibitor_id": lambda db, _town: _wished_for(db),
    "table_id": lambda db, _town: _first(db, InterviewTable.id),
    "interview_day.late:registration_id": lambda db, _town: _waiter(db),
    "interview_day.person:registration_id": lambda db, _town: _waiter(db),
    "interview_day.person:seen": lambda _db, _town: "arrived",
    "interview_day.table:state": lambda _db, _town: "close",
    "interview_day.table:table_id": lambda db, _town: _first(db, InterviewTable.id),
    "interview_stand.queue:interview_id": lambda db, _town: _waiting(db),
    "interview_stand.queue:step": lambda _db, _town: "call",
    "my_queue.join:secret": lambda db, _town: _waits(db),
    "my_queue.leave:interview_id": lambda db, _town: _waiting(db),
    "my_queue.leave:secret": lambda db, _town: _waits(db),
    "my_queue.page:secret": lambda db, _town: _waits(db),
    "interview_stand.call_somebody:exhibitor_id": lambda db, _town: _asked(db),
    "interview_stand.join:exhibitor_id": lambda db, _town: _asked(db),
    "interview_stand.mark:exhibitor_id": lambda db, _town: _asked(db),
    "interview_stand.page:exhibitor_id": lambda db, _town: _asked(db),
    "interview_stand.queue:exhibitor_id": lambda db, _town: _asked(db),
    "my_queue.join:exhibitor_id": lambda db, _town: _asked(db),
    "stand_interviews.call_somebody:secret": lambda db, _town: _stand(db),
    "stand_interviews.mark:secret": lambda db, _town: _stand(db),
    "stand_interviews.outcome:secret": lambda db, _town: _stand(db),
    "stand_interviews.page:secret": lambda db, _town: _stand(db),
    "stand_interviews.queue:change": lambda _db, _town: "call",
    "stand_interviews.queue:interview_id": lambda db, _town: _waiting(db),
    "stand_interviews.queue:secret": lambda db, _town: _stand(db),
    "stand_interviews.seal:secret": lambda db, _town: _stand(db),
    "stand.page:secret": lambda db, _town: _stand(db),
    "stand.withdraw:secret": lambda db, _town: _stand(db),
    "stand_logo.file:secret": lambda db, _town: _stand(db),
    "stand_logo.remove:secret": lambda db, _town: _stand(db),
    "staff_stand_logo.file:exhibitor_id": lambda db, _town: _asked(db),
    "staff_stand_logo.keep:exhibitor_id": lambda db, _town: _asked(db),
    "staff_stand_logo.remove:exhibitor_id": lambda db, _town: _asked(db),
    "stand.done:form_key": lambda _db, _town: FORM_KEY.format(0),
    "hall_id": lambda db, _town: _first(db, Hall.id),
    "booth_id": lambda db, _town: db.exec(select(Booth.id).where(col(Booth.exhibitor_id).is_not(None))).first() or 1,
    "staff_plan.prints:what": lambda _db, _town: "catalogue",
    "staff_stand_requests.page:exhibitor_id": lambda db, _town: _asked(db),
    "sign_in.link:secret": lambda _db, _town: "no-such-secret",
    "feeds.own:token": lambda _db, _town: "no-such-token",
    "feed_id": lambda _db, _town: 1,
    "form_key": lambda db, town: db.exec(
        select(SignUpReceipt.form_key).where(SignUpReceipt.registration_id == town.placed.registration_id)
    ).first(),
    "static:filename": lambda _db, _town: "alpes.css",
    "demo.mail:name": lambda _db, _town: "0" * 32,
    "event_id": lambda _db, town: town.job_dating,
    "passwords.choose:secret": lambda _db, _town: "no-such-secret",
    "my_account.end_session:session_id": lambda _db, _town: 1,
    "session_id": lambda db, _town: db.exec(select(EventSession.id).order_by(col(EventSession.id))).first(),
    "registration_id": lambda _db, town: town.placed.registration_id,
    "candidate_id": lambda db, town: db.get_one(Registration, town.placed.registration_id).candidate_id,
    "template_id": lambda db, _town: db.exec(select(EventTemplate.id)).first(),
    "venue_id": lambda db, _town: db.exec(select(Venue.id)).first(),
    "staff_sessions.edit:event_id": lambda _db, town: town.salon,
    "staff_sessions.cancel:event_id": lambda _db, town: town.salon,
    "exhibitor_id": lambda db, _town: db.exec(select(Exhibitor.id)).first(),
    **{f"hours.{page}:secret": lambda db, _town: _hours(db) for page in ("page", "file", "columns")},
    "declaration_id": lambda db, _town: _own_month(db),
    "line_id": lambda db, _town: _first(db, DeclaredLine.id),
    "demonstration_id": lambda db, _town: _first(db, Demonstration.id),
    "interview_id": lambda db, _town: _first(db, Interview.id),
    "proposal_id": lambda db, _town: _first(db, MergeProposal.id),
    "message_id": lambda db, _town: _first(db, OutboxMessage.id),
    "staff_webhooks.again:call_id": lambda db, _town: _first(db, WebhookCall.id),
    "call_id": lambda db, _town: _first(db, CallTask.id),
    "webhook_id": lambda db, _town: _first(db, Webhook.id),
    "delivery_id": lambda db, _town: db.exec(select(Delivery.id)).first(),
    "errand_id": lambda db, _town: db.exec(select(Errand.id)).first(),
    "staff_work.file:role": lambda _db, _town: "refused",
    "sheet": lambda _db, _town: "people",
    "account_id": lambda db, _town: db.exec(select(Account.id).where(Account.role == Role.COORDINATOR)).first() or 1,
    "act_id": lambda db, _town: _first(db, ServiceAct.id),
    **{f"staff_services.{page}:kind": lambda _db, _town: "workshop" for page in ("new", "of_kind")},
    "staff_texts.page:kind": lambda _db, _town: "confirmed",
    "staff_companies.awareness:kind": lambda _db, _town: "csv",
    "document_id": lambda db, _town: _first(db, ClauseDocument.id),
    "staff_figures.file:form": lambda _db, _town: "xlsx",
    "report_id": lambda db, _town: _first(db, Report.id),
    "chapter_id": lambda db, _town: _first(db, ReportChapter.id),
    "block_id": lambda db, _town: _text_block(db),
    "comment_id": lambda db, _town: _first(db, ReportComment.id),
    "picture_id": lambda db, _town: min(report_pictures(db), default=1),
    "way": lambda _db, _town: "up",
    "report_blocks.new:kind": lambda _db, _town: "text",
    "report_blocks.bring_back:former_id": lambda db, _town: _former_block(db),
    "report_editions.page:number": lambda _db, _town: 1,
    "report_editions.file:number": lambda _db, _town: 1,
    "report_editions.picture:number": lambda _db, _town: 1,
    "report_editions.file:form": lambda _db, _town: "json",
    "reports.file:form": lambda _db, _town: "json",
    "series_id": lambda db, _town: db.exec(select(Series.id).order_by(col(Series.id))).first(),
    "member_id": lambda db, _town: db.exec(select(TerritoryMember.id).order_by(col(TerritoryMember.id))).first(),
    "insee_code": lambda _db, _town: "59350",
    "former_id": lambda db, _town: (
        db.exec(select(FormerVersion.id).where(FormerVersion.subject_kind != "report_block")).first() or 999
    ),
    "count_id": lambda db, _town: _standing_count(db),
    "indicator_id": lambda db, _town: _first(db, CustomIndicator.id),
    "report_figures.figure:name": lambda _db, _town: "mde.mobility.transit_passes",
    "report_own.make:source": lambda _db, _town: "acts",
    "period": lambda _db, _town: "2026",
    "indicator": lambda _db, _town: "participants",
}
"""Values for the parts of addresses, by `endpoint:part` or by `part` for every page."""


def every_page(app: Flask, database: Database, town: Town) -> list[Ask]:
    """Each rule of the site with each of its methods. Raises `NoValueError` for a part without a value."""
    with database.reading() as db, app.test_request_context(base_url=SETTINGS.base_url):
        return [ask for rule in app.url_map.iter_rules() for ask in _asks(app, rule, db, town)]


def _asks(app: Flask, rule: Rule, db: Session, town: Town) -> Iterator[Ask]:
    values = {part: _value(rule.endpoint, part, db, town) for part in rule.arguments}
    adapter = app.create_url_adapter(None) or app.url_map.bind("agenda.example.org")
    path = adapter.build(rule.endpoint, values)
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield Ask(rule.endpoint, method, path)


def _value(endpoint: str, part: str, db: Session, town: Town) -> object:
    found = VALUES.get(f"{endpoint}:{part}") or VALUES.get(part)
    if found is None:
        raise NoValueError(f"{endpoint}: {part}")
    return found(db, town)


def dump(database: Database, *, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, to compare before and after."""
    with database.reading() as db:
        return {
            table.name: [tuple(row) for row in db.execute(columns(table).order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
            if table.name not in without
        }
