"""The page of a form of a section (clause, report): its fields in rows, where it stands, where it leads back to."""

from collections.abc import Sequence

from flask import render_template

from alpes_events.language.refusal import BadInput, Refusal
from alpes_web.forms import StrictForm

Steps = Sequence[tuple[str, str]]
"""The way to the page: words with their addresses, the last without one."""


def form_page(
    form: StrictForm,
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    steps: Steps,
    back: str,
    section: str = "clause",
    part: str = "contracts",
    lead: str = "",
    save: str = "",
    other: tuple[str, str] | None = None,
) -> tuple[str, int]:
    """The page and its status. `rows` are the names of the fields that stand side by side; `lead` stands above them;
    `other`, beside the heading, are words and address of what may have to be written first; `section` says whose tabs
    it has.
    """
    page = render_template(
        "staff/clause/form.html",
        section=section,
        part_name=part,
        form=form,
        rows=[[form[name] for name in row] for row in rows],
        page_words=title,
        page_steps=[*steps, (title, "")],
        back=back,
        lead=lead,
        save=save,
        other=other,
    )
    return page, 422 if form.mistakes else 200


def blame(form: StrictForm, refusal: Refusal, *, first: str, names: dict[str, str] | None = None) -> None:
    """Put a refusal beside its field (`names`: those called otherwise in the form), or beside the `first`."""
    about = refusal.field if isinstance(refusal, BadInput) else ""
    about = (names or {}).get(about, about)
    field = form[about if about in form else first]
    field.errors = [*field.errors, refusal.sentence]
