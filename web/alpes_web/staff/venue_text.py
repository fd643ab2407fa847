"""A venue as somebody writes it: its commune is one line of text that has to be found in the list."""

from dataclasses import replace

from sqlmodel import Session

from alpes_events.agenda.venues import BadVenue, VenueDraft
from alpes_events.language.sentence import N_
from alpes_events.territory.queries import communes_of_postal_code, resolve_commune
from alpes_web.commune_text import name_and_code


def located(db: Session, draft: VenueDraft) -> VenueDraft:
    """The draft with its commune found in the list, or as typed when it is not listed.

    Raises `BadVenue` when name or commune is missing, or when a postal code alone is shared by several communes.
    """
    if not draft.name.strip():
        raise BadVenue(N_("Écrivez le nom du lieu."), field="name")
    name, postal_code = name_and_code(draft.commune_name)
    if not name and not postal_code:
        raise BadVenue(N_("Indiquez la commune du lieu."), field="commune_name")
    found = resolve_commune(db, name=name, postal_code=postal_code)
    if found is not None:
        sole = found.postal_codes[0] if len(found.postal_codes) == 1 else ""
        return replace(draft, insee_code=found.insee_code, commune_name=found.name, postal_code=postal_code or sole)
    choices = [] if name else communes_of_postal_code(db, postal_code)
    if choices:
        raise BadVenue(
            N_("Plusieurs communes ont ce code postal : %(communes)s. Ajoutez le nom de la bonne."),
            field="commune_name",
            communes=", ".join(choice.name for choice in choices),
        )
    return replace(draft, commune_name=name, postal_code=postal_code)
