"""The plan of the stands: halls drawn with signs, stands placed by themselves or moved by a form, seen and listed."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField

from alpes_events.fair.halls import draw_hall, remove_hall, the_hall
from alpes_events.fair.plan import move_stand, pin_booth, place_everybody
from alpes_events.fair.plan_queries import Plan, plan_of
from alpes_events.fair.printing import Print
from alpes_events.fair.stand_queries import stands_of
from alpes_events.hiring.catalogue import print_with_jobs
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.clocks import today
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.languages import language
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.event_page import event_page
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.scope import me
from alpes_web.staff.take_away import note_export

staff_plan = Blueprint("staff_plan", __name__, url_prefix="/staff/events/<int:event_id>/plan")

_EXAMPLE = "PPPPP.PPPPP\n...........\n#####.#####\n#####.#####\n...........\nE.........."


class HallForm(AmendingForm, PlainForm):
    """A hall, as it is drawn."""

    name = StringField(N_("Nom de la salle"), validators=[Needed(N_("Écrivez un nom.")), AtMost(100)])
    drawing = TextAreaField(
        N_("Plan de la salle"),
        description=N_(
            "Une lettre par case : « # » un stand, « P » un stand avec prise, « . » un passage, « E » l’entrée."
        ),
        validators=[Needed(N_("Dessinez la salle : une lettre par case, « # » pour un stand, « P » avec une prise."))],
    )


class MoveForm(StrictForm):
    """An exhibitor, and the number of the stand it goes to."""

    exhibitor_id = ChoiceField(N_("Exposant"))
    number = StringField(N_("Numéro du stand"), description=N_("Vide : le retirer du plan."))


class PinForm(StrictForm):
    """Whether a stand stays where it is."""

    pinned = HiddenField()


@staff_plan.get("")
def page(event_id: int) -> str:
    """The plan, drawn and as a table."""
    return _page(event_id)


@staff_plan.post("/place")
def place(event_id: int) -> Response:
    """Place everybody by itself."""
    pressed()
    with change() as (db, now):
        placing = place_everybody(db, event_id, now=now, account_id=me().account_id)
    if placing.unplaced or placing.without_power:
        sentence = N_("Stands placés : %(placed)d. Sans place : %(unplaced)d. Sans la prise demandée : %(dark)d.")
        return done(
            sentence,
            _home(event_id),
            tone="warn",
            placed=len(placing.spots),
            unplaced=len(placing.unplaced),
            dark=len(placing.without_power),
        )
    return done(N_("Tous les stands sont placés."), _home(event_id))


@staff_plan.post("/move")
def move(event_id: int) -> Response | tuple[str, int]:
    """An exhibitor on another stand."""
    with site().database.reading() as db:
        form = _move_form(plan_of(db, event_id))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                chosen = int(form.exhibitor_id.data)
                move_stand(db, event_id, chosen, form.number.data or "", now=now, account_id=me().account_id)
        except BadInput as refusal:
            form.number.errors = [refusal.sentence]
        else:
            return done(N_("Le stand est déplacé ; il reste là si vous placez les autres."), _home(event_id))
    return _page(event_id, form), 422


@staff_plan.post("/booths/<int:booth_id>/pin")
def pin(event_id: int, booth_id: int) -> Response:
    """The stand stays there, or may be moved again."""
    form = PinForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        pin_booth(db, event_id, booth_id, pinned=form.pinned.data == "1", now=now, account_id=me().account_id)
    return done(N_("C’est noté."), _home(event_id))


@staff_plan.route("/halls/new", methods=["GET", "POST"])
def new_hall(event_id: int) -> Response | tuple[str, int]:
    """One more hall."""
    return _hall(event_id, None, HallForm(data={"drawing": _EXAMPLE}))


@staff_plan.route("/halls/<int:hall_id>", methods=["GET", "POST"])
def hall(event_id: int, hall_id: int) -> Response | tuple[str, int]:
    """A hall drawn anew."""
    with site().database.reading() as db:
        stored = _drawn(db, event_id, hall_id)
    form = HallForm(data=stored).amends(("event", event_id), stored, lambda db: _drawn(db, event_id, hall_id))
    return _hall(event_id, hall_id, form)


@staff_plan.post("/halls/<int:hall_id>/remove")
def remove(event_id: int, hall_id: int) -> Response:
    """A hall less."""
    pressed()
    with change() as (db, now):
        remove_hall(db, event_id, hall_id, now=now, account_id=me().account_id)
    return done(N_("La salle est retirée du plan."), _home(event_id))


@staff_plan.get("/print/<any('panneaux', badges, catalogue, installation):what>.pdf")
def prints(event_id: int, what: str) -> Response:
    """Signs, badges, the catalogue or the set-up list; what names people is noted like every file of them."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        document = print_with_jobs(db, event_id, Print(what), today=today(), language=language())
        count = len(stands_of(db, event_id))
    if what in {Print.BADGES.value, Print.SET_UP.value}:
        note_export(("event", event_id), count=count)
    return pdf_answer(document, f"{what}-{shown.event.slug}")


def _drawn(db: Session, event_id: int, hall_id: int) -> dict[str, str]:
    """A hall as the fields of the form take it."""
    the_hall(db, event_id, hall_id)
    stored = next(one for one in plan_of(db, event_id).halls if one.id == hall_id)
    return {"name": stored.name, "drawing": stored.drawing}


def _hall(event_id: int, hall_id: int | None, form: HallForm) -> Response | tuple[str, int]:
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                draw_hall(
                    db,
                    event_id,
                    form.name.data or "",
                    form.drawing.data or "",
                    hall_id=hall_id,
                    now=now,
                    account_id=me().account_id,
                )
        except BadInput as refusal:
            if not form.blame(refusal):
                form.drawing.errors = [refusal.sentence]
        else:
            return done(N_("La salle est sur le plan."), _home(event_id))
    with site().database.reading() as db:
        shown = event_page(db, event_id)
    page = render_template(
        "staff/stands/hall.html", section="events", tab_name="stands", shown=shown, form=form, hall_id=hall_id
    )
    return page, 422 if form.mistakes else 200


def _page(event_id: int, form: MoveForm | None = None) -> str:
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        plan = plan_of(db, event_id)
    return render_template(
        "staff/stands/plan.html",
        section="events",
        tab_name="stands",
        shown=shown,
        plan=plan,
        form=form or _move_form(plan, fresh=True),
    )


def _move_form(plan: Plan, *, fresh: bool = False) -> MoveForm:
    form = MoveForm(formdata=None) if fresh else MoveForm()
    placed = [(one.exhibitor_id, one.exhibitor) for one in plan.booths if one.exhibitor_id is not None]
    everybody = sorted((*plan.unplaced, *placed), key=lambda one: one[1].casefold())
    form.exhibitor_id.choices = [(str(number), name) for number, name in everybody]
    return form


def _home(event_id: int) -> str:
    return url_for("staff_plan.page", event_id=event_id)
