"""What each table holds of a person, how a row is found to be theirs, and what becomes of it when they are erased.

A test walks every foreign key: a new table that points to a person and does not stand here fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Link(StrEnum):
    """How a column says whose row it is."""

    CANDIDATE = "candidate"
    REGISTRATION = "registration"
    ACCOUNT = "account"
    APPLICATION = "job_application"
    INTERVIEW = "interview"
    EMPLOYMENT = "employment_contract"
    ASSESSMENT = "eligibility_assessment"
    ENROLMENT = "enrolment"
    ADDRESS = "address"
    """An e-mail address, which is theirs."""
    SUBJECT = "subject"
    """An id whose table is named by the column `subject_kind`."""


class Fate(StrEnum):
    """What becomes of the rows of an erased person."""

    BLANKED = "blanked"
    DELETED = "deleted"
    KEPT = "kept"


@dataclass(frozen=True)
class Holding:
    """One table. `links` are the columns by which a row is found to be a person's; `besides` the others that lead to
    one: staff who acted, or what another column finds already.

    `blank` gives what columns become; `secrets` are hashes that an export leaves out; `reason` says why rows stay.
    """

    links: Mapping[str, Link]
    fate: Fate
    blank: Mapping[str, object] = field(default_factory=dict)
    besides: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    reason: str = ""


_COUNTS = "ids, codes and instants: figures that were published can be counted again"
_TRAIL = "ids, codes and instants: the trail of what was done"

HOLDINGS: dict[str, Holding] = {
    "candidate": Holding(
        {"id": Link.CANDIDATE, "merged_into": Link.CANDIDATE},
        Fate.BLANKED,
        blank={
            "family_name": "",
            "given_name": "",
            "search_name": "",
            "email": None,
            "telephone": None,
            "birth_on": None,
            "sex": None,
            "insee_code": None,
            "commune_name": None,
            "postal_code": None,
            "priority_district": None,
            "outside_priority_districts": False,
            "language": "fr",
            "import_key": None,
        },
        reason="the id stays, so that figures and journal stand",
    ),
    "registration": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.BLANKED,
        blank={"import_key": None},
        besides=frozenset({"registered_by"}),
        reason=_COUNTS,
    ),
    "answer": Holding({"registration_id": Link.REGISTRATION}, Fate.DELETED),
    "sign_up_receipt": Holding(
        {"registration_id": Link.REGISTRATION}, Fate.DELETED, secrets=frozenset({"form_hash", "form_key"})
    ),
    "presence_mark": Holding(
        {"registration_id": Link.REGISTRATION}, Fate.KEPT, besides=frozenset({"marked_by"}), reason=_COUNTS
    ),
    "meeting_wish": Holding({"registration_id": Link.REGISTRATION}, Fate.DELETED),
    "interview": Holding(
        {"registration_id": Link.REGISTRATION}, Fate.KEPT, besides=frozenset({"outcome_by"}), reason=_COUNTS
    ),
    "interview_hours": Holding({"registration_id": Link.REGISTRATION}, Fate.DELETED),
    "interview_mark": Holding(
        {"interview_id": Link.INTERVIEW}, Fate.KEPT, besides=frozenset({"marked_by"}), reason=_COUNTS
    ),
    "interview_hold": Holding({"interview_id": Link.INTERVIEW}, Fate.DELETED),
    "job_application": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.BLANKED,
        blank={"message": "", "form_key": None, "shares_contact": False},
        besides=frozenset({"proposed_by"}),
        secrets=frozenset({"form_key"}),
        reason=_COUNTS,
    ),
    "application_step": Holding(
        {"application_id": Link.APPLICATION}, Fate.KEPT, besides=frozenset({"account_id"}), reason=_COUNTS
    ),
    "hire": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        besides=frozenset({"application_id", "noted_by", "interview_id", "follow_up_id"}),
        reason=_COUNTS,
    ),
    "job_project": Holding({"candidate_id": Link.CANDIDATE}, Fate.DELETED, besides=frozenset({"revised_by"})),
    "ranking_place": Holding({"candidate_id": Link.CANDIDATE}, Fate.KEPT, besides=frozenset({"run_id"}), reason=_TRAIL),
    "ranking_decision": Holding(
        {"candidate_id": Link.CANDIDATE}, Fate.KEPT, besides=frozenset({"account_id", "run_id"}), reason=_TRAIL
    ),
    "eligibility_proof": Holding(
        {"candidate_id": Link.CANDIDATE}, Fate.DELETED, besides=frozenset({"noted_by", "validated_by"})
    ),
    "disability_proof": Holding({"candidate_id": Link.CANDIDATE}, Fate.DELETED, besides=frozenset({"noted_by"})),
    "eligibility_assessment": Holding(
        {"candidate_id": Link.CANDIDATE}, Fate.KEPT, besides=frozenset({"assessed_by"}), reason=_TRAIL
    ),
    "disability_assessment": Holding({"assessment_id": Link.ASSESSMENT}, Fate.DELETED),
    "placement": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        besides=frozenset({"assessment_id", "created_by", "plan_id", "run_id"}),
        reason=_COUNTS,
    ),
    "employment_contract": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        besides=frozenset({"assessment_id", "noted_by", "placement_id"}),
        reason=_COUNTS,
    ),
    "disability_criterion": Holding(
        {"employment_id": Link.EMPLOYMENT}, Fate.KEPT, reason="a code: hours by criterion can be counted again"
    ),
    "followed_situation": Holding(
        {"employment_id": Link.EMPLOYMENT}, Fate.KEPT, besides=frozenset({"noted_by"}), reason=_COUNTS
    ),
    "declared_line": Holding(
        {"employment_id": Link.EMPLOYMENT},
        Fate.BLANKED,
        blank={"person_words": "", "reason": ""},
        besides=frozenset({"decided_by"}),
        reason=_COUNTS,
    ),
    "hour_entry": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        besides=frozenset({"employment_id", "recorded_by"}),
        reason="ids, codes and minutes: the proof of the hours that were paid for",
    ),
    "evidence_identity": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        reason="who it was, apart from everything else, while hours must be proved; then it goes",
    ),
    "enrolment": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.KEPT,
        besides=frozenset({"continues_id", "noted_by", "referent_id"}),
        reason=_COUNTS,
    ),
    "enrolment_criterion": Holding({"enrolment_id": Link.ENROLMENT}, Fate.KEPT, reason=_COUNTS),
    "reserved_criterion": Holding({"enrolment_id": Link.ENROLMENT}, Fate.KEPT, reason=_COUNTS),
    "pathway_step": Holding(
        {"enrolment_id": Link.ENROLMENT},
        Fate.BLANKED,
        blank={"label": ""},
        besides=frozenset({"noted_by"}),
        reason=_COUNTS,
    ),
    "pathway_exit": Holding(
        {"enrolment_id": Link.ENROLMENT},
        Fate.BLANKED,
        blank={"proof": ""},
        besides=frozenset({"noted_by"}),
        reason=_COUNTS,
    ),
    "reserved_exit": Holding({"enrolment_id": Link.ENROLMENT}, Fate.KEPT, reason=_COUNTS),
    "pathway_revision": Holding(
        {"enrolment_id": Link.ENROLMENT}, Fate.DELETED, besides=frozenset({"revised_by", "step_id"})
    ),
    "reserved_revision": Holding({"enrolment_id": Link.ENROLMENT}, Fate.DELETED, besides=frozenset({"revision_id"})),
    "service_act": Holding(
        {"candidate_id": Link.CANDIDATE},
        Fate.BLANKED,
        blank={"import_key": None},
        besides=frozenset({"noted_by", "replaced_by"}),
        reason=_COUNTS,
    ),
    "offer_alert": Holding({"candidate_id": Link.CANDIDATE, "email": Link.ADDRESS}, Fate.DELETED),
    "offer_request": Holding({"candidate_id": Link.CANDIDATE}, Fate.DELETED, secrets=frozenset({"form_key"})),
    "participation": Holding({"person_id": Link.CANDIDATE}, Fate.KEPT, reason=_COUNTS),
    "touched_record": Holding(
        {"candidate_id": Link.CANDIDATE}, Fate.KEPT, besides=frozenset({"entry_id"}), reason=_COUNTS
    ),
    "outbox_message": Holding(
        {"candidate_id": Link.CANDIDATE, "registration_id": Link.REGISTRATION, "account_id": Link.ACCOUNT},
        Fate.DELETED,
        besides=frozenset({"entry_id"}),
    ),
    "call_task": Holding(
        {"candidate_id": Link.CANDIDATE, "registration_id": Link.REGISTRATION},
        Fate.DELETED,
        besides=frozenset({"called_by", "entry_id"}),
    ),
    "merge_proposal": Holding(
        {
            "first_id": Link.CANDIDATE,
            "second_id": Link.CANDIDATE,
            "kept_id": Link.CANDIDATE,
            "merged_id": Link.CANDIDATE,
        },
        Fate.DELETED,
        besides=frozenset({"decided_by"}),
    ),
    "account": Holding(
        {"id": Link.ACCOUNT},
        Fate.BLANKED,
        besides=frozenset({"candidate_id"}),
        blank={"name": "", "structure": "", "password_hash": None},
        secrets=frozenset({"password_hash"}),
        reason="the id stays, so that the journal stands",
    ),
    "account_session": Holding({"account_id": Link.ACCOUNT}, Fate.DELETED, secrets=frozenset({"secret_hash"})),
    "sign_in_link": Holding(
        {"account_id": Link.ACCOUNT}, Fate.DELETED, secrets=frozenset({"secret_hash", "code_hash", "browser_hash"})
    ),
    "feed_token": Holding({"candidate_id": Link.CANDIDATE}, Fate.DELETED, secrets=frozenset({"secret_hash"})),
    "consent": Holding({"candidate_id": Link.CANDIDATE}, Fate.KEPT, reason="the hash of a text, and instants: a proof"),
    "access_audit": Holding({"account_id": Link.ACCOUNT, "subject_id": Link.SUBJECT}, Fate.KEPT, reason=_TRAIL),
    "journal_entry": Holding({"account_id": Link.ACCOUNT, "subject_id": Link.SUBJECT}, Fate.KEPT, reason=_TRAIL),
    "delivery": Holding(
        {"subject_id": Link.SUBJECT},
        Fate.BLANKED,
        blank={"last_error": None},
        besides=frozenset({"entry_id"}),
        reason="owed to whom, and when",
    ),
}

STAFF_ONLY: dict[str, str] = {
    "report": "a report on a year; only who of staff made it",
    "report_chapter": "a chapter of a report; only who of staff fills it",
    "report_block": "a block of a report: words of the team and names of figures; only who changed it",
    "report_comment": "a word of staff to staff about a block of a report",
    "report_edition": "a report as it was published: figures and words of the team; only who published it",
    "custom_indicator": "how a figure is counted; only who of staff defined it",
    "attested_count": "a figure that others counted; only who of staff entered it",
    "clause_document": "a tally or statement that went out: heads of chains; only who of staff made it",
    "clause_document_content": "what it says: people by numbers, without a name (decision 0219)",
    "clause_obligation": "hours that a lot owes; only who of staff recorded them",
    "company_awareness": "a day on which the team spoke with a company; only who noted it",
    "company_domain": "the domain of a company's addresses; only who of staff accepted it",
    "company_merge": "two companies that may be one; only who of staff decided",
    "company_speaker": "an employer's account and a company; it ends with the contact (`privacy.contacts`)",
    "follow_up": "a question to an exhibitor after an event; only who of staff answered for them",
    "former_version": "texts and rules of the organisation before a change; only who changed them",
    "interview_plan": "a proposed timetable of ids and minutes, without a name; only who asked for it",
    "letter": "words of the team to people; each reads theirs in their copy, and one to a single person goes with them",
    "password_link": "a link by which somebody of staff chooses a password",
    "second_factor": "the application that gives the codes of an account of staff",
    "recovery_code": "codes for an account of staff whose telephone is lost",
    "known_browser": "a browser in which an account of staff signed in before",
    "door_count": "visitors without names; only who counted them",
    "errand": "long work that staff asked for: codes, ids and counts",
    "errand_file": "what was sent or made; all of it goes within days, and at once when anybody is erased",
    "placement_plan": "a proposal of ids and minutes, without a name; only who asked for it",
    "lot_ranking": "for which lot a ranking was made, by counts; only who of staff asked for it",
    "ranking_run": "a ranking for an offer, by counts and digests; only who of staff asked for it",
    "recruitment_session": "heads without names; only who noted them",
    "webhook_call": "what another system was told of an event; only who of staff changed it",
}
"""Tables that lead to an account of staff and to no person we serve."""
