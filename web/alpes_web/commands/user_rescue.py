"""`alpes user`: another invitation, a closed account opened again, a lost telephone no longer asked for."""

import json

import click

from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import invite_again, tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.account_changes import reopen_account
from alpes_events.people.accounts import account_of_email, staff_account
from alpes_events.people.protection import LinkPurpose
from alpes_events.people.second_factor import remove_second_factor
from alpes_web.commands.db import ensure_current
from alpes_web.commands.user import user
from alpes_web.terminal import Terminal, json_option, pass_terminal, said

_SENT = {
    LinkPurpose.INVITATION: N_("L’invitation part par e-mail, valable sept jours."),
    LinkPurpose.FORGOTTEN: N_("Ce compte a déjà un mot de passe : un lien d’une heure part, pour en choisir un autre."),
}


@user.command(
    help=said(
        N_("Envoie un lien pour choisir un mot de passe, valable sept jours ; une heure si le compte en a déjà un.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user invite anne@example.org"),
)
@click.argument("email")
@json_option
@pass_terminal
def invite(terminal: Terminal, *, email: str, as_json: bool) -> None:
    """Send another invitation."""
    ensure_current(terminal)
    with terminal.database.writing() as db:
        account_id = staff_account(db, account_of_email(db, email).id or 0).id or 0
        purpose = invite_again(db, account_id, now=terminal.now(), account_id=None)
        db.commit()
    _tell(account_id, said(_SENT[purpose]), as_json=as_json)


@user.command(
    help=said(N_("Rouvre un compte fermé.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user enable anne@example.org"),
)
@click.argument("email")
@json_option
@pass_terminal
def enable(terminal: Terminal, *, email: str, as_json: bool) -> None:
    """Open a closed account again."""
    ensure_current(terminal)
    with terminal.database.writing() as db:
        account_id = account_of_email(db, email).id or 0
        reopen_account(db, account_id, now=terminal.now(), account_id=None)
        db.commit()
    _tell(account_id, said(N_("Le compte de %(email)s est de nouveau ouvert."), email=email), as_json=as_json)


@user.command(
    name="reset-second-factor",
    help=said(
        N_(
            "Ne demande plus le téléphone d’une personne qui l’a perdu : le mot de passe suffit. Elle en est prévenue "
            "par e-mail. C’est aussi le secours de la dernière personne de l’administration."
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes user reset-second-factor anne@example.org"),
)
@click.argument("email")
@json_option
@pass_terminal
def reset_second_factor(terminal: Terminal, *, email: str, as_json: bool) -> None:
    """Take the second factor of an account away."""
    ensure_current(terminal)
    with terminal.database.writing() as db:
        account_id = staff_account(db, account_of_email(db, email).id or 0).id or 0
        removed = remove_second_factor(db, account_id, now=terminal.now(), by=None)
        if removed:
            tell_change(db, account_id, AccountChange.SECOND_FACTOR_RESET, now=terminal.now())
        db.commit()
    sentence = (
        N_("La connexion en deux temps est retirée du compte de %(email)s.")
        if removed
        else N_("Le compte de %(email)s n’a pas de connexion en deux temps.")
    )
    _tell(account_id, said(sentence, email=email), as_json=as_json, removed=removed)


def _tell(account_id: int, sentence: str, *, as_json: bool, **facts: bool) -> None:
    click.echo(json.dumps({"id": account_id, **facts}) if as_json else sentence)


COMMANDS: list[click.Command] = []
"""They belong to `alpes user`."""
