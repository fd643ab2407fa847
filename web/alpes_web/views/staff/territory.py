"""The organisation's territory: its communes with their days, and the lists of priority districts."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.people.account_names import account_names
from alpes_events.territory.districts import district_lists
from alpes_events.territory.end_taken_back import take_end_back
from alpes_events.territory.membership import (
    BadMembership,
    Member,
    UnknownMember,
    add_member,
    end_member,
    members,
    remove_member,
    revise_territory,
    territory_changes,
    the_member,
)
from alpes_events.territory.organisation import current_organisation
from alpes_events.territory.queries import CommuneView, commune, find_communes
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text
from alpes_web.staff.territory_forms import FromForm, NameForm, UntilForm

staff_territory = Blueprint("staff_territory", __name__, url_prefix="/staff/settings/territory")

_FOUND = 8


@staff_territory.get("")
def page() -> str:
    """The communes of the territory, those found to add, the priority districts, and what changed."""
    day, text = today(), asked_text()
    with site().database.reading() as db:
        organisation = current_organisation(db)
        listed = members(db)
        found = find_communes(db, text, limit=_FOUND) if text else None
        lists = district_lists(db)
        changes = territory_changes(db)
        names = account_names(db, (one.account_id for one in changes))
    return render_template(
        "staff/territory/page.html",
        section="settings",
        organisation=organisation,
        today=day,
        present=[one for one in listed if one.counts_on(day)],
        others=[one for one in listed if not one.counts_on(day)],
        inside={one.insee_code for one in listed if one.until_on is None or one.until_on > day},
        found=found,
        text=text,
        lists=lists,
        changes=changes,
        names=names,
    )


@staff_territory.route("/name", methods=["GET", "POST"])
def name() -> Response | tuple[str, int]:
    """What the territory is called."""
    with site().database.reading() as db:
        stored = _called(db)
    form = NameForm(data=stored).amends(("organisation", 1), stored, _called)
    if form.validate_on_submit():
        said = {"name": form.name.data or "", "short_name": form.short_name.data or ""}
        try:
            with change(form) as (db, now):
                revise_territory(db, **said, now=now, account_id=me().account_id)
        except BadMembership as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le nom du territoire est changé."), url_for("staff_territory.page"))
    content = render_template("staff/territory/name.html", section="settings", form=form)
    return content, 422 if form.mistakes else 200


@staff_territory.route("/add/<insee_code>", methods=["GET", "POST"])
def add(insee_code: str) -> Response | tuple[str, int]:
    """A commune joins the territory from a day on."""
    with site().database.reading() as db:
        chosen = _listed(db, insee_code)
    form = FromForm(data={"from_on": today()})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                day = form.from_on.data
                member_id = add_member(db, insee_code, from_on=day, now=now, account_id=me().account_id)
        except BadMembership as refusal:
            form.blame(refusal)
        else:
            undo = url_for("staff_territory.remove", member_id=member_id, added=1) if day >= today() else ""
            sentence = N_("%(commune)s est du territoire.")
            return done(sentence, url_for("staff_territory.page"), undo=undo, commune=chosen.name)
    content = render_template("staff/territory/add.html", section="settings", form=form, chosen=chosen)
    return content, 422 if form.mistakes else 200


@staff_territory.route("/<int:member_id>/end", methods=["GET", "POST"])
def end(member_id: int) -> Response | tuple[str, int]:
    """A commune leaves the territory on a day; or stays, when the day is taken away."""
    with site().database.reading() as db:
        member = _member(db, member_id)
    form = UntilForm(data={"until_on": member.until_on})
    form.amends(
        ("territory", member.territory_id),
        {"until_on": member.until_on},
        lambda db: {"until_on": _member(db, member_id).until_on},
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                end_member(db, member_id, until_on=form.until_on.data, now=now, account_id=me().account_id)
        except BadMembership as refusal:
            form.blame(refusal)
        else:
            undo = _back(member_id, before=member.until_on, after=form.until_on.data)
            sentence = N_("C’est noté pour %(commune)s.")
            return done(sentence, url_for("staff_territory.page"), undo=undo, commune=member.name)
    content = render_template("staff/territory/end.html", section="settings", form=form, member=member, today=today())
    return content, 422 if form.mistakes else 200


@staff_territory.post("/<int:member_id>/reopen")
def reopen(member_id: int) -> Response:
    """One change of the end is taken back: from the day `after` to the day `before`, each without end when empty."""
    pressed()
    before, after = (_day(request.args.get(name, "")) for name in ("before", "after"))
    with change() as (db, now):
        again = take_end_back(db, member_id, before=before, after=after, now=now, account_id=me().account_id)
    if again.left:
        return _left()
    if not again.content:
        return done(N_("C’est déjà comme avant."), url_for("staff_territory.page"))
    undo = _back(member_id, before=after, after=before)
    return done(N_("C’est de nouveau comme avant."), url_for("staff_territory.page"), undo=undo)


@staff_territory.post("/<int:member_id>/remove")
def remove(member_id: int) -> Response:
    """The commune was added by mistake. As an undoing (`added`) only when nobody gave it an end since."""
    pressed()
    with change() as (db, now):
        if request.args.get("added") and the_member(db, member_id).until_on is not None:
            return _left()
        remove_member(db, member_id, today=today(), now=now, account_id=me().account_id)
    return done(N_("C’est de nouveau comme avant."), url_for("staff_territory.page"))


def _back(member_id: int, *, before: date | None, after: date | None) -> str:
    """Where a button takes back what moved the end from `before` to `after`; nowhere when nothing moved."""
    if before == after:
        return ""
    return url_for("staff_territory.reopen", member_id=member_id, before=before, after=after)


def _left() -> Response:
    sentence = N_("Rien n’est annulé : cela a été changé de nouveau depuis (%(what)s). Au besoin, corrigez-le ici.")
    what = translated(N_("la fin de cette commune"))
    return done(sentence, url_for("staff_territory.page"), tone="warn", what=what)


def _called(db: Session) -> dict[str, str]:
    """What the territory is called, as the fields of the form take it."""
    organisation = current_organisation(db)
    return {"name": organisation.territory_name, "short_name": organisation.territory_short_name}


def _listed(db: Session, insee_code: str) -> CommuneView:
    found = commune(db, insee_code)
    if found is None:
        raise UnknownMember
    return found


def _member(db: Session, member_id: int) -> Member:
    found = next((one for one in members(db) if one.id == member_id), None)
    if found is None:
        raise UnknownMember
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
