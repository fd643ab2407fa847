"""The access policy: every page of the site, and who may open it."""

from alpes_web.access import Access
from alpes_web.staff_policy import STAFF_POLICY

POLICY: dict[str, Access] = STAFF_POLICY | {
    "static": Access.PUBLIC,
    "about.accessibility": Access.PUBLIC,
    "about.find_us": Access.PUBLIC,
    "about.legal": Access.PUBLIC,
    "about.manifest": Access.PUBLIC,
    "about.your_data": Access.PUBLIC,
    "agenda.month": Access.PUBLIC,
    "agenda.upcoming": Access.PUBLIC,
    "demo.mail": Access.LINK,
    "demo.mailbox": Access.LINK,
    "events.page": Access.PUBLIC,
    "events.picture": Access.PUBLIC,
    "feeds.agenda": Access.PUBLIC,
    "feeds.event": Access.PUBLIC,
    "feeds.own": Access.LINK,
    "my_sign_up.accept": Access.LINK,
    "my_sign_up.cancel": Access.LINK,
    "my_sign_up.page": Access.LINK,
    "my_sign_up.survey": Access.LINK,
    "my_space.make_calendar": Access.CANDIDATE,
    "my_space.revoke_calendar": Access.CANDIDATE,
    "my_space.home": Access.CANDIDATE,
    "sign_up.done": Access.LINK,
    "sign_up.form": Access.LINK,
    "sign_in.account": Access.SIGNED_IN,
    "sign_in.candidate": Access.LINK,
    "sign_in.code": Access.LINK,
    "sign_in.link": Access.LINK,
    "sign_in.sign_out": Access.SIGNED_IN,
    "sign_in.staff": Access.LINK,
    "subscribe.how": Access.PUBLIC,
}
