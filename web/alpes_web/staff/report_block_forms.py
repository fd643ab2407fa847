"""The forms of a report's blocks: one for each kind, in both languages, read into what the block says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from flask_wtf.file import FileField
from sqlmodel import Session
from wtforms import BooleanField, StringField, TextAreaField

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pictures.keeping import keep_picture
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.refusals import BadReport
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import translated
from alpes_web.picture_answer import sent_picture
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.clause_form_page import blame
from alpes_web.staff.fields import LinesField, PlainForm, SeenField

Content = dict[str, Any]
_LONGEST = 10_000
_LONGEST_HEADING = 150
_MOST_SIDE = 1600
"""Pixels of the larger side of a picture, as it is kept: enough for the width of a printed page."""


class BlockForm(AmendingForm, PlainForm):
    """What every block has: a heading in both languages. `act` is the button: `see` shows, `keep` saves."""

    save_button: ClassVar[Mapping[str, str]] = {"name": "act", "value": "keep"}
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("heading", "heading_en"),)
    takes: ClassVar[str] = ""
    """What the list of figures gives: `text` puts them within sentences, `list` one a line; « »: it takes none."""

    act = SeenField()
    heading = StringField(N_("Titre"), [AtMost(_LONGEST_HEADING)])
    heading_en = StringField(N_("Titre en anglais"), [AtMost(_LONGEST_HEADING)])

    @property
    def content(self) -> Content:
        """What the block says: only what is written, as it is stored."""
        return {field.name: _plain(field.data) for field in self._asked if field.data}

    def kept_content(self, db: Session, stored: Mapping[str, Any], *, now: datetime) -> Content:
        """What the block says, to be stored; `stored` is what it says now."""
        del db, stored, now
        return self.content

    def blame_figures(self, refusal: Refusal) -> None:
        """Put a refusal beside the field that names figures: those of a text stand within it."""
        blame(self, refusal, first="heading", names={} if "figures" in self else {"figures": "text"})


class TextForm(BlockForm):
    """Sentences with figures inside."""

    rows = (("heading", "heading_en"), ("text",), ("text_en",))
    takes = "text"

    text = TextAreaField(
        N_("Texte"),
        [Needed(N_("Écrivez le texte.")), AtMost(_LONGEST)],
        description=N_("Un chiffre s’écrit par son nom entre accolades. Une ligne vide commence un paragraphe."),
    )
    text_en = TextAreaField(
        N_("Texte en anglais"),
        [AtMost(_LONGEST)],
        description=N_("Si vous le laissez vide, le texte français est imprimé."),
    )


class FiguresForm(BlockForm):
    """Figures side by side, or drawn."""

    rows = (("heading", "heading_en"), ("figures",))
    takes = "list"

    figures = LinesField(
        N_("Chiffres"),
        validators=[Needed(N_("Choisissez au moins un chiffre."))],
        description=N_("Un nom par ligne, de la liste des chiffres."),
    )


class TableForm(BlockForm):
    """A row for each figure; or a row for each member of lists."""

    rows = (("heading", "heading_en"), ("figures",), ("columns",), ("compared", "aimed"))
    takes = "list"

    figures = LinesField(N_("Lignes"), description=N_("Un chiffre par ligne du tableau."))
    columns = LinesField(
        N_("Colonnes"),
        description=N_("Pour un tableau par commune, par événement… : des listes, dont le nom contient {}."),
    )
    compared = BooleanField(N_("Comparer à l’année d’avant"))
    aimed = BooleanField(N_("Montrer l’objectif"))


class EventsForm(BlockForm):
    """A line for each event of the year."""

    rows = (("heading", "heading_en"), ("kinds",))

    kinds = TicksField(N_("Événements de quelles sortes"), {}, description=N_("Aucune cochée : toutes."))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kinds.choices = {kind.value: translated(KIND_WORDS[kind].many) for kind in EventKind}


class PictureForm(BlockForm):
    """A picture, and what it shows."""

    rows = (("heading", "heading_en"), ("picture",), ("caption", "caption_en"))

    picture = FileField(N_("Image"), description=N_("JPEG, PNG ou WebP, 3 Mo au plus."))
    caption = StringField(
        N_("Ce que montre l’image"),
        [Needed(N_("Dites ce que montre l’image : c’est imprimé dessous.")), AtMost(200)],
    )
    caption_en = StringField(N_("Ce que montre l’image, en anglais"), [AtMost(200)])

    def kept_content(self, db: Session, stored: Mapping[str, Any], *, now: datetime) -> Content:
        """With the picture that was sent, or else the one that is there. Raises `BadPicture`, `BadReport`."""
        content, name = sent_picture(self.picture.data)
        picture_id = stored.get("picture_id")
        if name:
            picture_id = keep_picture(db, content, name=name, most_side=_MOST_SIDE, field="picture", now=now)
        if picture_id is None:
            raise BadReport(N_("Choisissez une image."), field="picture")
        return {**self.content, "picture_id": picture_id}


FORMS: Mapping[BlockKind, type[BlockForm]] = {
    BlockKind.TEXT: TextForm,
    BlockKind.FIGURES: FiguresForm,
    BlockKind.CHART: FiguresForm,
    BlockKind.TABLE: TableForm,
    BlockKind.EVENTS: EventsForm,
    BlockKind.PICTURE: PictureForm,
}
"""The form of each kind of block that is written."""


def stored_content(form: type[BlockForm], content: Mapping[str, Any]) -> Content:
    """What is stored of a block, for the fields of its form."""
    names = {name for row in form.rows for name in row}
    return {name: value for name, value in content.items() if name in names}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class CommentForm(PlainForm):
    """A word to whoever fills the block."""

    remark = TextAreaField(N_("Votre remarque"))
