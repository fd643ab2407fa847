"""What two people read and press from a sign-up to an offered place, on pages and in letters, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What somebody reads and presses in one language."""

    sign_up: str
    noted: str
    wait: str
    waiting: str
    kept_subject: str
    waiting_subject: str
    ticket: str
    kept: str
    cancel: str
    cancelled: str
    cancelled_subject: str
    offer_subject: str
    offer: str
    free: str
    take: str
    yours: str
    code: str


WORDS = {
    "fr": Words(
        sign_up="M’inscrire au job dating",
        noted="C’est noté, Jeanne",
        wait="Rejoindre la liste d’attente",
        waiting="C’est noté, Karim",
        kept_subject="Votre place est gardée : jeudi 12 mars",
        waiting_subject="Vous êtes sur la liste d’attente : jeudi 12 mars",
        ticket="Voir mon billet",
        kept="Jeanne, votre place est gardée",
        cancel="Je ne peux plus venir : annuler",
        cancelled="Votre inscription est annulée",
        cancelled_subject="Votre inscription est annulée : ",
        offer_subject="Une place s’est libérée : confirmez avant ",
        offer="Prendre ma place",
        free="Karim, une place est libre pour vous",
        take="Je prends la place",
        yours="La place est à vous.",
        code="Code à présenter à l’accueil",
    ),
    "en": Words(
        sign_up="Sign up for the job dating",
        noted="Noted, Jeanne: we expect you",
        wait="Join the waiting list",
        waiting="Noted, Karim: you are on the waiting list",
        kept_subject="Your place is kept: Thursday 12 March",
        waiting_subject="You are on the waiting list: Thursday 12 March",
        ticket="See my ticket",
        kept="Jeanne, your place is kept",
        cancel="I can no longer come: cancel",
        cancelled="Your sign-up is cancelled",
        cancelled_subject="Your sign-up is cancelled: ",
        offer_subject="A place became free: confirm before ",
        offer="Take my place",
        free="Karim, a place is free for you",
        take="I take the place",
        yours="The place is yours.",
        code="Code to show at the door",
    ),
}
