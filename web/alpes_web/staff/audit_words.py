"""What administrators read in the access audit: each action in words, and the audit as a sheet."""

from collections.abc import Iterable

from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.dates import local
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction
from alpes_events.people.audit_list import AuditLine
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.staff.words import Said

AUDIT_ACTIONS: dict[AuditAction, Said] = {
    AuditAction.SIGNED_IN: Said(N_("S’est connecté"), "ok", "key"),
    AuditAction.SIGN_IN_REFUSED: Said(N_("Connexion refusée"), "warn", "alert"),
    AuditAction.SECOND_FACTOR_REFUSED: Said(N_("Code de connexion refusé"), "warn", "alert"),
    AuditAction.SIGNED_OUT: Said(N_("S’est déconnecté"), "muted", "out"),
    AuditAction.SESSION_ENDED: Said(N_("A déconnecté un navigateur"), "muted", "out"),
    AuditAction.ACCESS_REFUSED: Said(N_("Page refusée"), "warn", "alert"),
    AuditAction.EXPORTED: Said(N_("A emporté un fichier"), "muted", "dl"),
    AuditAction.FILE_READ: Said(N_("A lu un dossier"), "muted", "user"),
    AuditAction.NAME_READ: Said(N_("A lu le nom d’une personne, avec son accord"), "muted", "user"),
    AuditAction.FILE_ERASED: Said(N_("A effacé un dossier"), "warn", "x"),
    AuditAction.SEARCHED: Said(N_("A cherché une personne"), "muted", "search"),
    AuditAction.LINK_SENT: Said(N_("A envoyé une invitation"), "muted", "mail"),
    AuditAction.LINK_REVOKED: Said(N_("A annulé une invitation"), "muted", "x"),
    AuditAction.ACCOUNT_CHANGED: Said(N_("A changé un compte"), "muted", "edit"),
    AuditAction.PASSWORD_CHANGED: Said(N_("Mot de passe changé"), "muted", "key"),
    AuditAction.PASSWORD_REFUSED: Said(N_("Mot de passe actuel refusé"), "warn", "alert"),
    AuditAction.PASSWORD_LINK_ASKED: Said(N_("Lien de mot de passe demandé"), "muted", "mail"),
    AuditAction.SECOND_FACTOR_SET: Said(N_("Connexion en deux temps activée"), "ok", "ok"),
    AuditAction.SECOND_FACTOR_REMOVED: Said(N_("Connexion en deux temps retirée"), "warn", "alert"),
    AuditAction.RECOVERY_CODES_MADE: Said(N_("Nouveaux codes de secours"), "muted", "key"),
    AuditAction.RECOVERY_CODE_USED: Said(N_("Code de secours utilisé"), "warn", "alert"),
}
_HEADING = (
    N_("Quand"),
    N_("Action"),
    N_("Compte"),
    N_("Numéro du compte"),
    N_("À propos de"),
    N_("Numéro"),
    N_("Nombre de personnes"),
)
SUBJECTS = {
    "candidate": N_("Personne"),
    "event": N_("Événement"),
    "account": N_("Compte"),
    "errand": N_("Travail"),
    "company_contact": N_("Contact"),
    "clause_document": N_("Document"),
}


def action_words(code: str) -> Said:
    """The action in words; a code of another version of the program as it is."""
    return AUDIT_ACTIONS[AuditAction(code)] if code in set(AuditAction) else Said(code)


def audit_sheet(lines: Iterable[AuditLine]) -> Sheet:
    """The audit as a sheet, a row each."""
    return Sheet(translated(N_("Trace des accès")), [translated(title) for title in _HEADING], list(map(_row, lines)))


def _row(line: AuditLine) -> list[Cell]:
    about = translated(SUBJECTS.get(line.subject_kind, line.subject_kind))
    return [
        local(line.at, zone=identity().zone),
        translated(action_words(line.action).words),
        line.account_name,
        line.account_id,
        f"{about} {line.subject_name}".strip(),
        line.subject_id,
        line.count,
    ]
