"""The sizing calculator: a method, its numbers, the formula with its result; one press makes an obligation of it."""

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import StringField

from alpes_events.clause.contracts.conventions import every_lot
from alpes_events.clause.contracts.obligations import ObligationDraft, last_parameters, record_obligation
from alpes_events.clause.contracts.sizing import METHODS as COMPUTED
from alpes_events.clause.contracts.sizing import Sizing
from alpes_events.clause.contracts.sizing_words import formula
from alpes_events.clause.tables.contract_rows import ObligationKind, SizingMethod
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.forms import AtMost
from alpes_web.languages import language, translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, sent
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.clause_form_page import blame
from alpes_web.staff.clause_sizing_form import FORMS, sizing_of
from alpes_web.staff.clause_words import METHODS, OBLIGATION_KINDS
from alpes_web.staff.fields import DayField, PlainForm, SeenField
from alpes_web.staff.scope import me
from alpes_web.typed import whole_number

clause_sizing = Blueprint("clause_sizing", __name__, url_prefix="/staff/clause/sizing")

_KEEP = "keep"


class KeepForm(PlainForm):
    """Where the result goes."""

    lot_id = ChoiceField(N_("Au lot"))
    kind = CodeField(N_("Pourquoi"), OBLIGATION_KINDS)
    effective_on = DayField(N_("Compte à partir du"), description=N_("Vide : le jour des paramètres."))
    document = StringField(N_("Document"), [AtMost(100)], description=N_("« CCAP, article 8 », par exemple."))
    does = SeenField()


@clause_sizing.route("/<any(labour_share, worked_hours, invoices):method>", methods=["GET", "POST"])
def page(method: str) -> Response | tuple[str, int]:
    """Compute, and keep the result as an obligation of a lot (`lot` in the address is proposed, with the numbers by
    which it was sized last).
    """
    chosen = SizingMethod(method)
    kind = type("SizingForm", (FORMS[chosen], KeepForm), {})
    lot_id = whole_number(request.args.get("lot", ""))
    with site().database.reading() as db:
        before = {} if lot_id is None else last_parameters(db, lot_id, chosen)
        form = kind(data={**before, "stated_on": today(), "lot_id": request.args.get("lot", "")})
        _offer(db, form)
    found: Sizing | None = None
    if form.validate_on_submit():
        try:
            found = sizing_of(chosen, form, today=today())
            if sent("does") == _KEEP:
                return _keep(form, found)
        except Refusal as refusal:
            blame(form, refusal, first="lot_id" if found else COMPUTED[chosen][1][0])
    shown = "" if found is None else formula(chosen, found.parameters, found.minutes, language=language())
    content = render_template(
        "staff/clause/sizing.html",
        section="clause",
        form=form,
        method=chosen,
        methods={one: METHODS[one] for one in COMPUTED},
        names=COMPUTED[chosen][1],
        found=found,
        formula=shown,
    )
    return content, 422 if form.mistakes else 200


def _keep(form: KeepForm, found: Sizing) -> Response:
    lot_id = whole_number(str(form.lot_id.data or "")) or 0
    kind = form.kind.data
    draft = ObligationDraft(
        kind=kind if isinstance(kind, ObligationKind) else ObligationKind.INITIAL,
        effective_on=form.effective_on.data or found.stated_on,
        minutes=found.minutes,
        method=found.method,
        parameters=found.kept,
        document=form.document.data or "",
    )
    with change() as (db, now):
        record_obligation(db, lot_id, draft, now=now, account_id=me().account_id)
    return done(
        N_("L’obligation est inscrite, avec sa méthode et ses nombres."), url_for("clause_lots.page", lot_id=lot_id)
    )


def _offer(db: Session, form: KeepForm) -> None:
    words = translated(N_("%(operation)s, %(reference)s, lot %(number)s"))
    lots = [
        (str(one.lot_id), words % {"operation": one.operation, "reference": one.reference, "number": one.number})
        for one in every_lot(db)
    ]
    form.lot_id.choices = [("", N_("Choisissez le lot")), *lots]
    if not form.is_submitted() and form.lot_id.data not in {number for number, _words in lots}:
        form.lot_id.data = ""
