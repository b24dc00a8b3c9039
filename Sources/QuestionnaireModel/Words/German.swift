extension Words {
    /// German.
    package static let german = Words(
        "de",
        [
            .next: "Weiter", .back: "Zurück", .send: "Absenden", .language: "Sprache",
            .progress: "Seite {0} von {1}", .savedNote: "Jede Seite wird beim Weitergehen gespeichert.",
            .required: "erforderlich", .charactersAtMost: "höchstens {0} Zeichen",
            .chooseBetween: "Bitte {0} bis {1} auswählen", .otherText: "Bitte sagen Sie, was",
            .agree: "Ja, ich stimme zu", .disagree: "Nein", .notAtAllLikely: "Äußerst unwahrscheinlich",
            .extremelyLikely: "Äußerst wahrscheinlich", .veryDissatisfied: "Sehr unzufrieden",
            .verySatisfied: "Sehr zufrieden", .veryDifficult: "Sehr schwierig", .veryEasy: "Sehr einfach",
            .problemsOne: "Eine Stelle braucht noch einen Blick.",
            .problemsMany: "{0} Stellen brauchen noch einen Blick.", .missing: "Bitte beantworten Sie diese Frage.",
            .notAnOption: "Bitte wählen Sie eine der gezeigten Antworten.",
            .moreThanOne: "Bitte wählen Sie nur eine Antwort.",
            .notOnScale: "Bitte wählen Sie eine Zahl von {0} bis {1}.",
            .notANumber: "Bitte schreiben Sie eine Zahl, etwa 12 oder 3,5.",
            .notWhole: "Bitte schreiben Sie eine ganze Zahl.", .tooLow: "Bitte schreiben Sie eine Zahl ab {0}.",
            .tooHigh: "Bitte schreiben Sie eine Zahl bis {0}.",
            .tooLong: "Das sind {1} Zeichen; bitte höchstens {0}.", .tooFew: "Bitte wählen Sie mindestens {0}.",
            .tooMany: "Bitte wählen Sie höchstens {0}.",
            .exclusive: "„{0}“ passt nicht zu anderen Antworten. Bitte behalten Sie das eine oder das andere.",
            .forbiddenCharacter:
                "Der Text enthält ein Zeichen, das sich nicht speichern lässt. Bitte schreiben Sie ihn noch einmal.",
            .answeredTitle: "Sie haben schon geantwortet",
            .answeredText: "Vielen Dank. Ihre Antworten sind sicher bei uns.",
            .closedTitle: "Diese Umfrage ist geschlossen",
            .closedText: "Sie nimmt keine Antworten mehr an. Danke, dass Sie da waren.",
            .notFoundTitle: "Dieser Link führt nirgendwohin",
            .notFoundText:
                "Bitte öffnen Sie den Link in Ihrer E-Mail noch einmal, oder kopieren Sie ihn vollständig in die Adresszeile.",
            .busyTitle: "Das konnten wir gerade nicht speichern",
            .busyText:
                "Was Sie geschrieben haben, steht noch hier. Bitte warten Sie einen Augenblick und senden Sie es noch einmal.",
            .laterText:
                "Ihre bisherigen Antworten sind sicher. Bitte warten Sie einen Augenblick und öffnen Sie diese Adresse noch einmal.",
            .waitTitle: "Einen Augenblick, bitte",
            .waitText:
                "Aus Ihrem Netz kommen gerade sehr viele Anfragen. Bitte warten Sie eine Minute und versuchen Sie es noch einmal.",
            .tooLargeTitle: "Das ist mehr, als wir annehmen können",
            .tooLargeText: "Bitte gehen Sie zurück, kürzen Sie Ihren Text und senden Sie ihn noch einmal.",
            .onceMoreTitle: "Bitte noch einmal tippen",
            .onceMoreText:
                "Diese Seite war lange offen. Was Sie geschrieben haben, steht noch hier: Bitte senden Sie es noch einmal.",
            .thankYouTitle: "Vielen Dank",
            .resumeNote: "Dieser Link gehört nur Ihnen: Wer ihn hat, kann sehen, was Sie bisher geantwortet haben.",
            .askedBy: "Es fragt {0}.", .notYou: "Sie sind nicht {0}?", .privacy: "Datenschutz",
            .stopAsking: "Nicht mehr fragen", .offerReferral: "Empfehlen Sie uns weiter",
            .offerReview: "Schreiben Sie eine Bewertung",
            .offerTestimonial: "Erzählen Sie es anderen mit Ihren Worten", .offerHelp: "Jetzt Hilfe bekommen",
            .unsubscribeTitle: "Keine Umfragen mehr per E-Mail?",
            .unsubscribeText: "Wir bitten Sie dann nicht mehr per E-Mail um Ihre Meinung.",
            .unsubscribeButton: "Nicht mehr fragen", .unsubscribedTitle: "Erledigt",
            .unsubscribedText: "Wir fragen Sie nicht noch einmal.",
        ])
}
