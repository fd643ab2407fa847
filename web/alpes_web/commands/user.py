"""`alpes user`: accounts of staff, made and disabled from the terminal."""

import json
import secrets

import click

from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import invite_again
from alpes_events.people.accounts import (
    AccountIn,
    account_of_email,
    create_account,
    disable_account,
)
from alpes_events.people.models import Role
from alpes_events.people.new_password import ready_password, set_password
from alpes_events.people.sign_in_rule import BY_LINK
from alpes_web.commands.db import ensure_current
from alpes_web.terminal import Terminal, json_option, pass_terminal, said


@click.group(
    help=said(N_("Les comptes des équipes : créer, inviter, changer le mot de passe, fermer, rouvrir, secourir.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user password anne@example.org"),
)
def user() -> None:
    """Group of the commands about accounts."""


@user.command(
    help=said(
        N_(
            "Crée un compte. Le mot de passe est demandé, ou lu dans ALPES_PASSWORD ; avec --invite, la personne le "
            "choisit par un lien reçu par e-mail. Candidats et employeurs n’en ont pas."
        )
    ),
    epilog=said(
        N_("Exemple : %(command)s"),
        command="alpes user create anne@example.org --name 'Anne Martin' --role coordinator",
    ),
)
@click.argument("email")
@click.option("--name", required=True, help=said(N_("Prénom et nom.")))
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help=said(N_("Rôle.")))
@click.option("--structure", default="", help=said(N_("Organisme, s’il en est d’un autre.")))
@click.option("--event", "event_id", type=int, help=said(N_("Événement dont la personne tient l’accueil.")))
@click.option("--invite", "invited", is_flag=True, help=said(N_("Envoie un lien pour choisir le mot de passe.")))
@click.option("--generate", is_flag=True, help=said(N_("Tire un mot de passe au sort et l’affiche une fois.")))
@click.option("--password", envvar="ALPES_PASSWORD", hidden=True)
@json_option
@pass_terminal
def create(
    terminal: Terminal,
    *,
    email: str,
    name: str,
    role: str,
    structure: str,
    event_id: int | None,
    invited: bool,
    generate: bool,
    password: str | None,
    as_json: bool,
) -> None:
    """Make an account."""
    ensure_current(terminal)
    invited = invited and Role(role) not in BY_LINK
    chosen = "" if invited or Role(role) in BY_LINK else _password(password, generate=generate)
    account = AccountIn(
        email, name, Role(role), password=chosen, structure=structure, event_id=event_id, invited=invited
    )
    with terminal.database.writing() as db:
        account_id = create_account(db, account, now=terminal.now())
        if invited:
            invite_again(db, account_id, now=terminal.now(), account_id=None)
        db.commit()
    if as_json:
        click.echo(json.dumps({"id": account_id, "password": chosen if generate else None}))
        return
    click.echo(said(N_("Compte %(id)d créé pour %(email)s."), id=account_id, email=email))
    if invited:
        click.echo(said(N_("L’invitation part par e-mail, valable sept jours.")))
    if generate and chosen:
        click.echo(said(N_("Mot de passe, affiché cette seule fois : %(password)s"), password=chosen))


@user.command(
    help=said(
        N_("Donne un nouveau mot de passe : demandé, ou lu dans ALPES_PASSWORD. Les navigateurs sont déconnectés.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user password anne@example.org --generate"),
)
@click.argument("email")
@click.option("--generate", is_flag=True, help=said(N_("Tire un mot de passe au sort et l’affiche une fois.")))
@click.option("--password", "given", envvar="ALPES_PASSWORD", hidden=True)
@json_option
@pass_terminal
def password(terminal: Terminal, *, email: str, generate: bool, given: str | None, as_json: bool) -> None:
    """Give a staff account a new password."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        account_id = account_of_email(db, email).id or 0
    chosen = _password(given, generate=generate)
    with terminal.database.reading() as db:
        new = ready_password(db, account_id, chosen)
    with terminal.database.writing() as db:
        set_password(db, new, now=terminal.now(), account_id=None)
        db.commit()
    if as_json:
        click.echo(json.dumps({"id": account_id, "password": chosen if generate else None}))
        return
    click.echo(said(N_("Le mot de passe de %(email)s est changé."), email=email))
    if generate:
        click.echo(said(N_("Mot de passe, affiché cette seule fois : %(password)s"), password=chosen))


@user.command(
    help=said(N_("Ferme un compte : plus personne ne s’y connecte, et les navigateurs connectés ne le sont plus.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user disable anne@example.org"),
)
@click.argument("email")
@json_option
@pass_terminal
def disable(terminal: Terminal, *, email: str, as_json: bool) -> None:
    """Disable an account."""
    ensure_current(terminal)
    with terminal.database.writing() as db:
        account = account_of_email(db, email)
        disable_account(db, account.id or 0, now=terminal.now())
        db.commit()
        account_id = account.id
    if as_json:
        click.echo(json.dumps({"id": account_id}))
        return
    click.echo(said(N_("Le compte de %(email)s est fermé."), email=email))


def _password(given: str | None, *, generate: bool) -> str:
    if generate:
        return secrets.token_urlsafe(15)
    return given or click.prompt(said(N_("Mot de passe")), hide_input=True, confirmation_prompt=True, type=str)


COMMANDS: list[click.Command] = [user]
