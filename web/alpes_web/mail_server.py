"""What keeps the mail server from taking our mail, in a sentence: asked by opening a line as the sender does."""

import smtplib
import ssl
from dataclasses import replace

from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.messages.carrier import CarrierDown
from alpes_events.settings.deployment import MailServer
from alpes_web.mail import FlaskMailCarrier

_PATIENCE = 10.0
"""Seconds: somebody waits before a terminal."""


def mail_trouble(server: MailServer) -> Sentence | None:
    """Connect, encrypt and log in as when mail is sent, and say what failed; None when mail could leave."""
    asked = replace(server, timeout_seconds=min(server.timeout_seconds, _PATIENCE))
    try:
        with FlaskMailCarrier(asked).line():
            return None
    except CarrierDown as down:
        return say(_sentence(down.__cause__), host=server.host, port=server.port, file=server.ca_file)


def _sentence(cause: BaseException | None) -> str:
    match cause:
        case ssl.SSLCertVerificationError():
            return N_(
                "Le certificat du serveur de courriel %(host)s n’est pas reconnu, et rien ne lui est confié : vérifiez "
                "ALPES_MAIL_HOST, ou indiquez par ALPES_MAIL_CA_FILE l’autorité qui l’a signé."
            )
        case FileNotFoundError() | PermissionError():
            return N_("Le fichier %(file)s ne peut pas être lu : vérifiez ALPES_MAIL_CA_FILE.")
        case smtplib.SMTPAuthenticationError():
            return N_(
                "Le serveur de courriel %(host)s refuse le nom ou le mot de passe : vérifiez ALPES_MAIL_USER et "
                "ALPES_MAIL_PASSWORD."
            )
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            return N_(
                "Le serveur de courriel %(host)s:%(port)d ne chiffre pas de cette façon : vérifiez ALPES_MAIL_SECURITY "
                "(starttls va souvent avec le port 587, tls avec le port 465)."
            )
        case _:
            return N_(
                "Le serveur de courriel %(host)s:%(port)d ne répond pas : vérifiez ALPES_MAIL_HOST et ALPES_MAIL_PORT."
            )
