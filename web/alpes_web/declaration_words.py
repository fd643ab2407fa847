"""How far a declaration and its lines have come, as people read it, with tone and icon."""

from alpes_events.clause.declaring.declared import DeclarationState
from alpes_events.clause.tables.declaration_rows import DeclarationWay, LineState
from alpes_events.language.sentence import N_
from alpes_web.staff.words import Said

DECLARATION_SAID = {
    DeclarationState.EXPECTED: Said(N_("attendue"), "warn", "hour"),
    DeclarationState.WRITTEN: Said(N_("écrite, pas envoyée"), "warn", "edit"),
    DeclarationState.RECEIVED: Said(N_("reçue"), "warn", "mail"),
    DeclarationState.DECIDED: Said(N_("décidée"), "ok", "ok"),
}
"""States of a declaration, as staff read them."""

OWN_DECLARATION_SAID = DECLARATION_SAID | {
    DeclarationState.EXPECTED: Said(N_("à remplir"), "warn", "hour"),
    DeclarationState.RECEIVED: Said(N_("envoyée"), "ok", "mail"),
    DeclarationState.DECIDED: Said(N_("vérifiée"), "ok", "ok"),
}
"""The same, as the company reads them."""

LINE_SAID = {
    LineState.WRITTEN: Said(N_("pas encore envoyée"), "muted", "edit"),
    LineState.SENT: Said(N_("à vérifier"), "warn", "hour"),
    LineState.VALIDATED: Said(N_("validée"), "ok", "ok"),
    LineState.REFUSED: Said(N_("refusée"), "bad", "x"),
    LineState.WITHDRAWN: Said(N_("reprise par l’entreprise"), "muted", "x"),
}

WAY_WORDS = {
    DeclarationWay.LINK: N_("par le lien"),
    DeclarationWay.ACCOUNT: N_("par son compte"),
    DeclarationWay.FILE: N_("par un fichier"),
    DeclarationWay.STAFF: N_("saisie par l’équipe"),
}
"""How hours came to us."""
