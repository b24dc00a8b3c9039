extension Words {
    /// French.
    package static let french = Words(
        "fr",
        [
            .next: "Continuer", .back: "Retour", .send: "Envoyer", .language: "Langue",
            .progress: "Page {0} sur {1}", .savedNote: "Chaque page est enregistrée quand vous continuez.",
            .required: "obligatoire", .charactersAtMost: "{0} caractères au plus",
            .chooseBetween: "Choisissez de {0} à {1} réponses", .otherText: "Merci de préciser",
            .agree: "Oui, je suis d’accord", .disagree: "Non", .notAtAllLikely: "Pas du tout probable",
            .extremelyLikely: "Tout à fait probable", .veryDissatisfied: "Très insatisfait",
            .verySatisfied: "Très satisfait", .veryDifficult: "Très difficile", .veryEasy: "Très facile",
            .problemsOne: "Un point est à revoir.", .problemsMany: "{0} points sont à revoir.",
            .missing: "Merci de répondre à cette question.",
            .notAnOption: "Merci de choisir une des réponses proposées.",
            .moreThanOne: "Merci de ne choisir qu’une seule réponse.",
            .notOnScale: "Merci de choisir un nombre de {0} à {1}.",
            .notANumber: "Merci d’écrire un nombre, par exemple 12 ou 3,5.",
            .notWhole: "Merci d’écrire un nombre entier.", .tooLow: "Merci d’écrire un nombre d’au moins {0}.",
            .tooHigh: "Merci d’écrire un nombre d’au plus {0}.",
            .tooLong: "Il y a {1} caractères ; merci d’en garder {0} au plus.",
            .tooFew: "Merci de choisir au moins {0} réponses.", .tooMany: "Merci de choisir au plus {0} réponses.",
            .exclusive: "« {0} » ne va pas avec d’autres réponses. Merci de garder l’une ou les autres.",
            .placesUpTo: "Donnez des places de 1 à {0} ; 1 vient en premier.",
            .rowsOpen: "Merci de répondre à chaque ligne.",
            .tooFewPlaces: "Merci de donner une place à au moins {0} réponses.",
            .samePlace: "La place {0} est donnée deux fois. Merci de donner à chaque réponse sa propre place.",
            .notEmail: "Merci d’écrire une adresse e-mail, par exemple nom@example.com.",
            .notPhone: "Merci d’écrire un numéro de téléphone de 5 à 15 chiffres, par exemple +33 1 99 00 00 00.",
            .notADate: "Merci d’écrire la date sous la forme année-mois-jour, par exemple 2026-01-31.",
            .tooEarly: "Merci de choisir le {0} ou une date ultérieure.",
            .tooLate: "Merci de choisir le {0} ou une date antérieure.",
            .forbiddenCharacter:
                "Ce texte contient un caractère qui ne peut pas être enregistré. Merci de l’écrire à nouveau.",
            .answeredTitle: "Vous avez déjà répondu", .answeredText: "Merci. Vos réponses nous sont bien parvenues.",
            .closedTitle: "Cette enquête est terminée",
            .closedText: "Elle n’accepte plus de réponses. Merci de votre visite.",
            .notFoundTitle: "Ce lien ne fonctionne pas",
            .notFoundText:
                "Merci d’ouvrir à nouveau le lien dans votre courriel, ou de le copier en entier dans la barre d’adresse.",
            .busyTitle: "Nous n’avons pas pu enregistrer",
            .busyText:
                "Ce que vous avez écrit est toujours là. Merci de patienter un instant et de l’envoyer à nouveau.",
            .laterText:
                "Vos réponses précédentes sont enregistrées. Merci de patienter un instant et d’ouvrir cette adresse à nouveau.",
            .waitTitle: "Un instant, s’il vous plaît",
            .waitText:
                "De très nombreuses demandes arrivent de votre réseau. Merci de patienter une minute et de réessayer.",
            .tooLargeTitle: "C’est plus que nous ne pouvons recevoir",
            .tooLargeText: "Merci de revenir en arrière, de raccourcir votre texte et de l’envoyer à nouveau.",
            .onceMoreTitle: "Encore une fois, s’il vous plaît",
            .onceMoreText:
                "Cette page est restée ouverte longtemps. Ce que vous avez écrit est toujours là : merci de l’envoyer encore une fois.",
            .thankYouTitle: "Merci",
            .resumeNote: "Ce lien n’est qu’à vous : qui le possède peut voir ce que vous avez déjà répondu.",
            .askedBy: "Enquête de {0}.", .notYou: "Vous n’êtes pas {0} ?", .privacy: "Confidentialité",
            .stopAsking: "Ne plus me solliciter", .offerReferral: "Recommandez-nous à un proche",
            .offerReview: "Écrivez un avis", .offerTestimonial: "Dites-le aux autres avec vos mots",
            .offerHelp: "Obtenir de l’aide maintenant", .unsubscribeTitle: "Ne plus recevoir d’enquêtes ?",
            .unsubscribeText: "Nous ne vous demanderons plus votre avis par courriel.",
            .unsubscribeButton: "Ne plus me solliciter", .unsubscribedTitle: "C’est fait",
            .unsubscribedText: "Nous ne vous solliciterons plus.",
        ])
}
