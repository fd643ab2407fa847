"""The two forms of the names of trades that have two, and the marks by which an offer says that it is for both."""

import re

_PAIRS = """
vendeur vendeuse; serveur serveuse; coiffeur coiffeuse; livreur livreuse; chauffeur chauffeuse;
soudeur soudeuse; carreleur carreleuse; monteur monteuse; veilleur veilleuse; nettoyeur nettoyeuse;
laveur laveuse; plongeur plongeuse; trieur trieuse; emballeur emballeuse; receptionneur receptionneuse;
developpeur developpeuse; chargeur chargeuse; coursier coursiere; ouvrier ouvriere; cuisinier cuisiniere;
caissier caissiere; infirmier infirmiere; patissier patissiere; magasinier magasiniere; menuisier menuisiere;
jardinier jardiniere; gestionnaire gestionnaire; charpentier charpentiere; plombier plombiere;
routier routiere; hotelier hoteliere; conseiller conseillere; boulanger boulangere; boucher bouchere;
charcutier charcutiere; cremier cremiere; poissonnier poissonniere; couturier couturiere;
teinturier teinturiere; conducteur conductrice; animateur animatrice; educateur educatrice;
operateur operatrice; preparateur preparatrice; formateur formatrice; moniteur monitrice;
agriculteur agricultrice; directeur directrice; prospecteur prospectrice; manutentionnaire manutentionnaire;
installateur installatrice; constructeur constructrice; facteur factrice; technicien technicienne;
electricien electricienne; mecanicien mecanicienne; gardien gardienne; surveillant surveillante;
assistant assistante; aide-soignant aide-soignante; agent agente; employe employee; commercial commerciale;
charge chargee; hote hotesse; commis commise; apprenti apprentie; macon maconne; patron patronne; chef cheffe;
adjoint adjointe; enseignant enseignante; etudiant etudiante; intervenant intervenante; consultant consultante;
gerant gerante; auxiliaire auxiliaire; accompagnant accompagnante; representant representante;
magistrat magistrate; avocat avocate
"""

PAIRS: tuple[tuple[str, str], ...] = tuple(
    (masculine, feminine)
    for masculine, feminine in (pair.split() for pair in _PAIRS.split(";"))
    if masculine != feminine
)
"""Masculine and feminine, without accents."""

OTHER_FORM: dict[str, str] = {**dict(PAIRS), **{feminine: masculine for masculine, feminine in PAIRS}}

FOR_BOTH = re.compile(
    r"\b[hfm] ?[/|·.-] ?[hfm]\b|\(\s*[hf]\s*[/ ,]?\s*[fh]\s*\)|\bhommes? ?(?:/|ou|et|-) ?femmes?\b"
    r"|\bfemmes? ?(?:/|ou|et|-) ?hommes?\b|\btous (?:publics|genres)\b"
)
"""« (H/F) », « F/H », « hommes ou femmes »."""

BOTH_ENDINGS = re.compile(
    r"^\s?[(/·.•‧∙-]\s?-?(?:s?e|euse|se|trice|rice|ice|iere|ere|ienne|enne|ne|esse|ante|te|ale|ee|fe|ne|re|ur|eur|er|ier"
    r"|teur|ien|on)\b"
)
"""What follows a form and says the other: « (se) », « ·e », « /trice »."""
