"""Other systems that are told of events: added, looked at, closed, told again."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, URLField

from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.webhooks.commands import add_webhook, call_again, close_webhook, the_webhook
from alpes_events.webhooks.models import CallState, HookKind
from alpes_events.webhooks.queries import call_counts, calls_of, webhooks
from alpes_events.webhooks.signature import secret_of
from alpes_web.forms import Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part
from alpes_web.staff.words import HOOK_CALL_STATES, HOOK_KINDS

staff_webhooks = Blueprint("staff_webhooks", __name__, url_prefix="/staff/webhooks")


class NotAgain(Refusal):
    """A call that waits already, or whose webhook is closed."""

    def __init__(self) -> None:
        super().__init__(N_("Cet envoi attend déjà, ou n’est plus possible : la liste a changé depuis."))


class WebhookForm(StrictForm):
    """Another system to tell."""

    name = StringField(
        N_("Nom du système"),
        description=N_("Pour vous y retrouver : le portail de la ville."),
        validators=[Needed(N_("Donnez un nom à cet envoi, de cent caractères au plus."))],
    )
    url = URLField(
        N_("Adresse"),
        description=N_("Celle que l’autre système vous a donnée. Elle commence par https://."),
        validators=[Needed(N_("Écrivez une adresse entière qui commence par https://, sans mot de passe."))],
    )
    kinds = TicksField(N_("De quoi le prévenir"), {kind.value: words for kind, words in HOOK_KINDS.items()})


@staff_webhooks.get("")
def table() -> str:
    """Every system that is told, or was."""
    with site().database.reading() as db:
        found, counts = webhooks(db), call_counts(db)
    return render_template(
        "staff/webhooks/table.html", section="settings", webhooks=found, counts=counts, states=CallState
    )


@staff_webhooks.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """One more system to tell."""
    form = WebhookForm(data={"kinds": tuple(HOOK_KINDS)})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                number = add_webhook(
                    db,
                    name=form.name.data or "",
                    url=form.url.data or "",
                    kinds=[HookKind(code) for code in form.kinds.data],
                    insecure=site().settings.demo,
                    now=now,
                    account_id=me().account_id,
                )
        except BadInput as refusal:
            form.blame(refusal)
        else:
            return done(
                N_("C’est noté : donnez maintenant le secret à l’autre système."),
                url_for("staff_webhooks.page", webhook_id=number),
            )
    page = render_template("staff/webhooks/form.html", section="settings", form=form)
    return page, 422 if form.mistakes else 200


@staff_webhooks.get("/<int:webhook_id>")
def page(webhook_id: int) -> str:
    """One system: its address and secret, and what it was told."""
    part = asked_part()
    with site().database.reading() as db:
        hook = the_webhook(db, webhook_id)
        calls = calls_of(db, webhook_id, part=part)
    return render_template(
        "staff/webhooks/page.html",
        section="settings",
        hook=hook,
        secret=secret_of(hook.salt, key=site().settings.secret_key),
        page=calls,
        kinds=HOOK_KINDS,
        states=HOOK_CALL_STATES,
        may_repeat={CallState.DONE, CallState.FAILED},
    )


@staff_webhooks.post("/<int:webhook_id>/close")
def close(webhook_id: int) -> Response:
    """Tell it nothing any more."""
    pressed()
    with change() as (db, now):
        close_webhook(db, webhook_id, now=now, account_id=me().account_id)
    return done(N_("Ce système n’est plus prévenu."), url_for("staff_webhooks.table"))


@staff_webhooks.post("/<int:webhook_id>/calls/<int:call_id>/again")
def again(webhook_id: int, call_id: int) -> Response:
    """Tell it once more."""
    pressed()
    with change() as (db, now):
        the_webhook(db, webhook_id)
        if not call_again(db, call_id, now=now):
            raise NotAgain
    return done(N_("L’envoi va repartir."), url_for("staff_webhooks.page", webhook_id=webhook_id))
