"""What the law forbids in a job offer, as patterns with a reason and a proposal (code du travail, L.1132-1, L.1142-1,
L.5321-2 and L.5331-2).

Patterns are matched on text without accents nor capitals, sign for sign: a position there is a position in the text.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from alpes_events.language.sentence import N_


class Ground(StrEnum):
    """What a wording would set people aside for."""

    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    FAMILY = "family"
    APPEARANCE = "appearance"
    HEALTH = "health"
    RESIDENCE = "residence"
    OPINION = "opinion"
    MORALS = "morals"


REASONS: dict[Ground, str] = {
    Ground.AGE: N_("L’âge ne peut pas être une condition d’une offre, sauf si un texte l’impose."),
    Ground.SEX: N_("Une offre s’adresse aux femmes et aux hommes."),
    Ground.ORIGIN: N_("L’origine, la nationalité ou le nom ne peuvent pas être une condition d’une offre."),
    Ground.FAMILY: N_("La situation de famille et la grossesse ne regardent pas l’employeur."),
    Ground.APPEARANCE: N_("L’apparence physique ne peut pas être une condition d’une offre."),
    Ground.HEALTH: N_("La santé et le handicap ne peuvent pas être une condition d’une offre."),
    Ground.RESIDENCE: N_("Le lieu où l’on habite ne peut pas être une condition d’une offre."),
    Ground.OPINION: N_("Les opinions, la religion et l’activité syndicale ne regardent pas l’employeur."),
    Ground.MORALS: N_("Les mœurs et l’orientation sexuelle ne regardent pas l’employeur."),
}


@dataclass(frozen=True)
class Rule:
    """One wording: what it sets people aside for, and what to write instead. `but` is where it is harmless."""

    ground: Ground
    pattern: re.Pattern[str]
    proposal: str
    but: re.Pattern[str] | None = None


def _rule(ground: Ground, pattern: str, proposal: str, *, but: str = "") -> Rule:
    return Rule(ground, re.compile(pattern), proposal, re.compile(but) if but else None)


_SOMEBODY = r"(?:candidat\w*|personnes?|profils?|salarie\w*|collaborat\w+|employe\w*)"
_BEGINNER = N_("Dites ce que le poste demande : « débutant accepté », « formation assurée ».")
_YOUTH_SERVED = (
    r"(?:aupres|accompagn\w*|encadr\w*|anim\w*|accueil\w*|suivi|foyers?|insertion|service|public|groupes?|aide)"
    r"(?: de| des| du| les| aux| d’| d'| pour)* jeunes?\b"
)

RULES: tuple[Rule, ...] = (
    _rule(
        Ground.AGE,
        r"\bjeunes?\b(?: (?:et|,) dynamiques?| diplome\w*| retraite\w*| actif\w*)?",
        _BEGINNER,
        but=rf"\bjeunes? (?:entreprise|societe|pousse|start|structure|association|marque|agence|maison|enfant|public"
        rf"|travailleur|sourd|aveugle|plant|arbre|animaux|animal|bovin|cru|vin|adherent|sportif|client|spectateur"
        rf"|lecteur|eleve|apprenti|mineur|patient|resident|en difficulte|accueilli|suivi|adulte)|{_YOUTH_SERVED}",
    ),
    _rule(Ground.AGE, r"\bdigital natives?\b", N_("Nommez les outils à connaître.")),
    _rule(
        Ground.AGE,
        r"\b(?:(?:age\w* (?:de |entre )?|(?:moins|plus) de |entre |de |maximum |max |minimum |jusqu['’]a )?"
        r"(?:1[4-9]|[2-6]\d) ?(?:ans? )?(?:et|a|/|-|–) ?)?"
        r"(?:(?:age\w* (?:de )?|(?:moins|plus) de |maximum |max |minimum |jusqu['’]a |limite d['’]age)[^.\d]{0,9})?"
        r"(?:1[4-9]|[2-6]\d) ?ans(?: (?:maximum|max|minimum|au plus|revolus))?\b",
        _BEGINNER,
        but=r"\bans (?:d['’]|de |dans |en |sur |minimum d['’]|au (?:moins|sein|service))"
        r"|(?:depuis|pres de|existe|fond\w+|entreprise|societe|groupe|histoire|fete|il y a|garantie|experience)"
        r"[^.]{0,30} ans"
        r"|(?:enfants?|ados?|adolescents?|mineurs?|eleves?|public|resident\w*)[^.]{0,25} ans"
        r"|\b(?:18|dix-huit) ans|cdd de \d+ ans|contrat de \d+ ans",
    ),
    _rule(
        Ground.SEX,
        r"\bfemmes? de (?:menage|chambre)\b",
        N_("« Agent ou agente d’entretien », « employé ou employée d’étage » (H/F)."),
        but=r"\bfemmes? de chambre ?(?:/|ou) ?valets?|valets? (?:de chambre )?(?:/|ou) ?femmes? de chambre",
    ),
    _rule(
        Ground.SEX,
        r"\bhommes? (?:d['’]entretien|toutes mains|a tout faire|de peine|de menage)\b",
        N_("« Agent ou agente d’entretien » (H/F)."),
    ),
    _rule(
        Ground.SEX,
        r"\b(?:(?:recherch\w+|recrut\w+|embauch\w+|uniquement|exclusivement|preference|plutot|poste pour)"
        r"(?: pour| par)?(?: des?| d['’]| les| un| une)? ?|une? )(?:femmes?|hommes?|messieurs|dames?|monsieur|filles?"
        r"|garcons?)\b"
        r"|\b(?:femmes?|hommes?|dames?|filles?|garcons?) (?:de preference|uniquement|exclusivement|seulement"
        r"|souhaite\w*|exige\w*)\b",
        N_("Dites ce que la personne fera, et ajoutez « (H/F) »."),
        but=r"(?:femmes?|hommes?|dames?|filles?|garcons?) ?(?:/|ou|et|-) ?(?:une? |des )?"
        r"(?:femmes?|hommes?|messieurs|filles?|garcons?)(?: \w+){0,2}|garcons? de (?:cafe|salle)|hommes? de l['’]art",
    ),
    _rule(
        Ground.SEX,
        r"\b(?:de )?sexe (?:feminin|masculin)\b|\b(?:profil|candidat\w*|personnel|equipe) (?:feminine?|masculine?)\b",
        N_("Dites ce que la personne fera, et ajoutez « (H/F) »."),
    ),
    _rule(
        Ground.ORIGIN,
        r"\blangues? maternelles?\b(?: \w+)?|\b(?:francais|anglais|neerlandais|allemand|espagnol|arabe) maternel\b"
        r"|\b(?:anglais|francais|allemand|espagnol|neerlandais|locuteur|locutrice|speaker) nati(?:f|fs|ve|ves)\b"
        r"|\bnative speakers?\b",
        N_("Dites le niveau utile au poste : « français courant à l’oral », « anglais C1 »."),
    ),
    _rule(
        Ground.ORIGIN,
        r"\b(?:de )?nationalites? (?:francaises?|europeennes?|belges?|\w+)\b",
        N_("Retirez-le : avoir le droit de travailler en France suffit."),
        but=r"nationalites? (?:differentes?|diverses?|variees?|confondues?)|toutes? nationalites?|\d+ nationalites?",
    ),
    _rule(
        Ground.ORIGIN,
        rf"\b{_SOMEBODY}[^.\n]{{0,20}}d['’]origine \w+|\btype europeen(?:ne)?\b|\bde souche\b|\bbleu blanc rouge\b"
        r"|\bbbr\b|\bcouleur de (?:la )?peau\b|\bsans accent\b|\b(?:pre)?noms? (?:bien )?(?:francais|a consonance)\b"
        r"|\bethnies?\b",
        N_("Retirez-le : dites les compétences que demande le poste."),
    ),
    _rule(
        Ground.FAMILY,
        r"\bcelibataires?\b|\bmarie(?:e|s|es)?\b|\bsans enfants?\b|\b(?:meres?|peres?) de famille\b"
        r"|\bsituations? (?:familiales?|de famille|matrimoniales?)\b|\bcharges? de famille\b"
        r"|\bcontraintes? familiales?\b|\b(?:femme|etre|pas) enceintes?\b|\bcouples? (?:de gardiens|recherche\w*)"
        r"|\brecherch\w+ (?:un )?couple\b|\bsans attaches?\b",
        N_("Dites les horaires et les déplacements : la personne jugera si elle peut les tenir."),
    ),
    _rule(
        Ground.APPEARANCE,
        r"\b(?:bonnes?|excellentes?|tres bonnes?|belles?) presentations?\b|\bpresentations? (?:soignees?|agreables?"
        r"|impeccables?|irreprochables?)\b|\bphysiques? agreables?\b|\bapparences? (?:physiques?|soignees?)\b"
        r"|\bbelle apparence\b|\bsans (?:tatouages?|piercings?|barbe)\b|\btaille mannequin\b",
        N_("Dites la tenue que demande le poste, si elle compte : « tenue de travail fournie »."),
        but=r"presentations? (?:de|des|du) ",
    ),
    _rule(
        Ground.HEALTH,
        r"\b(?:bonnes?|excellentes?|parfaites?) (?:sante|conditions? physiques?|formes? physiques?)\b"
        r"|\bsans handicaps?\b|\bnon handicapes?\b|\bpersonnes? valides?\b|\bpas de (?:maladie|handicap)\b",
        N_("Décrivez la tâche : « port de charges jusqu’à 20 kg », « station debout »."),
    ),
    _rule(
        Ground.RESIDENCE,
        r"\b(?:habit(?:er|ant|ants|ez)|resid(?:er|ant|ants|ez)|domicilie\w*)"
        r"(?: obligatoirement| imperativement)?,? (?:a|au|aux|dans|sur|en|pres|la commune|le secteur|le quartier)\b",
        N_("Dites plutôt : « pouvoir être sur place à 6 h », et comment on y vient."),
        but=r"(?:aux|des|les) (?:habitants|residants)\b",
    ),
    _rule(
        Ground.OPINION,
        rf"\b{_SOMEBODY}[^.\n]{{0,12}}(?:chretien|catholique|musulman|juif|juive|athee|pratiquant|croyant)\w*"
        r"|\bde (?:confession|religion) \w+|\b(?:non|pas) syndiques?\b|\bopinions? (?:politiques?|religieuses?)\b"
        r"|\bsans (?:voile|foulard)\b",
        N_("Retirez-le : dites les compétences que demande le poste."),
    ),
    _rule(
        Ground.MORALS,
        r"\bnon[- ]fume(?:ur|urs|use|uses)\b|\b(?:hetero|homo)sexuel\w*\b|\borientation sexuelle\b",
        N_("Retirez-le ; il suffit de dire que l’on ne fume pas dans les locaux."),
        but=r"(?:etablissements?|hotels?|chambres?|vehicules?|locaux|espaces?|zones?|appartements?) non[- ]fume",
    ),
)
