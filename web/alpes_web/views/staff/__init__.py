"""The staff pages, part by part."""

from flask import Blueprint

from alpes_web.views.staff.accounts import staff_accounts_pages
from alpes_web.views.staff.applications import staff_applications
from alpes_web.views.staff.audit import staff_audit
from alpes_web.views.staff.batch import staff_batch
from alpes_web.views.staff.calls import staff_calls
from alpes_web.views.staff.catalogue import staff_catalogue
from alpes_web.views.staff.clause_authorities import clause_authorities
from alpes_web.views.staff.clause_board import clause
from alpes_web.views.staff.clause_bonuses import clause_bonuses
from alpes_web.views.staff.clause_closing import clause_closing
from alpes_web.views.staff.clause_contracts import clause_contracts
from alpes_web.views.staff.clause_conventions import clause_conventions
from alpes_web.views.staff.clause_deciding import clause_deciding
from alpes_web.views.staff.clause_declarations import clause_declarations
from alpes_web.views.staff.clause_documents import clause_documents
from alpes_web.views.staff.clause_due import clause_due
from alpes_web.views.staff.clause_employments import clause_employments
from alpes_web.views.staff.clause_finding import clause_finding
from alpes_web.views.staff.clause_jobs import clause_jobs
from alpes_web.views.staff.clause_ledger import clause_ledger
from alpes_web.views.staff.clause_lot_companies import clause_lot_companies
from alpes_web.views.staff.clause_lots import clause_lots
from alpes_web.views.staff.clause_operations import clause_operations
from alpes_web.views.staff.clause_people import clause_persons
from alpes_web.views.staff.clause_plan import clause_plan
from alpes_web.views.staff.clause_proofs import clause_proofs
from alpes_web.views.staff.clause_publics import clause_publics
from alpes_web.views.staff.clause_sizing import clause_sizing
from alpes_web.views.staff.clause_tally import clause_tally
from alpes_web.views.staff.companies import staff_companies
from alpes_web.views.staff.company_awareness import staff_company_awareness
from alpes_web.views.staff.company_contacts import staff_company_contacts
from alpes_web.views.staff.company_doubles import staff_company_doubles
from alpes_web.views.staff.company_logo import staff_company_logo
from alpes_web.views.staff.company_merge import staff_company_merge
from alpes_web.views.staff.company_places import staff_company_places
from alpes_web.views.staff.company_speakers import staff_company_speakers
from alpes_web.views.staff.contact_rights import staff_contact_rights
from alpes_web.views.staff.day import staff_day
from alpes_web.views.staff.editing import staff_editing
from alpes_web.views.staff.event import staff_event
from alpes_web.views.staff.events import staff_events
from alpes_web.views.staff.exports import staff_exports
from alpes_web.views.staff.extras import staff_extras
from alpes_web.views.staff.figures import staff_figures
from alpes_web.views.staff.follow_ups import staff_follow_ups
from alpes_web.views.staff.former import staff_former
from alpes_web.views.staff.funding_periods import funding_period_pages
from alpes_web.views.staff.imports import staff_imports
from alpes_web.views.staff.interview_day import interview_day
from alpes_web.views.staff.interview_lists import staff_interview_lists
from alpes_web.views.staff.interview_stand import interview_stand
from alpes_web.views.staff.interview_tables import interview_tables
from alpes_web.views.staff.interviews import staff_stands
from alpes_web.views.staff.jobs import staff_jobs
from alpes_web.views.staff.letters import staff_letters
from alpes_web.views.staff.life import staff_life
from alpes_web.views.staff.many import staff_many
from alpes_web.views.staff.merges import staff_merges
from alpes_web.views.staff.messages import staff_messages
from alpes_web.views.staff.new_person import staff_new_person
from alpes_web.views.staff.offers import staff_offers_pages
from alpes_web.views.staff.operations import staff_operations
from alpes_web.views.staff.own_people import staff_own
from alpes_web.views.staff.pathway_entries import entry_pages
from alpes_web.views.staff.pathway_exits import exit_pages
from alpes_web.views.staff.pathway_steps import step_pages
from alpes_web.views.staff.pathways import pathway_pages
from alpes_web.views.staff.people import staff_people
from alpes_web.views.staff.person import staff_person
from alpes_web.views.staff.plan import staff_plan
from alpes_web.views.staff.prints import staff_prints
from alpes_web.views.staff.projects import staff_projects
from alpes_web.views.staff.ranking import staff_ranking
from alpes_web.views.staff.record import staff_record
from alpes_web.views.staff.report_attested import report_attested
from alpes_web.views.staff.report_blocks import report_blocks
from alpes_web.views.staff.report_chapters import report_chapters
from alpes_web.views.staff.report_editions import report_editions
from alpes_web.views.staff.report_figures import report_figures
from alpes_web.views.staff.report_own import report_own
from alpes_web.views.staff.reports import reports_pages
from alpes_web.views.staff.rights import staff_rights
from alpes_web.views.staff.search import staff_search
from alpes_web.views.staff.series import staff_series
from alpes_web.views.staff.services import staff_services
from alpes_web.views.staff.sessions import staff_sessions
from alpes_web.views.staff.settings import staff_settings
from alpes_web.views.staff.sign_up_for import staff_sign_up_for
from alpes_web.views.staff.sign_ups import staff_sign_ups
from alpes_web.views.staff.speaker_rights import staff_speaker_rights
from alpes_web.views.staff.stand_call import staff_stand_requests
from alpes_web.views.staff.stand_logo import staff_stand_logo
from alpes_web.views.staff.stand_questions import staff_stand_questions
from alpes_web.views.staff.templates import staff_templates
from alpes_web.views.staff.territory import staff_territory
from alpes_web.views.staff.texts import staff_texts
from alpes_web.views.staff.timetable import timetable
from alpes_web.views.staff.timetable_changes import timetable_draft
from alpes_web.views.staff.today import staff
from alpes_web.views.staff.venues import staff_venues
from alpes_web.views.staff.webhooks import staff_webhooks
from alpes_web.views.staff.wishes import staff_wishes
from alpes_web.views.staff.work import staff_work

STAFF_BLUEPRINTS: tuple[Blueprint, ...] = (
    staff,
    clause,
    clause_authorities,
    clause_bonuses,
    clause_closing,
    clause_contracts,
    pathway_pages,
    entry_pages,
    step_pages,
    exit_pages,
    funding_period_pages,
    clause_conventions,
    clause_ledger,
    clause_lot_companies,
    clause_lots,
    clause_operations,
    clause_sizing,
    clause_due,
    clause_employments,
    clause_persons,
    clause_proofs,
    clause_publics,
    clause_finding,
    clause_jobs,
    clause_plan,
    clause_deciding,
    clause_declarations,
    clause_documents,
    clause_tally,
    report_attested,
    report_figures,
    report_own,
    reports_pages,
    report_blocks,
    report_chapters,
    report_editions,
    interview_day,
    interview_stand,
    staff_accounts_pages,
    staff_applications,
    staff_offers_pages,
    staff_ranking,
    staff_operations,
    staff_batch,
    staff_audit,
    staff_calls,
    staff_catalogue,
    staff_companies,
    staff_company_contacts,
    staff_company_doubles,
    staff_company_logo,
    staff_company_merge,
    staff_company_awareness,
    staff_company_places,
    staff_company_speakers,
    staff_contact_rights,
    staff_speaker_rights,
    staff_day,
    staff_editing,
    staff_event,
    staff_events,
    staff_exports,
    staff_extras,
    staff_figures,
    staff_follow_ups,
    staff_former,
    staff_imports,
    staff_jobs,
    staff_life,
    staff_letters,
    staff_many,
    staff_merges,
    staff_messages,
    staff_new_person,
    staff_own,
    staff_people,
    staff_plan,
    staff_prints,
    staff_projects,
    staff_person,
    staff_record,
    staff_rights,
    staff_search,
    staff_series,
    staff_services,
    staff_sessions,
    staff_settings,
    staff_sign_up_for,
    staff_sign_ups,
    staff_stand_logo,
    staff_stand_questions,
    staff_stand_requests,
    staff_stands,
    staff_territory,
    staff_templates,
    staff_texts,
    staff_venues,
    staff_webhooks,
    staff_interview_lists,
    staff_wishes,
    interview_tables,
    staff_work,
    timetable,
    timetable_draft,
)
"""Every part of the staff pages."""
