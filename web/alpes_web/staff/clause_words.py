"""What staff read of contracts, lots and the ledger: roles, kinds, methods, states, accounts."""

from collections.abc import Mapping

from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.contracts.directory import Place, Standing
from alpes_events.clause.tables.contract_rows import LotRole, ObligationKind, SizingMethod
from alpes_events.clause.tables.ledger_rows import HourAccount, HourKind, HourSource
from alpes_events.language.sentence import N_
from alpes_web.staff.words import Said

LOT_ROLES: Mapping[LotRole, str] = {
    LotRole.CONTRACTOR: N_("Titulaire"),
    LotRole.CO_CONTRACTOR: N_("Cotraitant"),
    LotRole.SUBCONTRACTOR: N_("Sous-traitant"),
}

OBLIGATION_KINDS: Mapping[ObligationKind, str] = {
    ObligationKind.INITIAL: N_("Obligation de départ"),
    ObligationKind.AMENDMENT: N_("Avenant"),
    ObligationKind.TRANCHE: N_("Tranche"),
    ObligationKind.RENEWAL: N_("Reconduction"),
}

METHODS: Mapping[SizingMethod, str] = {
    SizingMethod.LABOUR_SHARE: N_("Part de main-d’œuvre"),
    SizingMethod.WORKED_HOURS: N_("Part des heures travaillées"),
    SizingMethod.INVOICES: N_("Forfait sur les factures"),
    SizingMethod.STATED: N_("Heures inscrites au marché"),
}

LOT_STATES: Mapping[LotState, Said] = {
    LotState.LATE: Said(N_("En retard"), "bad", "alert"),
    LotState.IN_TIME: Said(N_("Dans les temps"), "ok", "ok"),
    LotState.DONE: Said(N_("Heures faites"), "ok", "check"),
    LotState.OPEN: Said(N_("Sans échéance"), "muted", "hour"),
    LotState.UNSIZED: Said(N_("Sans obligation"), "warn", "alert"),
    LotState.CLOSED: Said(N_("Comptes clos"), "muted", "key"),
}

ACCOUNTS: Mapping[HourAccount, str] = {
    HourAccount.PLANNED: N_("Prévues"),
    HourAccount.DECLARED: N_("Déclarées"),
    HourAccount.VALIDATED: N_("Réalisées"),
    HourAccount.REFUSED: N_("Refusées"),
}

KINDS: Mapping[HourKind, str] = {
    HourKind.PLANNED: N_("prévision"),
    HourKind.DECLARED: N_("déclaration"),
    HourKind.VALIDATED: N_("validation"),
    HourKind.REFUSED: N_("refus"),
    HourKind.CORRECTED: N_("correction"),
    HourKind.TRANSFERRED: N_("transfert"),
}

SOURCES: Mapping[HourSource, str] = {
    HourSource.DECLARATION: N_("déclaration, ligne n° %(number)s"),
    HourSource.FILE: N_("fichier importé"),
    HourSource.CONVENTION: N_("convention n° %(number)s"),
    HourSource.STAFF: N_("saisie ici"),
}

PLACES: Mapping[Place, str] = {
    Place.ALL: N_("Peu importe"),
    Place.INSIDE: N_("Sur le territoire"),
    Place.OUTSIDE: N_("Hors du territoire"),
    Place.UNKNOWN: N_("Lieu non relevé"),
}

STANDINGS: Mapping[Standing, str] = {
    Standing.OPEN: N_("En cours"),
    Standing.CLOSED: N_("Comptes clos"),
    Standing.ALL: N_("Tous"),
}
