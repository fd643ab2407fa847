"""The page that asks whether one is sure, before something of the clause is closed or taken away."""

from collections.abc import Sequence

from flask import render_template

from alpes_web.staff.clause_form_page import Steps


def sure_page(*, title: str, told: Sequence[str], button: str, steps: Steps, back: str, part: str = "contracts") -> str:
    """The page: what will be, in sentences; the button, which sends to the page's own address; and the way back."""
    return render_template(
        "staff/clause/sure.html",
        section="clause",
        part_name=part,
        page_words=title,
        page_steps=[*steps, (title, "")],
        told=told,
        button=button,
        back=back,
    )
