"""Who may open which page: every rule of the site stands in one table, or the site does not start."""

from collections.abc import Mapping
from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.models import Role
from alpes_web.site import site
from alpes_web.visitor import visitor


class Access(Enum):
    """A kind of page by who may open it. `LINK` is for whoever holds its secret: never stored, never indexed."""

    PUBLIC = "public"
    LINK = "link"
    SIGNED_IN = "signed_in"
    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    STAFF = "staff"
    SIGN_UPS = "sign_ups"
    DOOR = "door"
    FIGURES = "figures"
    COORDINATION = "coordination"
    FACILITATION = "facilitation"
    ADMINISTRATION = "administration"


_COORDINATION = frozenset({Role.COORDINATOR, Role.FACILITATOR, Role.ADMINISTRATOR})

ROLES: Mapping[Access, frozenset[Role]] = {
    Access.SIGNED_IN: frozenset(Role),
    Access.CANDIDATE: frozenset({Role.CANDIDATE}),
    Access.EMPLOYER: frozenset({Role.EMPLOYER}),
    Access.STAFF: _COORDINATION | {Role.ADVISOR, Role.DOOR, Role.READER},
    Access.SIGN_UPS: _COORDINATION | {Role.ADVISOR},
    Access.DOOR: _COORDINATION | {Role.DOOR},
    Access.FIGURES: _COORDINATION | {Role.ADVISOR, Role.READER},
    Access.COORDINATION: _COORDINATION,
    Access.FACILITATION: frozenset({Role.FACILITATOR}),
    Access.ADMINISTRATION: frozenset({Role.ADMINISTRATOR}),
}
"""The roles of each kind of page; the kinds that are not here are open to everyone."""

OPEN = frozenset({Access.PUBLIC, Access.LINK})

BY_LINK = frozenset({Access.CANDIDATE, Access.EMPLOYER})
"""The pages of those who sign in by a link or a code."""

OPEN_WITHOUT_SECOND_FACTOR = frozenset({"second_factor.page", "second_factor.set_up", "sign_in.sign_out"})
"""What somebody may open of whom the organisation asks a second factor, until they have one."""


class UndeclaredRouteError(RuntimeError):
    """A route that nobody declared who may open, or a declaration without a route: the site refuses to start."""


def guard(app: Flask, policy: Mapping[str, Access]) -> None:
    """Check that `policy` declares exactly the endpoints of `app`, and hold every request to it."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    undeclared, unknown = endpoints - policy.keys(), policy.keys() - endpoints
    if undeclared or unknown:
        raise UndeclaredRouteError(
            f"undeclared routes: {sorted(undeclared)}; declared without a route: {sorted(unknown)}"
        )

    @app.before_request
    def check_access() -> Response | None:
        access = policy.get(request.endpoint or "", Access.PUBLIC)  # without an endpoint: the 404 or 405 to come
        if access in OPEN:
            return None
        person = visitor()
        if person is None and request.method in {"GET", "HEAD"}:
            here = request.full_path if request.query_string else request.path
            door = "sign_in.candidate" if access in BY_LINK else "sign_in.staff"
            return redirect(url_for(door, next=here), code=303)
        if person is None or person.role not in ROLES[access]:
            account_id = None if person is None else person.account_id
            note_access(site().database, AuditAction.ACCESS_REFUSED, now=site().now(), account_id=account_id)
            abort(403)
        if person.second_factor_due and request.endpoint not in OPEN_WITHOUT_SECOND_FACTOR:
            return redirect(url_for("second_factor.page"), code=303)
        return None


def access_of(endpoint: str | None, policy: Mapping[str, Access]) -> Access:
    """The kind of page behind `endpoint`; an unknown page is public, and answers 404."""
    return policy.get(endpoint or "", Access.PUBLIC)
