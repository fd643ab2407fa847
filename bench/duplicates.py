"""How long it takes to find the duplicates among 20,000 invented people (`ARGS=100000`: as many as that), how many of
those planted are found, by the ways in which forms differ, and how many of those held for certain were planted.

Run: `make bench-duplicates`, `ARGS="[people] [seed]"`. Prints one JSON object.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from alpes_matching.duplicates import Person, Verdict, find_duplicates
from alpes_matching.folding import fold
from bench.machine import about

FAMILY_NAMES = (
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David "
    "Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier "
    "Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry "
    "Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard "
    "Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin "
    "Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey "
    "Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis "
    "Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot "
    "Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Le-Gall Collet "
    "Léger Bouvier Julien Prévost Millet Perrot Daniel Cousin Germain Breton Besson Langlois Rémy Le-Roux Pelletier "
    "Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez "
    "Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Da-Silva Bouchet Gay Lemaître Bénard "
    "Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier "
    "Diallo Traoré Nguyen Benali Haddad Kowalski Diop Ferreira Santos Yilmaz"
)
GIVEN_NAMES = (
    "Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Christine Sandrine Stéphanie Céline Julie Aurélie "
    "Laura Sarah Camille Léa Manon Emma Chloé Inès Jade Louise Alice Lina Fatima Aminata Nadia Sofia Élodie Émilie "
    "Jean Pierre Michel Philippe Alain Patrick Nicolas Christophe Frédéric Laurent Stéphane Thierry David Sébastien "
    "Julien Thomas Alexandre Maxime Antoine Kévin Lucas Hugo Théo Louis Adam Nathan Mohamed Karim Yanis Mehdi Mamadou "
    "Anne-Sophie Jean-Luc Marie-Claude Jean-Pierre Anaïs Océane Mathilde Pauline Charlotte Clémence Romain Benjamin "
    "Guillaume Quentin Florian Clément Bastien Amandine Mélanie Jessica Virginie Delphine Karine Laetitia Caroline"
)


def main() -> None:
    """Invent, plant, find, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    chance = random.Random(seed)
    people = [_person(number, chance) for number in range(1, count + 1)]
    planted: dict[tuple[int, int], Person] = {}
    changed: dict[tuple[int, int], tuple[str, ...]] = {}
    for number, person in enumerate(chance.sample(people, count // 40), start=1):
        pair = person.id, count + number
        planted[pair], changed[pair] = _again(person, count + number, chance)
    people += planted.values()
    begin = time.perf_counter()
    pairs = find_duplicates(people)
    seconds = time.perf_counter() - begin
    found = {(pair.first_id, pair.second_id): pair.comparison.verdict for pair in pairs}
    certain = {pair for pair, verdict in found.items() if verdict is Verdict.CERTAIN}
    print(
        json.dumps(
            about()
            | {
                "people": len(people),
                "seed": seed,
                "seconds": round(seconds, 2),
                "planted": len(planted),
                "found": len(planted.keys() & found.keys()),
                "certain": len(planted.keys() & certain),
                "proposed": len(found),
                "certain_but_not_planted": len(certain - planted.keys()),
                "recall": round(len(planted.keys() & found.keys()) / len(planted), 4),
                "recall_certain": round(len(planted.keys() & certain) / len(planted), 4),
                "precision_certain": round(len(planted.keys() & certain) / max(1, len(certain)), 4),
                "recall_by_change": {name: _recall(name, changed, found.keys()) for name in CHANGES},
            }
        )
    )


def _person(number: int, chance: random.Random) -> Person:
    family = _drawn(FAMILY_NAMES.split(), chance)
    given = _drawn(GIVEN_NAMES.split(), chance)
    born = date(1958, 1, 1) + timedelta(days=chance.randrange(18_000))
    return Person(
        number,
        family,
        given,
        email=f"{given}.{family}{number}@example.org".lower() if chance.random() < 0.8 else "",
        telephone=f"06{chance.randrange(10**8):08d}" if chance.random() < 0.7 else "",
        birth_on=born if chance.random() < 0.4 else None,
        commune=f"59{chance.randrange(95):03d}",
    )


def _drawn(names: Sequence[str], chance: random.Random) -> str:
    """The first names of a list are much more frequent than the last."""
    return names[min(int(chance.expovariate(1 / (len(names) / 3))), len(names) - 1)].replace("-", " ")


def _recall(name: str, changed: Mapping[tuple[int, int], Sequence[str]], found: Collection[tuple[int, int]]) -> float:
    """Of the planted pairs changed in this way, the share found."""
    pairs = [pair for pair, names in changed.items() if name in names]
    return round(sum(pair in found for pair in pairs) / max(1, len(pairs)), 4)


def _again(person: Person, number: int, chance: random.Random) -> tuple[Person, tuple[str, ...]]:
    """The same person on another day, and the two ways in which the forms differ."""
    other, names = replace(person, id=number), tuple(chance.sample(list(CHANGES), 2))
    for name in names:
        other = CHANGES[name](other, chance)
    return other, names


def _typed(person: Person, chance: random.Random) -> Person:
    place = chance.randrange(len(person.family_name))
    return replace(person, family_name=person.family_name[:place] + person.family_name[place + 1 :])


def _elsewhere(person: Person, chance: random.Random) -> Person:
    """Another address, when there is a telephone too."""
    return replace(person, email=f"a{chance.randrange(10**6)}@example.com") if person.telephone else person


def _turned(person: Person, _chance: random.Random) -> Person:
    """The date as people of another country read it, where there is one."""
    born = person.birth_on
    turned = born and born.day <= MONTHS and born.replace(month=born.day, day=born.month)
    return replace(person, birth_on=turned or born)


MONTHS = 12
CHANGES: dict[str, Callable[[Person, random.Random], Person]] = {
    "letter missing": _typed,
    "other address": _elsewhere,
    "capitals": lambda person, _chance: replace(person, family_name=person.family_name.upper()),
    "names swapped": lambda person, _chance: replace(
        person, family_name=person.given_name, given_name=person.family_name
    ),
    "telephone written otherwise": lambda person, _chance: replace(
        person, telephone=person.telephone and f"+33 {person.telephone[1:]}"
    ),
    "day and month swapped": _turned,
    "no accents": lambda person, _chance: replace(person, given_name=fold(person.given_name)),
    "commune not given": lambda person, _chance: replace(person, commune=""),
}


if __name__ == "__main__":
    main()
