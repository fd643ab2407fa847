"""The forms of the yearly report: making one, what it is called, its chapters, publishing it."""

from typing import Any

from sqlmodel import Session, col, select
from wtforms import StringField, TextAreaField

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.people.models import Account
from alpes_events.reporting.models import ChapterState, Report, ReportChapter
from alpes_events.reporting.templates import TEMPLATES, the_template
from alpes_web.access import ROLES, Access
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import language
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import DayField, NumberField, PlainForm, SeenField
from alpes_web.staff.report_words import CHAPTER_STATES


class NewReportForm(PlainForm):
    """A report on a year, from a template."""

    year = NumberField(N_("Année"), [Needed(N_("Indiquez l’année du rapport."))], description=N_("Comme 2025."))
    template = ChoiceField(N_("Modèle"), [("", N_("Choisissez"))], validators=[Needed(N_("Choisissez un modèle."))])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.template.choices += [(code, template_words(code)) for code in TEMPLATES]


class ReportForm(AmendingForm, PlainForm):
    """What a report is called, for whom it is, by when it must be done."""

    title = StringField(N_("Titre du rapport"), [Needed(N_("Donnez un titre au rapport.")), AtMost(150)])
    title_en = StringField(
        N_("Titre en anglais"), [AtMost(150)], description=N_("Si vous le laissez vide, le titre français est imprimé.")
    )
    audience = StringField(N_("Pour qui"), [AtMost(100)], description=N_("Imprimé sous le titre. Vide : pour tous."))
    audience_en = StringField(N_("Pour qui, en anglais"), [AtMost(100)])
    due_on = DayField(N_("À rendre pour le"))


class NewChapterForm(PlainForm):
    """A chapter to add."""

    title = StringField(N_("Titre du chapitre"), [Needed(N_("Donnez un titre au chapitre.")), AtMost(150)])


class ChapterForm(AmendingForm, PlainForm):
    """A chapter: its titles, how far it is, who fills it, by when."""

    title = StringField(N_("Titre du chapitre"), [Needed(N_("Donnez un titre au chapitre.")), AtMost(150)])
    title_en = StringField(N_("Titre en anglais"), [AtMost(150)])
    state = ChoiceField(
        N_("Où il en est"), [(state.value, words.words) for state, words in reversed([*CHAPTER_STATES.items()])]
    )
    responsible_id = ChoiceField(N_("Qui le remplit"), [("", N_("Personne encore"))])
    due_on = DayField(N_("À rendre pour le"))

    def prepare(self, db: Session) -> None:
        """Offer those who write reports, and whoever fills this chapter now."""
        asked = select(Account.id, Account.name).where(
            col(Account.role).in_(ROLES[Access.COORDINATION]), col(Account.disabled_at).is_(None)
        )
        found = db.exec(asked.order_by(col(Account.name), col(Account.id)))
        self.responsible_id.choices = [
            *self.responsible_id.choices[:1],
            *((str(account_id), name) for account_id, name in found),
        ]


class PublishForm(PlainForm):
    """Publishing: why, where something must be said. `shown` is the mark of what was read before."""

    shown = SeenField()
    why = TextAreaField(N_("Pourquoi, et ce qui change"), [AtMost(500)])


def stored_report(row: Report) -> dict[str, object]:
    """What is stored of a report, for its form."""
    return {
        "title": row.title,
        "title_en": row.title_en,
        "audience": row.audience,
        "audience_en": row.audience_en,
        "due_on": row.due_on,
    }


def stored_chapter(row: ReportChapter) -> dict[str, object]:
    """What is stored of a chapter, for its form."""
    return {
        "title": row.title,
        "title_en": row.title_en,
        "state": row.state.value,
        "responsible_id": "" if row.responsible_id is None else str(row.responsible_id),
        "due_on": row.due_on,
    }


def chosen_state(form: ChapterForm) -> ChapterState:
    """How far the chapter is."""
    return ChapterState(form.state.data)


def template_words(code: str) -> str:
    """What a template is called, without its year."""
    template, french = the_template(code), language() == SOURCE_LANGUAGE
    title = (template.title if french else template.title_en) % {"year": ""}
    audience = template.audience if french else template.audience_en
    title = " ".join(title.split()).strip(" –,:")
    return f"{title} ({audience})" if audience and audience not in title else title
