"""What a page says when it cannot do what was asked: one handler for refusals, one plain page for each error."""

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, TooManyRequests

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.identity import UNKNOWN
from alpes_web.languages import said
from alpes_web.opening import sentence_of

_TITLES = {
    400: N_("Cette demande n’est pas lisible"),
    401: N_("Identifiez-vous d’abord"),
    403: N_("Cette page n’est pas ouverte à votre compte"),
    404: N_("Cette page n’existe pas"),
    405: N_("Cette page ne s’utilise pas ainsi"),
    409: N_("Ce n’est pas possible pour l’instant"),
    410: N_("Ce lien ne sert plus"),
    413: N_("Cet envoi est trop lourd"),
    422: N_("Une réponse est à corriger"),
    429: N_("Trop de demandes à la fois"),
    500: N_("Le site a eu un problème"),
}
_ADVICE = {
    400: N_("Revenez à la page précédente, rechargez-la, puis recommencez."),
    403: N_("Si vous devriez pouvoir l’ouvrir, demandez à la personne qui gère les comptes."),
    404: N_("L’adresse est peut-être incomplète, ou la page a été retirée. L’agenda vous y mène sûrement."),
    405: N_("Passez par l’agenda ou par votre espace."),
    413: N_("Choisissez un fichier plus petit, puis recommencez."),
    429: N_("Attendez une minute, puis recommencez."),
    500: N_("Ce n’est pas de votre fait. Réessayez dans un moment ; si cela continue, appelez-nous."),
}
_INTERFACE = "/api/"
_A_MINUTE = 60
_EXPIRED_FORM = N_(
    "Le formulaire était ouvert depuis trop longtemps, ou les cookies sont bloqués. "
    "Revenez en arrière, rechargez la page, puis recommencez."
)


def install(app: Flask) -> None:
    """Answer every refusal and every error of `app` with a page that says what to do next."""
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _broken)


def _refuse(refusal: Refusal) -> Response:
    return _page(refusal.status, sentence_of(refusal))


def _expired(_error: CSRFError) -> Response:
    return _page(400, say(_EXPIRED_FORM))


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or an answer made elsewhere
        return make_response(error.response)
    status = error.code or 500
    answer = _page(status, _advice(error, status))
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After", "Location"}:
            answer.headers[name] = value
    answer.status_code = status
    return answer


def _advice(error: HTTPException, status: int) -> Sentence:
    """What to do next; who tried too often is told how long they wait."""
    wait = error.retry_after if isinstance(error, TooManyRequests) else None
    if isinstance(wait, int) and wait > _A_MINUTE:
        return say(N_("Attendez %(minutes)d minutes, puis recommencez."), minutes=-(-wait // _A_MINUTE))
    return say(_ADVICE.get(status, _ADVICE[500]))


def _broken(_error: InternalServerError) -> Response:
    return _plain_page(500, say(_ADVICE[500]))


def _page(status: int, sentence: Sentence) -> Response:
    if request.path.startswith(_INTERFACE):
        return _problem(status, sentence)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response({"error": said(sentence)}, status)
    if isinstance(request.routing_exception, SecurityError):
        return _plain_page(status, sentence)
    page = render_template("error.html", title=_title(status), sentence=sentence, status=status)
    return make_response(page, status)


def _problem(status: int, sentence: Sentence) -> Response:
    """What programs get (RFC 9457)."""
    told = {"type": "about:blank", "title": _title(status), "status": status, "detail": said(sentence)}
    answer = make_response(told, status)
    answer.headers["Content-Type"] = "application/problem+json"
    return answer


def _plain_page(status: int, sentence: Sentence) -> Response:
    """A page that asks nothing of the database nor of the routes: they may be what is broken."""
    g.identity, g.visitor = UNKNOWN, None
    return make_response(render_template("plain.html", title=_title(status), sentence=sentence), status)


def _title(status: int) -> str:
    return said(_TITLES.get(status, _TITLES[409]))
