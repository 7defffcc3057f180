"""Words that tell what stands beside them: titles, greetings, roles, kinds of firm, closings.

Grammar and business usage, written by hand; all folded (no accent, no capital). Kept apart from the
lists of the open data so that each can be read and discussed on its own.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES: Final = _set(
    "m mr mme mlle melle mm mmes monsieur madame mademoiselle messieurs mesdames dr docteur docteure pr "
    "professeur me maitre mrs ms miss mister sir herr frau senor senora don mgr mtre veuve vve consorts "
    "epoux"
)
# Titles that are also everyday words: they count only when what follows can hardly be anything else.
WEAK_TITLES: Final = _set("m me ms pr don maitre professeur docteur docteure sir miss veuve epoux mm")
PARTICLES: Final = _set(
    "de du des d la le les el al ben bin ibn abou abu van von der den ter da dos das do di della del "
    "delle mac mc st ait ould bel y e ten zu af o san"
)
LOWER_PARTICLES: Final = _set("el ben van von der den ter da dos di le la de du")
GREETINGS: Final = _set(
    "bonjour bonsoir salut slt coucou cc cher chere chers cheres hello hi hey dear bjr bsr hola yo re "
    "kikou allo merci bravo felicitations pardon"
)
ROLES: Final = _set(
    "fille fils mere pere maman papa femme mari epouse conjoint conjointe compagnon compagne frere soeur "
    "niece neveu cousin cousine oncle tante beau-frere belle-soeur beau-pere belle-mere belle-fille "
    "gendre filleul filleule collegue copain copine ami amie voisin voisine stagiaire apprenti apprentie "
    "alternant alternante client cliente salarie salariee patient patiente technicien technicienne "
    "assistant assistante comptable gerant gerante locataire proprietaire bailleur preneur assure assuree "
    "beneficiaire candidat candidate eleve etudiant etudiante medecin avocat avocate notaire huissier "
    "infirmier infirmiere directeur directrice responsable commercial commerciale secretaire conseiller "
    "conseillere gestionnaire chef chauffeur livreur livreuse vendeur vendeuse serveur serveuse "
    "interimaire employe employee ouvrier ouvriere associe associee president presidente tresorier "
    "tresoriere adherent adherente defunt defunte victime temoin plaignant plaignante prevenu prevenue "
    "mandataire tuteur tutrice curateur curatrice interlocuteur interlocutrice signataire demandeur "
    "demandeuse contact dossier destinataire expediteur titulaire heritier heritiere usager usagere "
    "residente resident collaborateur collaboratrice manager photographe architecte artisan macon "
    "plombier electricien consultant consultante formateur formatrice educateur educatrice enseignant "
    "enseignante pharmacien pharmacienne kine orthophoniste prenommee prenomme nommee nomme dit dite "
    "surnomme surnommee appelle appele appelee soussigne soussignee drh daf dg pdg rh cousins freres "
    "soeurs enfants parents couple famille boss patron patronne referent referente beneficiaires garant "
    "garante caution petit petite jumeaux bebe"
)
# Verbs whose object or subject is a person ("relancer bouchard", "dis à nico", "Yilmaz demande").
CALLS: Final = _set(
    "relancer rappeler appeler contacter prevenir voir demander payer facturer joindre avertir informer "
    "remercier convoquer recevoir rencontrer relance rappelle appelle contacte previens avertis informe "
    "remercie convoque dis dire ecris ecrire reponds repondre envoie envoyer transmets transmettre donne "
    "donner demande montrer mail sms message appel rdv cf vu presents presentes present excuses excuse "
    "absents absent participants invites planning equipe cc copie signe attn destinataires membres elus "
    "temoins"
)
SAYS: Final = _set(
    "dit demande veut voulait pense propose confirme precise indique annonce ajoute repond explique "
    "refuse accepte signale rappelle souhaite doit peut a est etait sera va vient part arrive passe prend "
    "reprend gere s'occupe occupe m'a ma nous vous te me lui n'a avait voudrait trouve paie paye prefere "
    "reserve attend sait habite travaille gagne touche souffre appelle vit said asked wants has is was "
    "will says"
)
# Nouns that give their name away to a theorem, a law, a place, a dish: what follows is no one's data.
EPONYMS: Final = _set(
    "loi lois theoreme methode principe syndrome maladie echelle effet regle prix oscar nobel saint "
    "sainte st ste rue avenue boulevard place quai cours square impasse allee chemin route pont lycee "
    "college ecole universite hopital gare stade gymnase port tour musee theatre palais parc jardin "
    "matrice diagramme pyramide fenetre courbe formule nombre suite test indice modele algorithme affaire "
    "arret jurisprudence code plan reforme ordonnance amendement decret traite convention directive roman "
    "film tableau sonate symphonie opera fable fables oeuvre oeuvres style recette salade sauce tarte "
    "gateau poire peche tournedos hachis poulet cocktail fromage fete cyclone tempete ouragan station "
    "metro arrondissement bibliotheque mediatheque centre institut fondation cathedrale basilique eglise "
    "chapelle paradoxe conjecture constante machine langage protocole norme cycle coefficient ecart "
    "variete pomme pommes rose rosier vis cle clef moteur cordon taille pressoir roi reine pape empereur "
    "imperatrice pharaon dieu deesse prophete apotre evangile"
)
# Proper nouns that are neither a person's nor a client's: tools, brands, bodies, programmes, days.
NEVER: Final = _set(
    "excel word outlook powerpoint teams zoom slack google gmail chrome firefox windows linux python java "
    "javascript docker kubernetes github gitlab wordpress canva figma notion trello jira sage cegid "
    "pennylane qonto shopify prestashop stripe paypal amazon apple microsoft facebook instagram linkedin "
    "whatsapp tiktok twitter youtube chatgpt claude mistral gemini copilot perplexity llama openai "
    "anthropic siri alexa cortana eliza bard grok urssaf edf engie orange sfr bouygues free sncf ratp "
    "laposte chronopost ups dhl fedex cpam caf carsat msa dgfip insee cnil inpi ademe dgccrf pole emploi "
    "france-travail opco bpifrance afnor iso siret siren tva rgpd gdpr cerfa kbis iban bic rib nir cni "
    "smic rtt cdi cdd cse dpo rh ia api sql json xml csv pdf html css http https url wifi renault peugeot "
    "citroen volkswagen mercedes ford fiat toyota dacia tesla michelin bosch siemens philips samsung "
    "leclerc carrefour auchan lidl intermarche decathlon ikea fnac darty boulanger-fr leroy-merlin "
    "castorama doctolib ameli vinci eiffage veolia suez total totalenergies axa maif macif matmut allianz "
    "groupama lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin "
    "juillet aout septembre octobre novembre decembre noel paques toussaint pentecote ascension europe "
    "france etat republique nation allemagne espagne italie belgique suisse angleterre chine japon inde "
    "maroc algerie tunisie portugal bretagne normandie alsace corse provence bourgogne champagne "
    "aquitaine occitanie auvergne savoie monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august dalloz lexis legifrance larousse grevisse robert-collins "
    "bescherelle wikipedia nobel goncourt christ jesus allah bouddha zeus jupiter venus saturne neptune "
    "mercure apollon noe moise melchior gaspard balthazar cendrillon tintin asterix obelix harpagon "
    "tartuffe titanic concorde marianne martine-a santa claus papa-noel cobol pascal-langage ada julia "
    "ruby perl basic rust scotch karcher velux frigidaire moliere voltaire colbert balzac proust sartre "
    "descartes newton einstein darwin freud keynes maslow pareto gauss euclide thales pythagore archimede "
    "platon socrate aristote confucius napoleon richelieu mazarin robespierre mozart beethoven chopin "
    "debussy picasso monet matisse rodin corbusier eiffel garamond bodoni didot baskerville celimene "
    "alceste quichotte ronsard calvin luther parkinson alzheimer dupuytren pasteur celsius fahrenheit "
    "kelvin richter sherlock watson hadid drucker taylorisme ford-t shakespeare cervantes dante homere "
    "virgile ciceron cesarion van-gogh cezanne renoir-auguste delacroix vermeer rembrandt verdi puccini "
    "rossini wagner mansart polonceau vierendeel guyot fibonacci turing lovelace edison ampere volta ohm "
    "joule watt hertz macron sarkozy hollande mitterrand chirac trump biden obama poutine zelensky merkel "
    "thatcher churchill staline lenine gandhi mandela musk bezos zuckerberg altman"
)
# First names that are also everyday words or towns: alone they need a cue, or a capital inside a sentence.
AMBIGUOUS: Final = _set(
    "manuel olivier "
    "pierre marine aime aimee desire desiree violette olive rose marguerite jasmin iris fleur capucine "
    "prune cerise clemence constance prudence grace felicite esperance victoire gloire ange angelique "
    "celeste florence paris nancy vienne lourdes valence chantilly nice rome lorraine ambre jade perle "
    "opale romane blanche brune blonde noel avril juin mai toussaint pascal pascale modeste juste clement "
    "parfait prosper fortune gentil aimable salome martin ours baptiste charlotte madeleine mercedes "
    "sharon kelly carmen chance cherie maxime max victor solo dominique france francette alma alba aurore "
    "soleil luna stella lune ete octave cesar auguste ulysse hercule achille hector paul-emile roman "
    "marin benedicte alexandrin merci divine reine roy leo line ines bien eve lou ma ali ami my may will "
    "mark bill jack rich dean art june summer eden angel candy robin christian dan don rod sol luz doux "
    "doris remy-martin barbe jean ana sami mina alan alain-delon melissa tim eva candide claire franc "
    "said come vital pia saint urbain sam lia constant nais fanny faustine domitille amazone valery "
    "berthe mona nadir lola oscar emmy marcel tanguy axel julienne bernardine lys melba dahlia camelia "
    "violet"
)
OPENERS: Final = _set(
    "redige redigez reponds repondez corrige corrigez traduis traduisez resume resumez reformule "
    "reformulez compare ecris ecrivez explique expliquez propose proposez donne donnez fais faites "
    "prepare preparez analyse analysez verifie verifiez relis relisez liste listez cree creez genere "
    "generez calcule calculez transforme ameliore complete trie extrais identifie classe convertis "
    "simplifie raccourcis developpe structure organise adapte personnalise invente imagine trouve cherche "
    "aide dis montre detaille decris definis enumere suggere planifie peux pouvez peut-on rends mets "
    "mettez reprends ajoute enleve supprime remplace allonge formate synthetise vulgarise peaufine "
    "translate write summarize rewrite please make draft check fix explain list give objet sujet ref "
    "attention nota note bien urgent important projet annexe article alinea chapitre section page tableau "
    "figure total montant date lieu adresse tel telephone mobile fax mail email courriel site web nom "
    "prenom ville pays code quantite prix designation reference facture devis commande contrat dossier "
    "avenant bail employeur salarie patient client fournisseur prestataire vendeur acheteur direction "
    "service equipe bureau compte rendu presents excuses absents ordre jour reunion merci cordialement "
    "sincerement bonjour bonsoir madame monsieur messieurs mesdames maitre docteur cher chere veuillez "
    "suite selon sous sauf si alors voici voila notre nos votre vos mon ma mes ton ta tes son sa ses leur "
    "leurs ce cet cette ces tout toute tous toutes aucun oui non ok super parfait enfin ensuite puis "
    "aussi ainsi donc car mais ou et ni or que qui quoi dont quand comment pourquoi combien quel quelle "
    "quels quelles est sont etait serait a ont avez avons ai as j'ai il elle ils elles on nous vous je tu "
    "moi toi lui eux un une le la les l du de des d au aux en dans sur par pour avec sans chez vers entre "
    "depuis avant apres pendant contre malgre y c s n m t qu jusqu lorsqu puisqu ne pas plus tres trop "
    "peu mal deja encore toujours jamais ici la-bas hier demain aujourd'hui the and of to in for with my "
    "your his her our their this that from by is are was be have has not you we they i it at if so an pr "
    "pcq stp svp slt bcp ds ac qd tt ts ms dsl jsuis faut va vas vais font fait faire avoir etre"
)
LEGAL: Final = _set(
    "sarl sas sasu eurl sci scp snc earl gaec scop selarl selas scea gie eirl scm sccv sasp gfa scic gmbh "
    "ltd llc inc plc ag bv nv srl spa pvt corp kg ohg sprl asbl oy ab sl lda limited ste ets "
    "etablissements cie"
)
LEGAL_UPPER: Final = _set("sa se ei sel")
KINDS: Final = _set(
    "societe entreprise groupe association asso fondation mutuelle cooperative cabinet etude office "
    "agence atelier ateliers studio studios garage garages pharmacie clinique hopital polyclinique "
    "restaurant brasserie bistrot cafe hotel camping auberge gite chambre domaine chateau cave caves "
    "vignobles maison maisons salon institut ecole college lycee creche ehpad residence foyer centre "
    "transports transport taxi taxis ambulances logistique menuiserie menuiseries plomberie maconnerie "
    "charpente charpentes couverture toiture toitures carrelage carrelages peinture peintures electricite "
    "chauffage isolation batiment construction constructions travaux imprimerie librairie editions "
    "edition papeterie papeteries chaussures vetements couture textiles meubles boulangerie patisserie "
    "boucherie charcuterie poissonnerie fromagerie epicerie primeur traiteur biscuiterie chocolaterie "
    "distillerie laiterie fleuriste fleurs jardinerie jardins pepinieres paysages paysagiste espaces "
    "ferme elevage vergers serres forges fonderie acieries metallerie serrurerie mecanique carrosserie "
    "automobiles autos motos cycles pneus scierie bois tonnellerie poterie verrerie ceramique bijouterie "
    "joaillerie horlogerie optique opticien laboratoire laboratoires labo analytics conseil conseils "
    "consulting audit expertise notaires avocats huissiers architectes ingenierie immobilier immobiliere "
    "immo regie syndic foncia banque credit assurances assurance courtage caisse comite club federation "
    "syndicat union amicale ligue secours paroisse theatre cinema compagnie orchestre galerie musee radio "
    "presse journal magazine boutique magasin supermarche comptoir bazar quincaillerie droguerie fournil "
    "moulin minoterie conserverie pressing laverie blanchisserie nettoyage proprete securite gardiennage "
    "informatique systemes solutions technologies services industries industrie manufacture usine usines "
    "etablissement ets chantiers navale nautique port voyages tourisme tour-operateur interim recrutement "
    "formation formations auto-ecole coiffure beaute esthetique spa tatouage mairie commune syndicale "
    "cliniques menuisiers couvreurs stores volets fermetures vitrerie reliures reliure sols decors "
    "decoration agencement cuisines literie terrassement tp btp demolition recyclage metaux plastiques "
    "emballages cartonnages papier textile tissages filature filatures mercerie tannerie maroquinerie "
    "cordonnerie sellerie cidrerie vinaigrerie huilerie rhumerie savonnerie parfumerie cosmetiques dental "
    "dentaire veterinaire ambulance pompes thermes cosmetique energie energies solaire pharma biotech "
    "distribution distributions negoce import export diffusion mutuelles prevoyance interiors bakery "
    "foods"
)
# Kinds that are also everyday words: a plain word after them makes no firm ("Comité d'Éthique").
PUBLIC_KINDS: Final = _set(
    "comite office commune travaux centre club caisse credit banque ecole lycee college mairie radio "
    "journal port espaces energie energies formation formations conseil conseils services audit "
    "recrutement interim import export diffusion bois papier textile metaux"
)
SUFFIXES: Final = _set(
    "freres fils cie co associes partners consulting conseil conseils services service industrie "
    "industries groupe group logistique transports batiment immobilier immo auto automobiles energie "
    "energies solutions technologies distribution analytics interiors motors systems digital studio media "
    "medias bois paysage paysages habitat renovation toitures terrassement events event formation "
    "nettoyage securite elec btp textiles textile labs lab holding international"
)
STREETS: Final = _set(
    "rue avenue av ave boulevard bd bld boul place pl impasse imp chemin che chem allee allees all route "
    "rte quai cours square sq passage faubourg fbg lotissement lot residence res hameau venelle ruelle "
    "sentier sente esplanade promenade montee cite villa clos rond-point traverse voie chaussee mail "
    "parvis cour za zi zac zone lieu-dit lieudit rocade pont porte parc galerie domaine quartier "
    "carrefour degre escalier levee digue street road lane drive strasse via calle rua plaza terrasse "
    "ancienne vieux port"
)
CLOSINGS: Final = (
    "cordialement",
    "bien a vous",
    "bien a toi",
    "salutations",
    "sincerement",
    "respectueusement",
    "amicalement",
    "bises",
    "bisous",
    "cheers",
    "regards",
    "merci d'avance",
    "a bientot",
    "bonne journee",
    "bonne soiree",
    "cdt",
    "cdlt",
    "affectueusement",
    "a tres vite",
    "bel ete",
    "bon week-end",
    "devoue",
    "devouee",
    "sentiments",
    "consideration",
    "gratitude",
    "amities",
    "a plus",
    "best",
    "sincerely",
    "faithfully",
    "yours truly",
    "respectfully",
    "take care",
    "thanks",
    "confraternellement",
    "courtoisement",
    "merci",
    "consideration distinguee",
    "bien cordialement",
    "le gerant",
    "la gerante",
    "mercis",
    "bonne reception",
    "a+",
    "signe",
    "signature",
    "lu et approuve",
    "bon pour accord",
)
