"""The series of events: what they are called, how they are described, and which take new events."""

from dataclasses import asdict

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from alpes_events.agenda.in_use import series_in_use
from alpes_events.agenda.models import EventKind, Series
from alpes_events.agenda.series_words import (
    BadSeries,
    SameSeries,
    SeriesDraft,
    add_series,
    archive_series,
    revise_series,
    series_subject,
    the_series,
)
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.former import history, undo_address
from alpes_web.staff.scope import me

staff_series = Blueprint("staff_series", __name__, url_prefix="/staff/settings/series")


class SeriesForm(AmendingForm, PlainForm):
    """What a series is called and says."""

    name = StringField(N_("Nom de la série"), validators=[Needed(N_("Donnez un nom à la série.")), AtMost(150)])
    short_name = StringField(
        N_("Nom court"), description=N_("Pour les tableaux et les graphiques : « DTJ »."), validators=[AtMost(32)]
    )
    description = TextAreaField(
        N_("Description"),
        description=N_("À qui elle s’adresse, ce que l’on y fait."),
        validators=[AtMost(2000)],
    )

    def draft(self) -> SeriesDraft:
        """What was written."""
        return SeriesDraft(self.name.data or "", self.short_name.data or "", self.description.data or "")


class NewSeriesForm(SeriesForm):
    """A series that is new has a kind too: that of most of its events."""

    kind = CodeField(N_("Genre de ses événements"), {kind: words.one for kind, words in KIND_WORDS.items()})


@staff_series.get("")
def table() -> str:
    """The series that take new events; `show=archived` the others."""
    archived = request.args.get("show") == "archived"
    with site().database.reading() as db:
        lines = series_in_use(db, now=site().now(), archived=archived)
        others = series_in_use(db, now=site().now(), archived=not archived)
    counts = {archived: len(lines), not archived: len(others)}
    return render_template("staff/series/table.html", section="settings", lines=lines, archived=archived, counts=counts)


@staff_series.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new series."""
    form = NewSeriesForm(data={"kind": EventKind.JOB_DATING})
    if form.validate_on_submit():
        kind = form.kind.data
        assert isinstance(kind, EventKind)
        try:
            with change() as (db, now):
                add_series(db, form.draft(), kind, now=now, account_id=me().account_id)
        except (BadSeries, SameSeries) as refusal:
            form.blame(refusal)
        else:
            return done(
                N_("La série est créée : choisissez-la en écrivant un événement."), url_for("staff_series.table")
            )
    page = render_template("staff/series/form.html", section="settings", form=form, series=None, former=[])
    return page, 422 if form.mistakes else 200


@staff_series.route("/<int:series_id>", methods=["GET", "POST"])
def edit(series_id: int) -> Response | tuple[str, int]:
    """A series renamed or described anew: all its events show it."""
    with site().database.reading() as db:
        series = the_series(db, series_id)
        former = history(db, series_subject(series_id))
    form = SeriesForm(data=_said(series))
    form.amends(("series", series_id), _said(series), lambda db: _said(the_series(db, series_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                changed = revise_series(db, series_id, form.draft(), now=now, account_id=me().account_id)
                undo = undo_address(db, (series_subject(series_id), changed))
        except (BadSeries, SameSeries) as refusal:
            form.blame(refusal)
        else:
            return done(N_("La série est changée, dans tous ses événements."), url_for("staff_series.table"), undo=undo)
    page = render_template("staff/series/form.html", section="settings", form=form, series=series, former=former)
    return page, 422 if form.mistakes else 200


def _said(series: Series) -> dict[str, str]:
    return asdict(SeriesDraft.of(series))


@staff_series.post("/<int:series_id>/archive")
def archive(series_id: int) -> Response:
    """The series takes no new event."""
    pressed()
    with change() as (db, now):
        archive_series(db, series_id, archived=True, now=now, account_id=me().account_id)
    undo = url_for("staff_series.reopen", series_id=series_id)
    return done(N_("La série est archivée : ses événements restent."), url_for("staff_series.table"), undo=undo)


@staff_series.post("/<int:series_id>/reopen")
def reopen(series_id: int) -> Response:
    """The series takes new events again."""
    pressed()
    with change() as (db, now):
        archive_series(db, series_id, archived=False, now=now, account_id=me().account_id)
    return done(N_("La série est de nouveau proposée."), url_for("staff_series.table"))
