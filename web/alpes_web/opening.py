"""What is not open yet, said with the day on which it opens."""

from alpes_events.attendance.admission import NotYetOpen
from alpes_events.fair.refusals import CallNotOpenYet
from alpes_events.language.dates import moment
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.identity import identity
from alpes_web.languages import language


def sentence_of(refusal: Refusal) -> Sentence:
    """What a refusal says; of one that will be over, also when, in the organisation's time."""
    if isinstance(refusal, NotYetOpen):
        words = N_(
            "Les inscriptions ne sont pas encore ouvertes : elles ouvrent le %(day)s. "
            "D’ici là, la page de l’événement l’ajoute à votre agenda."
        )
    elif isinstance(refusal, CallNotOpenYet):
        words = N_("Les demandes de stand ne sont pas encore ouvertes : elles ouvrent le %(day)s.")
    else:
        return refusal.sentence
    return say(words, day=moment(refusal.opens_at, language=language(), zone=identity().zone))
