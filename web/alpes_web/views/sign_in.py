"""Signing in and out."""

from flask import Blueprint, render_template

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/sign-in")
def candidate() -> str:
    """Candidates sign in by a link or a code."""
    return render_template("sign_in/candidate.html", section="my_space")


@sign_in.get("/staff/sign-in")
def staff() -> str:
    """Staff sign in by password."""
    return render_template("sign_in/staff.html")


@sign_in.get("/account")
def account() -> str:
    """Who I am, and the way out."""
    return render_template("sign_in/account.html")
