"""My data: what is known of me, set right, taken away as a file, or erased."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as AnyResponse
from werkzeug.wrappers import Response

from alpes_events.attendance.standing import standings_of
from alpes_events.attendance.written_in import write_in
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.consents import consent_words, consents_of, withdraw_consent
from alpes_events.people.identity import problems_of
from alpes_events.people.own_words import as_said, correct, own_record, speak
from alpes_events.people.queries import candidate_view
from alpes_events.people.records import records_of
from alpes_events.people.residence import WhichCommune
from alpes_events.privacy.export import export_person
from alpes_events.privacy.own_document import own_document
from alpes_web.clocks import today
from alpes_web.languages import language, translated
from alpes_web.my_data_forms import (
    ButtonForm,
    CorrectionForm,
    LanguageForm,
)
from alpes_web.own_page import own_page
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.visitor import the_visitor

my_data = Blueprint("my_data", __name__, url_prefix="/my-space")

_MOST_TRIES = 10


@my_data.get("/data")
def page() -> str:
    """What is known of me, in words, and what I may do with it."""
    with site().database.reading() as db:
        person = candidate_view(own_record(db, the_visitor().account_id))
        records = records_of(db, person.id)
        count = len(standings_of(db, list(records)))
        consents = [one for number in records for one in consents_of(db, number)]
    return render_template(
        "my_space/data.html",
        section="my_space",
        person=person,
        sign_up_count=count,
        consents=[(one, translated(consent_words(one.kind))) for one in consents],
        form=ButtonForm(),
    )


@my_data.get("/data.json")
def export() -> AnyResponse:
    """Every row and column that is mine, as a file."""
    now = site().now()
    with site().database.reading() as db:
        person = candidate_view(own_record(db, the_visitor().account_id))
        document = export_person(db, person.id, now=now)
    _note_export(person.id)
    answer = AnyResponse(json.dumps(document, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="alpes.json"'
    return answer


@my_data.get("/data.pdf")
def document() -> AnyResponse:
    """The same in words, to read or print."""
    now = site().now()
    with site().database.reading() as db:
        person = candidate_view(own_record(db, the_visitor().account_id))
        content = own_document(db, person.id, language=language(), now=now)
    _note_export(person.id)
    return pdf_answer(content, "alpes")


@my_data.route("/data/correct", methods=["GET", "POST"])
def correction() -> str | Response | tuple[str, int]:
    """Set right what one says of oneself."""
    form, account_id, now = CorrectionForm(), the_visitor().account_id, site().now()
    form.prepare()
    if not form.is_submitted():
        with site().database.reading() as db:
            form.show(as_said(own_record(db, account_id)))
    elif _well_said(form):
        try:
            with site().database.writing() as db:
                changed = correct(db, account_id, form.person(), now=now)
                db.commit()
            told = N_("C’est corrigé.") if changed else N_("Rien n’a changé.")
            flash(translated(told), "ok")
            return redirect(url_for("my_data.page"), code=303)
        except WhichCommune as refusal:
            form.ask_commune(tuple(refusal.choices))
            form.blame(refusal)
        except BadInput as refusal:
            if not form.blame(refusal):
                raise
    return own_page("my_space/correct.html", form)


@my_data.post("/language")
def choose_language() -> Response:
    """The language of my pages, and of what is written to me."""
    form = LanguageForm()
    if form.validate_on_submit():
        now, account_id = site().now(), the_visitor().account_id
        with site().database.writing() as db:
            speak(db, account_id, form.language.data, now=now)
            write_in(db, own_record(db, account_id).id or 0, form.language.data, now=now)
            db.commit()
    return redirect(url_for("my_space.home", lang=form.language.data or None), code=303)


@my_data.post("/consents/<kind>/withdraw")
def withdraw(kind: str) -> Response:
    """Take back what I agreed to: as easy as agreeing."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        for number in records_of(db, own_record(db, the_visitor().account_id).id or 0):
            withdraw_consent(db, number, kind=kind, now=site().now())
        db.commit()
    flash(translated(N_("C’est fait : votre accord est retiré.")), "ok")
    return redirect(url_for("my_data.page"), code=303)


def _well_said(form: CorrectionForm) -> bool:
    valid = form.validate_on_submit()
    problems = problems_of(form.person(), today=today(), contact_required=False)
    form.blame_each(problems)
    return valid and not problems


def _note_export(person_id: int) -> None:
    account_id, subject = the_visitor().account_id, ("candidate", person_id)
    note_access(
        site().database, AuditAction.EXPORTED, now=site().now(), account_id=account_id, subject=subject, count=1
    )
