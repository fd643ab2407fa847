"""What to say on the telephone, word by word: the sentences that a caller reads out, from the state of the moment."""

from dataclasses import dataclass

from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.messages.kinds import MessageKind


@dataclass(frozen=True)
class Speech:
    """An opening, the news, and the question that ends it. What names the event and its hour stands between them."""

    opening: Sentence
    news: Sentence
    question: Sentence


_QUESTIONS: dict[MessageKind, Sentence] = {
    MessageKind.OFFERED: say(N_("Voulez-vous cette place ? Vous pouvez me répondre maintenant, ou nous rappeler.")),
    MessageKind.CONFIRMED: say(N_("Pouvez-vous toujours venir ?")),
    MessageKind.CHANGED: say(N_("Est-ce que cela vous convient encore ?")),
    MessageKind.REVOKED: say(N_("Souhaitez-vous que je cherche un autre rendez-vous avec vous ?")),
    MessageKind.EVENT_CANCELLED: say(N_("Souhaitez-vous que je cherche un autre rendez-vous avec vous ?")),
    MessageKind.INTERVIEW_TIMES: say(N_("Ces heures vous conviennent-elles ?")),
    MessageKind.OWN_WORDS: say(N_("Avez-vous une question ?")),
    MessageKind.RETENTION_NOTICE: say(N_("Souhaitez-vous que nous le gardions ?")),
}
_NEWS: dict[MessageKind, Sentence] = {
    MessageKind.OFFERED: say(N_("Une place s’est libérée pour vous.")),
    MessageKind.CONFIRMED: say(N_("Une place s’est libérée : elle est à vous.")),
    MessageKind.CHANGED: say(N_("Le rendez-vous a changé. Il a lieu maintenant ainsi :")),
    MessageKind.REVOKED: say(N_("Nous avons dû annuler votre inscription. C’était pour :")),
    MessageKind.EVENT_CANCELLED: say(N_("Ce rendez-vous est annulé :")),
    MessageKind.INTERVIEW_TIMES: say(N_("Les heures de vos entretiens ont été fixées ou ont changé, pour :")),
    MessageKind.OWN_WORDS: say(N_("J’ai un message de notre équipe pour vous, au sujet de :")),
    MessageKind.RETENTION_NOTICE: say(
        N_("Nous n’avons pas eu de vos nouvelles depuis longtemps : votre dossier va être effacé.")
    ),
}


def speech(kind: MessageKind, *, given_name: str, family_name: str, organisation: str) -> Speech:
    """What to say to this person about this kind of news."""
    return Speech(
        say(
            N_("Bonjour, %(organisation)s à l’appareil. Je suis bien avec %(name)s ?"),
            organisation=organisation,
            name=f"{given_name} {family_name}".strip(),
        ),
        _NEWS[kind],
        _QUESTIONS[kind],
    )
