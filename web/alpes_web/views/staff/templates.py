"""Templates of events: kept from an event, renamed, retired, and made into drafts on one day or several."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.agenda.choices import venue_names
from alpes_events.agenda.templates import (
    keep_template,
    make_drafts,
    rename_template,
    replace_pattern,
    restore_template,
    retire_template,
    templates,
    the_template,
)
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.period import asked_day
from alpes_web.staff.scope import me
from alpes_web.staff.template_forms import KeepForm, MakeForm, NameForm

staff_templates = Blueprint("staff_templates", __name__, url_prefix="/staff")

_NEW = "new"


@staff_templates.get("/templates")
def table() -> str:
    """The templates that are offered, and those retired."""
    with site().database.reading() as db:
        offered, retired = templates(db), templates(db, retired=True)
        places = venue_names(db)
    return render_template(
        "staff/templates/table.html",
        section="events",
        offered=offered,
        retired=retired,
        places=places,
        day=request.args.get("day", ""),
    )


@staff_templates.route("/templates/<int:template_id>", methods=["GET", "POST"])
def page(template_id: int) -> Response | tuple[str, int]:
    """What a template makes; drafts are made of it for the days given."""
    with site().database.reading() as db:
        template = the_template(db, template_id)
        places = venue_names(db)
    form = MakeForm(data={"on": asked_day("day")})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                made = make_drafts(
                    db, template_id, on_days=form.days, zone=identity().zone, now=now, account_id=me().account_id
                )
        except BadInput as refusal:
            form.on.errors = [refusal.sentence]
        else:
            return _made(made)
    content = render_template(
        "staff/templates/page.html", section="events", template=template, places=places, form=form
    )
    return content, 422 if form.mistakes else 200


@staff_templates.route("/templates/<int:template_id>/name", methods=["GET", "POST"])
def name(template_id: int) -> Response | tuple[str, int]:
    """Call a template otherwise."""
    with site().database.reading() as db:
        template = the_template(db, template_id)
    form = NameForm(data={"name": template.name})
    form.amends(
        ("event_template", template_id),
        {"name": template.name},
        lambda db: {"name": the_template(db, template_id).name},
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                rename_template(db, template_id, name=form.name.data, now=now, account_id=me().account_id)
        except BadInput as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le modèle a son nouveau nom."), url_for("staff_templates.table"))
    content = render_template("staff/templates/name.html", section="events", template=template, form=form)
    return content, 422 if form.mistakes else 200


@staff_templates.post("/templates/<int:template_id>/retire")
def retire(template_id: int) -> Response:
    """Offer a template no more; the page that follows can bring it back."""
    pressed()
    with change() as (db, now):
        retire_template(db, template_id, now=now, account_id=me().account_id)
    return done(
        N_("Le modèle n’est plus proposé. Vous pouvez le reprendre ci-dessous."), url_for("staff_templates.table")
    )


@staff_templates.post("/templates/<int:template_id>/restore")
def restore(template_id: int) -> Response:
    """Offer a template again."""
    pressed()
    with change() as (db, now):
        restore_template(db, template_id, now=now, account_id=me().account_id)
    return done(N_("Le modèle est de nouveau proposé."), url_for("staff_templates.table"))


@staff_templates.route("/events/<int:event_id>/template", methods=["GET", "POST"])
def keep(event_id: int) -> Response | tuple[str, int]:
    """Keep an event as a template: a new one, or an old one made anew."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        offered = templates(db)
    form = KeepForm(data={"template": _NEW, "name": shown.event.title})
    form.template.choices = [(_NEW, N_("Un nouveau modèle")), *((str(one.id), one.name) for one in offered)]
    if form.validate_on_submit():
        try:
            _keep(event_id, form)
        except BadInput as refusal:
            form.blame(refusal)
        else:
            return done(N_("L’événement est gardé comme modèle."), url_for("staff_templates.table"))
    content = render_template(
        "staff/templates/keep.html", section="events", tab_name="overview", shown=shown, form=form
    )
    return content, 422 if form.mistakes else 200


def _keep(event_id: int, form: KeepForm) -> None:
    account_id = me().account_id
    with change() as (db, now):
        if form.template.data == _NEW:
            keep_template(db, event_id, name=form.name.data or "", now=now, account_id=account_id)
        else:
            replace_pattern(db, int(form.template.data), event_id, now=now, account_id=account_id)


def _made(event_ids: list[int]) -> Response:
    if len(event_ids) == 1:
        address = url_for("staff_event.overview", event_id=event_ids[0])
        return done(N_("Le brouillon est fait : relisez-le, puis publiez-le."), address)
    return done(N_("Brouillons créés : %(count)d."), url_for("staff_events.table", show="draft"), count=len(event_ids))
