"""Writing a month's hours, from wherever it is done: by the link, from the employer's space, for the company by staff.

Opening the page writes nothing. What was typed comes back with whatever is wrong, unusual, or changed by somebody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request
from sqlmodel import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from alpes_events.clause.declaring.declaration_refusals import BadLines, DeclarationMoved, ToConfirm
from alpes_events.clause.declaring.declarations import hold_unmoved, write_draft
from alpes_events.clause.declaring.declared import DeclarationView, declaration_view
from alpes_events.clause.declaring.declaring import FLAG_WORDS, TO_CHOOSE, LineDraft, Noted
from alpes_events.clause.declaring.noted import own_noted_beside
from alpes_events.clause.declaring.roster import Employed, employed_by_ids, roster
from alpes_events.clause.declaring.sending import send_declaration
from alpes_events.clause.tables.declaration_rows import DeclarationWay
from alpes_events.language.folding import fold
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence
from alpes_web.declaration_words import LINE_SAID
from alpes_web.declaring_form import FROM_FILE, DeclaringForm
from alpes_web.declaring_start import form_of, longer_form, sent_form, starts_of
from alpes_web.languages import translated
from alpes_web.site import site


@dataclass(frozen=True)
class Desk:
    """Where a declaration is written: its way, the addresses of its page and file, the template and its facts."""

    way: DeclarationWay
    page_url: str
    file_url: str
    columns_url: str
    template: str
    file_template: str
    section: str
    account_id: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A declaration, the company's people by employment contract, and what the ledger has of these beside it."""

    view: DeclarationView
    people: dict[int, Employed]
    noted: dict[int, Noted]


def asked_of(db: Session, view: DeclarationView) -> Asked:
    """What a page about a declaration needs."""
    people = {one.employment_id: one for one in roster(db, view.company_id, view.month)}
    written = {line.person.employment_id for line in view.lines if line.person is not None}
    people |= employed_by_ids(db, written - people.keys())
    return Asked(view, people, own_noted_beside(db, view.month, view.company_id, people.values()))


def declaring_page(asked: Asked, desk: Desk) -> Response | tuple[str, int]:
    """The form of a month, and what becomes of it when it is sent."""
    if request.method == "GET":
        form = form_of(asked.view, asked.people, starts_of(asked.view, asked.people.values()))
        return shown(asked, form, desk)
    form = sent_form(asked.people, asked.view.month, request.form)
    form.refuse_unknown_fields()
    if form.act.data == "more":
        return shown(asked, longer_form(asked.people, asked.view.month, MultiDict(request.form)), desk, status=200)
    form.validate_on_submit()
    drafts = form.drafts
    if form.mistakes:
        return shown(asked, form, desk)
    if _is_stored(asked.view, form, drafts):
        return _done(form, desk)
    return _kept(asked, form, drafts, desk)


def shown(
    asked: Asked,
    form: DeclaringForm,
    desk: Desk,
    *,
    setback: Sentence | None = None,
    status: int | None = None,
    facts: Mapping[str, object] | None = None,
) -> tuple[str, int]:
    """The page with its form. `setback` is said above it."""
    page = render_template(
        desk.template,
        section=desk.section,
        own=asked.view,
        form=form,
        desk=desk,
        setback=setback,
        line_said=LINE_SAID,
        flag_words=FLAG_WORDS,
        to_choose=TO_CHOOSE,
        noted=asked.noted,
        keys=form.keys_of(form.drafts) if form.flags else (),
        **desk.facts,
        **(facts or {}),
    )
    wrong = bool(form.mistakes or setback or form.flags)
    return page, (422 if wrong else 200) if status is None else status


def _kept(asked: Asked, form: DeclaringForm, drafts: Mapping[int, LineDraft], desk: Desk) -> Response | tuple[str, int]:
    way = DeclarationWay.FILE if form.source.data == FROM_FILE else desk.way
    try:
        with site().database.writing() as db:
            hold_unmoved(db, asked.view.id, form.version.data or "")
            if form.act.data == "save":
                write_draft(
                    db,
                    asked.view.id,
                    list(drafts.values()),
                    way=way,
                    now=site().now(),
                    account_id=desk.account_id,
                )
            else:
                send_declaration(
                    db,
                    asked.view.id,
                    list(drafts.values()),
                    way=way,
                    now=site().now(),
                    account_id=desk.account_id,
                    nobody_worked=bool(form.nobody.data),
                    seen=form.seen.data,
                )
            db.commit()
    except DeclarationMoved as refusal:
        return _overtaken(_again(asked), form, drafts, desk, refusal)
    except BadLines as refusal:
        form.point_out(refusal, list(drafts))
        return shown(asked, form, desk)
    except ToConfirm as refusal:
        places = list(drafts)
        form.flags = {places[place]: flags for place, flags in refusal.flags.items()}
        return shown(asked, form, desk, setback=refusal.sentence)
    except Refusal as refusal:
        told = None if form.blame(refusal) else refusal.sentence
        return shown(asked, form, desk, setback=told)
    return _done(form, desk)


def _done(form: DeclaringForm, desk: Desk) -> Response:
    by_staff = desk.way is DeclarationWay.STAFF
    if form.act.data == "save":
        sentence = N_("Le brouillon est gardé. Il n’est pas encore envoyé.")
    else:
        sentence = N_("Les heures sont inscrites : il reste à les valider.") if by_staff else N_("C’est envoyé. Merci.")
    flash(translated(sentence), "ok")
    return redirect(desk.page_url, 303)


def _again(asked: Asked) -> Asked:
    """The declaration as it is now."""
    with site().database.reading() as db:
        return asked_of(db, declaration_view(db, asked.view.id))


def _overtaken(
    asked: Asked, form: DeclaringForm, drafts: Mapping[int, LineDraft], desk: Desk, refusal: DeclarationMoved
) -> Response | tuple[str, int]:
    """Somebody else wrote meanwhile: what is stored is shown beside what was typed, and the next press counts. When
    they wrote the same, that was this form sent twice.
    """
    if _is_stored(asked.view, form, drafts):
        return _done(form, desk)
    form.version.data = asked.view.version
    return shown(asked, form, desk, setback=refusal.sentence, facts={"overtaken": asked.view.open_lines})


def _is_stored(view: DeclarationView, form: DeclaringForm, drafts: Mapping[int, LineDraft]) -> bool:
    """Whether the form says what is stored already: it was sent twice, and gets the first answer."""
    if (form.act.data == "save") is (view.sent_at is not None):
        return False
    said = sorted(map(_said, drafts.values()))
    there = sorted(_said(line.draft) for line in view.open_lines)
    return said == there and bool(form.nobody.data) is view.nobody_worked and (bool(said) or view.nobody_worked)


def _said(line: LineDraft) -> tuple[object, ...]:
    words = fold(line.person_words) if line.employment_id is None else ""
    return (
        line.employment_id or 0,
        words,
        line.from_on.toordinal(),
        line.until_on.toordinal(),
        line.minutes,
        line.overtime,
    )
