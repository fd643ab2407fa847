"""The settings of one deployment: environment first, then a TOML file, then a default. Read once, never changed."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

SHORTEST_SECRET = 32
MAIL_SECURITY = ("starttls", "tls", "none")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""This computer's own names: what is sent there passes over no network."""
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?\Z", re.IGNORECASE)
_KNOWN_BAD_SECRETS = frozenset({"change-me", "secret", "dev", "password", "alpes"})


class BadSettings(Refusal):
    """A setting that would make the platform unsafe or unable to start."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. `security` is `starttls`, `tls` or `none`; `timeout_seconds` bounds every wait.

    The server's certificate is always checked: against this computer's authorities, or those of `ca_file` (PEM).
    """

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    security: str = "starttls"
    sender: str = ""
    ca_file: str = ""
    timeout_seconds: float = 15.0


@dataclass(frozen=True)
class Deployment:
    """Everything that differs between two installations and is not a row."""

    secret_key: str
    database_url: str = "sqlite:///var/alpes.db"
    base_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    debug: bool = False
    var_folder: Path = Path("var")
    mail: MailServer = MailServer()
    trusted_networks: tuple[str, ...] = ()
    embed_sites: tuple[str, ...] = ()
    backup_folder: Path = Path("var/backups")
    backup_keep: int = 14
    log_format: str = "text"
    proxy_count: int = 0

    @property
    def secure(self) -> bool:
        """Whether people reach the site by https."""
        return self.base_url.startswith("https://")

    @property
    def mailbox_folder(self) -> Path:
        """Where demo mode keeps the mail that it would have sent."""
        return self.var_folder / "mailbox"


def read_settings(environment: Mapping[str, str] | None = None, *, to_serve: bool = True) -> Deployment:
    """Read the settings, or raise `BadSettings` with what to change.

    `ALPES_CONFIG` names the TOML file; each key of it can be given as `ALPES_<KEY>`, mail as `ALPES_MAIL_<KEY>`.
    Outside demo mode a weak secret or debug is refused, unless nothing is served to people (`to_serve` False): a
    command that only reads and writes the database needs no secret.
    """
    env = os.environ if environment is None else environment
    from_file = _toml(env.get("ALPES_CONFIG", ""))
    values = {name: env.get(f"ALPES_{name.upper()}", from_file.get(name)) for name in _KINDS}
    mail_file = from_file.get("mail", {})
    mail = {name: env.get(f"ALPES_MAIL_{name.upper()}", mail_file.get(name)) for name in _MAIL_KINDS}
    chosen = {name: _as(kind, name, values[name]) for name, kind in _KINDS.items() if values[name] is not None}
    server = MailServer(
        **{name: _as(kind, f"mail_{name}", mail[name]) for name, kind in _MAIL_KINDS.items() if mail[name] is not None}
    )
    if server.security not in MAIL_SECURITY:
        raise BadSettings(
            N_("ALPES_MAIL_SECURITY ne peut pas être « %(value)s » : écrivez starttls, tls ou none."),
            value=server.security,
        )
    if chosen.get("demo"):
        chosen.setdefault("secret_key", "demonstration-only-" + "0" * SHORTEST_SECRET)
    settings = Deployment(secret_key=chosen.pop("secret_key", ""), mail=server, **chosen)
    if to_serve and not settings.demo:
        _refuse_unsafe(settings)
    return settings


_KINDS: dict[str, str] = {
    "secret_key": "text",
    "database_url": "text",
    "base_url": "address",
    "demo": "flag",
    "debug": "flag",
    "var_folder": "path",
    "trusted_networks": "networks",
    "embed_sites": "origins",
    "backup_folder": "path",
    "backup_keep": "number",
    "log_format": "text",
    "proxy_count": "number",
}
_MAIL_KINDS: dict[str, str] = {
    "host": "text",
    "port": "number",
    "user": "text",
    "password": "text",
    "security": "text",
    "sender": "text",
    "ca_file": "text",
    "timeout_seconds": "decimal",
}


def _toml(path: str) -> dict[str, Any]:
    if not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise BadSettings(N_("Le fichier %(path)s ne peut pas être lu : vérifiez ALPES_CONFIG."), path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(
            N_("Le fichier %(path)s n’est pas du TOML valable : %(reason)s."), path=path, reason=str(error)
        ) from error


def _as(kind: str, name: str, value: object) -> Any:  # noqa: PLR0911 (one return for each kind)
    """`value` as the kind of its setting, from text or TOML."""
    text = str(value)
    try:
        match kind:
            case "flag":
                return text.lower() in {"1", "true", "yes", "oui", "on"}
            case "number":
                return int(text)
            case "decimal":
                return float(text)
            case "path":
                return Path(text)
            case "address":
                return text.rstrip("/")
            case "list":
                return _listed(value)
            case "networks":
                return tuple(str(ip_network(part, strict=False)) for part in _listed(value))
            case "origins":
                return tuple(_origin(part) for part in _listed(value))
            case _:
                return text
    except ValueError as error:
        sentence = (
            N_("ALPES_%(name)s nomme des réseaux comme 192.0.2.0/24, et non « %(value)s ».")
            if kind == "networks"
            else N_("ALPES_%(name)s doit être un nombre, et non « %(value)s ».")
        )
        raise BadSettings(sentence, name=name.upper(), value=text) from error


def _listed(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value).split(",")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _origin(written: str) -> str:
    """A site by its origin, without a path. Raises `BadSettings`."""
    if not _ORIGIN.match(written.rstrip("/")):
        raise BadSettings(
            N_("« %(site)s » n’est pas l’adresse d’un site : écrivez https://www.ville.example, sans chemin."),
            site=written,
        )
    return written.rstrip("/")


def _refuse_unsafe(settings: Deployment) -> None:
    if settings.debug:
        raise BadSettings(N_("ALPES_DEBUG montre l’intérieur du programme : ne l’utilisez qu’en démonstration."))
    if not settings.secure and urlsplit(settings.base_url).hostname not in LOOPBACK:
        raise BadSettings(
            N_("ALPES_BASE_URL doit commencer par https:// : sinon mots de passe et liens passeraient en clair.")
        )
    secret = settings.secret_key
    if len(secret) < SHORTEST_SECRET or secret.lower() in _KNOWN_BAD_SECRETS or len(set(secret)) < SHORTEST_SECRET // 4:
        raise BadSettings(
            N_(
                "ALPES_SECRET_KEY doit être un secret d’au moins %(length)d caractères. "
                'En voici un moyen : python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            ),
            length=SHORTEST_SECRET,
        )
