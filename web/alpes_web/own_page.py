"""A page of one's own space with a form on it."""

from flask import render_template

from alpes_web.forms import StrictForm
from alpes_web.my_data_forms import ButtonForm


def own_page(template: str, form: StrictForm, **more: object) -> tuple[str, int]:
    """The page, and its status: 422 when something in the form is to be put right."""
    page = render_template(template, section="my_space", form=form, button=ButtonForm(), **more)
    return page, 422 if form.mistakes else 200
