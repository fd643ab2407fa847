"""The page of one declaration as staff read it, and the form by which its lines are decided."""

from collections import Counter

from flask import render_template
from sqlmodel import Session, col, select
from wtforms import HiddenField, StringField

from alpes_events.clause.belonging import own_companies
from alpes_events.clause.declaring.deciding import Counting
from alpes_events.clause.declaring.declared import DeclarationView, declaration_view
from alpes_events.clause.declaring.declaring import FLAG_WORDS, TO_CHOOSE
from alpes_events.clause.declaring.elsewhere import running_elsewhere
from alpes_events.clause.declaring.line_entries import minutes_of_lines
from alpes_events.clause.declaring.noted import noted_beside, noted_hours
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.tables.declaration_rows import LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.contact_queries import contacts_of_company
from alpes_events.language.sentence import N_, Sentence
from alpes_events.messages.declaration_mail import contacts_to_ask
from alpes_web.access import ROLES, Access
from alpes_web.declaration_words import DECLARATION_SAID, LINE_SAID, WAY_WORDS
from alpes_web.links import site_links
from alpes_web.site import site
from alpes_web.staff.choice_fields import CodeField, IdsField
from alpes_web.staff.fields import PlainForm, SeenField
from alpes_web.staff.scope import me

COUNTING_WORDS = {
    Counting.ADDED: N_("Les heures de la déclaration s’y ajoutent"),
    Counting.REPLACED: N_("Les heures de la déclaration les remplacent"),
}


class DecisionForm(PlainForm):
    """Which lines, and what becomes of them; a refusal has its reason. `version`: what the page was made of.

    `counting`: what becomes of hours that the ledger has already of the same person, public contract and month.
    """

    version = HiddenField()
    line = IdsField()
    counting = CodeField(
        N_("Heures déjà inscrites autrement au registre"),
        COUNTING_WORDS,
        unknown=N_("Choisissez"),
        description=N_("Pour les lignes qui le signalent, si vous validez."),
    )
    reason = StringField(N_("Motif, si vous refusez"), description=N_("L’entreprise le lit, et corrige ses heures."))
    act = SeenField()


def declaration_page(declaration_id: int, form: DecisionForm, *, nobody: Sentence | None = None) -> str:
    """Each line with what was planned that month and validated so far. `nobody`: why the link could not be sent."""
    with site().database.reading() as db:
        view = declaration_view(db, declaration_id)
        people = [line.person for line in view.lines if line.person is not None]
        planned, counted = _balances(db, view)
        contacts = contacts_of_company(db, view.company_id)
        asked = contacts_to_ask(db, view.company_id)
        noted = noted_beside(noted_hours(db, view.month, {one.candidate_id for one in people}), people)
        elsewhere = running_elsewhere(db, view)
        own = _own_lines(db, view)
        in_ledger = minutes_of_lines(
            db, [line.id for line in view.lines if line.state is LineState.VALIDATED], HourAccount.VALIDATED
        )
    form.version.data = view.version
    return render_template(
        "staff/clause/declaration.html",
        section="clause",
        own=view,
        form=form,
        planned=planned,
        counted=counted,
        contacts=[one for one in contacts if one.left_at is None],
        asked_ids={one.id for one in asked},
        nobody=nobody,
        noted=noted,
        elsewhere=elsewhere,
        in_ledger=in_ledger,
        to_choose=TO_CHOOSE,
        asks_counting=any(TO_CHOOSE & set(line.flags) for line in view.waiting),
        clear=[
            line.id
            for line in view.waiting
            if not line.flags and line.person is not None and line.id not in elsewhere and line.id not in own
        ],
        facilitates=me().role in ROLES[Access.FACILITATION],
        may_decide=me().role in ROLES[Access.FACILITATION] and len(own) < len(view.lines),
        own_lines=own,
        state_said=DECLARATION_SAID,
        line_said=LINE_SAID,
        way_words=WAY_WORDS,
        flag_words=FLAG_WORDS,
        link=site_links().declaration_url(view.reference),
    )


def _own_lines(db: Session, view: DeclarationView) -> frozenset[int]:
    """The lines on which the visitor may not decide: those of a company that they belong to, all when it declares."""
    own = own_companies(db, me().account_id)
    if view.company_id in own:
        return frozenset(line.id for line in view.lines)
    ids = {line.person.employment_id for line in view.lines if line.person is not None} if own else set()
    asked = select(EmploymentContract.id).where(
        col(EmploymentContract.id).in_(ids), col(EmploymentContract.employer_id).in_(own)
    )
    theirs = set(db.exec(asked)) if ids else set()
    return frozenset(line.id for line in view.lines if line.person and line.person.employment_id in theirs)


def _balances(db: Session, view: DeclarationView) -> tuple[dict[int, int], dict[int, int]]:
    """For each employment contract what was planned in the month, and what is validated in all."""
    ids = [line.person.employment_id for line in view.lines if line.person is not None]
    planned = balances_by_month(db, ids, HourAccount.PLANNED)
    validated: Counter[int] = Counter()
    for (employment_id, _month), minutes in balances_by_month(db, ids, HourAccount.VALIDATED).items():
        validated[employment_id] += minutes
    return {one: minutes for (one, month), minutes in planned.items() if month == view.month}, dict(validated)
