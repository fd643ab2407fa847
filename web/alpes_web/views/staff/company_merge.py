"""Two companies made one by hand: the other is looked for, both are shown with what becomes of each, then merged."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.merging import merge_by_hand
from alpes_events.language.sentence import N_
from alpes_web.company_words import SIAE_KINDS, SIZES
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_merge import comparison, search_other
from alpes_web.staff.company_page import company_head, standing
from alpes_web.staff.scope import me

staff_company_merge = Blueprint("staff_company_merge", __name__, url_prefix="/staff/companies/<int:company_id>/merge")


@staff_company_merge.get("")
def search(company_id: int) -> str | Response:
    """Which other company is it? By words; at first those that share a word of the name."""
    with site().database.reading() as db:
        head = company_head(db, company_id)
        found = search_other(db, head)
    if head.company.id != company_id:
        return redirect(url_for("staff_company_merge.search", company_id=head.company.id), 303)
    return render_template("staff/companies/merge_search.html", section="companies", company=head.company, found=found)


@staff_company_merge.get("/<int:other_id>")
def compare(company_id: int, other_id: int) -> str | Response:
    """Both side by side, and the one company that they would be. Nothing is changed yet."""
    with site().database.reading() as db:
        roots = standing(db, company_id), standing(db, other_id)
        if roots[0] == roots[1]:
            return redirect(url_for("staff_companies.page", company_id=roots[0]), 303)
        both = comparison(db, *roots)
    return render_template(
        "staff/companies/merge.html", section="companies", both=both, sizes=SIZES, siae_kinds=SIAE_KINDS
    )


@staff_company_merge.post("/<int:other_id>")
def merge(company_id: int, other_id: int) -> Response:
    """One company: the first record stands for both."""
    pressed()
    with change() as (db, now):
        proposal_id = merge_by_hand(db, company_id, other_id, now=now, account_id=me().account_id)
        kept_id = standing(db, company_id)
    address = url_for("staff_companies.page", company_id=kept_id)
    sentence = N_("Les deux fiches n’en font plus qu’une. Vous pouvez revenir en arrière pendant trente jours.")
    return done(sentence, address, undo=url_for("staff_company_doubles.undo", double_id=proposal_id))
