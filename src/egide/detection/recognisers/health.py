"""A health fact tied to a person: disease, treatment, drug, pregnancy, disability, reason of a leave.

Source: RGPD article 4(15) and 9; CIM-10 chapters (diseases); Base de données publique des
médicaments (common substances and brands). General questions about nobody are left alone.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Information de santé rattachée à une personne."
_BEFORE = (
    r"(?:(?:hospitalisee?s?|operee?s?|soignee?s?|suivie? en|atteinte? d[e']?|"
    r"traitee?s?(?= (?:pour|par|aux?|a la|a l'|avec|depuis|sous|contre) ?)|"
    r"souffre d[e']?|malade(?: d[e'])?|"
    r"enceinte d[e']?|convalescen(?:ce|te?)|en remission d[e']?|diagnostiquee?|greffee?|amputee?|"
    r"allergique|allergies?|intolerante?|porteuse?)"
    r"(?: (?:de nouveau|pour|d[e']|du|des|une?|au|aux|a|la|le|les|l'|ses|son|sa|apres|en|sa) ?)*)"
)
_TERMS = (
    r"crises? d'[a-z]+|regime sans (?:gluten|sel|sucre|lactose)|soins palliatifs|"
    r"raisons? de sante|itt\b|polypes?|syndromes? \w+|"
    r"retard (?:de marche|mental|de langage|de croissance)|demences?|scarifications?|ruminations?|"
    r"implants?|cardiaque|dyslexique|ozempic|depakine|"
    r"spondylarthrite|stress post-traumatique|deuil pathologique|puberte precoce|gastrectomie|"
    r"vasectomie|hysterectomie|cholecystectomie|mastectomie|"
    r"appendicite|meningite|sinusite|otite|cystite|nephrite|colite|gastrite|conjonctivite|"
    r"pericardite|pyelonephrite|hematurie|proteinurie|"
    r"cancers?|tumeurs?|leucemies?|lymphomes?|metastases?|melanomes?|diabete|diabetiques?|"
    r"asthm(?:e|atique)s?|epileps\w+|epileptique|"
    r"depressions?|depressi(?:f|ve)|burn-?out|burn out|bipolair\w+|schizophren\w+|anxiolytiques?|"
    r"antidepresseurs?|anxiete|angoisses?|"
    r"crises? d'angoisse|troubles? (?:anxieux|du sommeil|bipolaires?|alimentaires?|musculo\w*|"
    r"psy\w*|de l'humeur)|anorexi\w+|boulimi\w+|autis\w+|tdah|dyslexi\w+|trisomi\w+|"
    r"alzheimer|parkinson|sclerose en plaques|sep|myopathi\w+|fibromyalgi\w+|endometriose|crohn|"
    r"psoriasis|eczema|lupus|arthros\w+|arthrit\w+|"
    r"polyarthrit\w+|lombalgi\w+|lumbago|sciatiques?|hernies?(?: discales?)?|tendinit\w+|"
    r"canal carpien|entorses?|fractures?|luxations?|"
    r"traumatismes?(?: cranien)?|commotions?|prothese|hanche|coiffe des rotateurs|infarctus|avc|"
    r"angine de poitrine|hypertension|hypertendue?|tachycardi\w+|"
    r"arythmi\w+|pacemaker|stent|pontage|insuffisan(?:ce|te?) (?:renale?|cardiaque|respiratoire|"
    r"hepatique)|dialys\w+|calculs? (?:renaux|biliaires?)|"
    r"hepatit\w+|cirrhose|vih|sida|seropositi\w+|tuberculos\w+|covid(?: long)?|grippes?|varicelle|"
    r"gastro|angine|bronchit\w+|pneumoni\w+|"
    r"bpco|emphyseme|apnees? du sommeil|migraines?|vertiges?|malaises?|fausses? couches?|ivg|pma|"
    r"fiv|grossesses?|enceintes?|accouche\w*|"
    r"cesarienne|menopaus\w+|infertil\w+|alcoolis\w+|alcoolique|addictions?|toxicoman\w+|sevrage|"
    r"cure de desintox\w*|tentatives? de suicide|suicidaire|"
    r"chimio\w*|radiotherapi\w+|immunotherapi\w+|biopsi\w+|irm|mammographi\w+|coloscopi\w+|"
    r"ulceres?|escarres?|pansements?|phlebit\w+|embolie|anemi\w+|"
    r"thyroid\w+|hypothyroidi\w+|goutte|obesite|cholesterol|glaucome|cataracte|surdite|"
    r"malentendante?|malvoyante?|aveugle|sourde?|"
    r"fauteuil roulant|handicap(?:ee?s?|s)?|rqth|aah|invalidite|inapt(?:e|itude)\w*|"
    r"mi-temps therapeutique|tiers[ -]temps|"
    r"arret (?:longue )?maladie|longue maladie|ald|affection longue duree|accident du travail|"
    r"maladie professionnelle|"
    r"insuline|metformine|levothyrox|kardegic|xarelto|eliquis|plavix|doliprane|paracetamol|"
    r"ibuprofene|tramadol|morphine|cortisone|corticoides?|"
    r"prozac|seroplex|xanax|lexomil|lithium|ritaline|methadone|subutex|ventoline|amoxicilline|"
    r"augmentin|antibiotiques?|tahor|"
    r"kine(?:sitherapie)?|orthophoni\w+|psychiatr\w+|psychologue|psychotherapi\w+|neurologie|"
    r"oncologie|cardiologie|addictologie|maternite|"
    r"tremblements?|paralysi\w+|paralysee?|hemiplegi\w+|tetraplegi\w+|paraplegi\w+|amputation|"
    r"brulures?|cicatrice|scoliose|doigts? (?:ecrases?|coupes?|sectionnes?)|"
    r"mal (?:de|au) dos|mal au (?:genou|coude|bras|cou|poignet)|douleurs? \w+|dos bloque|"
    r"lumbalgie|epaule (?:operee|bloquee|luxee)|incontinen\w+|"
    r"back surgery|pregnan\w+|depressed|sick leave|wheelchair|allerg\w+|intoleran\w+|"
    r"hospitalis\w+|operations? (?:du|de la|des|d')|opere(?:e|s)? (?:du|de la|des|d'|de)|"
    r"maladi(?:e|f|ve)|malades?|groupe sanguin|o negatif|ordonnance|symptomes|troubles?|"
    r"souffran(?:ce|te?)|problemes? de sante|etat de sante|soucis? de sante|"
    r"sous traitement|sous antidepresseurs?|hemophil\w+|drepanocyt\w+|mucoviscidose|zona|gale|mst|"
    r"chlamydia|verrues?|acouphenes?"
)
_ALL = rf"{_BEFORE}(?:{_TERMS})?|{_TERMS}"

RECOGNISER = Recogniser(
    id="health",
    labels=("HEALTH",),
    source="RGPD, articles 4(15) et 9 ; CIM-10 ; Base de données publique des médicaments",
    search=facts("HEALTH", "health", _REASON, _ALL),
    accepted=(
        "Ma fille Lucie ⟦souffre d'asthme⟧.",
        "Mme Hocquet est absente : ⟦hernie discale⟧.",
        "Kévin ⟦est en arrêt maladie⟧",
        "mehdi voit ⟦le kine⟧",
    ),
    refused=(
        "Quels sont les symptômes du diabète ?",
        "Explique la différence entre arrêt maladie et accident du travail.",
        "Mon remplaçant est prévenu, les demandes sont traitées dans l'ordre à mon retour.",
        "Rédige une affiche sur la prévention des cancers.",
    ),
)
