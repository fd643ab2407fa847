"""The organisation's own words in each message: both languages side by side, with what the message then looks like."""

from typing import ClassVar

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import LANGUAGES, N_
from alpes_events.messages.kinds import NOT_OURS, MessageKind
from alpes_events.messages.preview import preview_sample
from alpes_events.messages.rendering import Rendered
from alpes_events.messages.wording import (
    PLACEHOLDERS,
    Wording,
    all_wordings,
    change_wording,
    text_subject,
    wording_of,
)
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.former import FormerLine, history, undo_address
from alpes_web.staff.scope import me

staff_texts = Blueprint("staff_texts", __name__, url_prefix="/staff/messages/texts")

_OURS = "ours_"
_KINDS = tuple(kind for kind in MessageKind if kind not in NOT_OURS)


class TextsForm(AmendingForm, PlainForm):
    """The organisation's own subject and opening in each language; empty brings ours back."""

    fr_subject = StringField(N_("Objet"), validators=[AtMost(150)])
    fr_opening = TextAreaField(N_("Premières phrases"), validators=[AtMost(2000)])
    en_subject = StringField(N_("Objet"), validators=[AtMost(150)])
    en_opening = TextAreaField(N_("Premières phrases"), validators=[AtMost(2000)])
    act = HiddenField()

    save_button: ClassVar = {"name": "act", "value": "keep"}
    called: ClassVar = {
        "fr_subject": N_("Objet, en français"),
        "fr_opening": N_("Premières phrases, en français"),
        "en_subject": N_("Objet, en anglais"),
        "en_opening": N_("Premières phrases, en anglais"),
    }

    def wording(self, code: str) -> Wording:
        """What was written in one language; nothing, when ours is asked for."""
        if self.act.data == f"{_OURS}{code}":
            return Wording()
        return Wording(self[f"{code}_subject"].data or "", self[f"{code}_opening"].data or "")


@staff_texts.get("")
def table() -> str:
    """Every message that the platform sends, and which say the organisation's own words."""
    with site().database.reading() as db:
        changed = {pair for pair, wording in all_wordings(db).items() if wording != Wording()}
    return render_template("staff/texts/table.html", section="settings", kinds=_KINDS, changed=changed)


@staff_texts.route("/<kind>", methods=["GET", "POST"])
def page(kind: str) -> Response | tuple[str, int]:
    """The words of one message in both languages, seen before they are kept."""
    if kind not in {member.value for member in _KINDS}:
        abort(404)
    chosen = MessageKind(kind)
    with site().database.reading() as db:
        stored = _wordings(db, chosen)
        form = TextsForm(data=_fields(stored))
        form.amends(("organisation", 1), _fields(stored), lambda db: _fields(_wordings(db, chosen)))
        rendered = {code: _seen(db, chosen, code, form) for code in LANGUAGES}
        former = _former(db, chosen)
    acts = form.act.data == "keep" or str(form.act.data).startswith(_OURS)
    if form.validate_on_submit() and acts and (undo := _keep(chosen, form)) is not None:
        return done(N_("Le texte est enregistré."), url_for("staff_texts.page", kind=kind), undo=undo)
    content = render_template(
        "staff/texts/page.html",
        section="settings",
        kind=chosen,
        form=form,
        stored=stored,
        own={code for code in LANGUAGES if stored[code] != Wording()},
        rendered=rendered,
        former=former,
        placeholders=PLACEHOLDERS,
    )
    return content, 422 if form.mistakes else 200


def _keep(kind: MessageKind, form: TextsForm) -> str | None:
    """Keep what was written; gives where it is undone, or None when it cannot be kept."""
    changes = []
    with change(form) as (db, now):
        today = now.astimezone(identity().zone).date()
        for code in LANGUAGES:
            try:
                changed = change_wording(
                    db, kind, code, form.wording(code), today=today, now=now, account_id=me().account_id
                )
            except BadInput as refusal:
                form[f"{code}_{refusal.field}"].errors = [refusal.sentence]
                return None
            changes.append((text_subject(kind, code), changed))
        return undo_address(db, *changes)


def _seen(db: Session, kind: MessageKind, code: str, form: TextsForm) -> Rendered:
    here = site()
    return preview_sample(db, kind, code, base_url=here.settings.base_url, now=here.now(), wording=form.wording(code))


def _former(db: Session, kind: MessageKind) -> list[tuple[str, FormerLine]]:
    """What was written before in each language, newest first."""
    lines = [(code, line) for code in LANGUAGES for line in history(db, text_subject(kind, code))]
    return sorted(lines, key=lambda pair: -pair[1].id)


def _wordings(db: Session, kind: MessageKind) -> dict[str, Wording]:
    return {code: wording_of(db, kind, code) for code in LANGUAGES}


def _fields(stored: dict[str, Wording]) -> dict[str, str]:
    subjects = {f"{code}_subject": wording.subject for code, wording in stored.items()}
    return subjects | {f"{code}_opening": wording.opening for code, wording in stored.items()}
