extension Words {
    /// Spanish.
    package static let spanish = Words(
        "es",
        [
            .next: "Continuar", .back: "Atrás", .send: "Enviar", .language: "Idioma",
            .progress: "Página {0} de {1}", .savedNote: "Cada página se guarda al continuar.",
            .required: "obligatorio", .charactersAtMost: "{0} caracteres como máximo",
            .chooseBetween: "Elija de {0} a {1}", .otherText: "Por favor, indique cuál",
            .agree: "Sí, estoy de acuerdo", .disagree: "No", .notAtAllLikely: "Nada probable",
            .extremelyLikely: "Muy probable", .veryDissatisfied: "Muy insatisfecho",
            .verySatisfied: "Muy satisfecho", .veryDifficult: "Muy difícil", .veryEasy: "Muy fácil",
            .problemsOne: "Hay algo que revisar.", .problemsMany: "Hay {0} cosas que revisar.",
            .missing: "Por favor, responda a esta pregunta.",
            .notAnOption: "Por favor, elija una de las opciones mostradas.",
            .moreThanOne: "Por favor, elija solo una.", .notOnScale: "Por favor, elija un número del {0} al {1}.",
            .notANumber: "Por favor, escriba un número, como 12 o 3,5.",
            .notWhole: "Por favor, escriba un número entero.",
            .tooLow: "Por favor, escriba un número no menor que {0}.",
            .tooHigh: "Por favor, escriba un número no mayor que {0}.",
            .tooLong: "Son {1} caracteres; por favor, deje {0} como máximo.",
            .tooFew: "Por favor, elija al menos {0}.", .tooMany: "Por favor, elija como máximo {0}.",
            .exclusive: "«{0}» no puede ir con otras opciones. Por favor, deje una cosa o la otra.",
            .forbiddenCharacter:
                "Este texto contiene un carácter que no se puede guardar. Por favor, escríbalo de nuevo.",
            .answeredTitle: "Ya ha respondido", .answeredText: "Gracias. Tenemos sus respuestas a salvo.",
            .closedTitle: "Esta encuesta está cerrada", .closedText: "Ya no admite respuestas. Gracias por venir.",
            .notFoundTitle: "Este enlace no funciona",
            .notFoundText:
                "Por favor, abra de nuevo el enlace de su correo o cópielo entero en la barra de direcciones.",
            .busyTitle: "No hemos podido guardarlo ahora",
            .busyText: "Lo que ha escrito sigue aquí. Por favor, espere un momento y envíelo de nuevo.",
            .laterText:
                "Sus respuestas anteriores están a salvo. Por favor, espere un momento y abra de nuevo esta dirección.",
            .waitTitle: "Un momento, por favor",
            .waitText: "Llegan muchísimas peticiones desde su red. Por favor, espere un minuto e inténtelo de nuevo.",
            .tooLargeTitle: "Es más de lo que podemos recibir",
            .tooLargeText: "Por favor, vuelva atrás, acorte el texto y envíelo de nuevo.",
            .onceMoreTitle: "Una vez más, por favor",
            .onceMoreText:
                "Esta página ha estado abierta mucho tiempo. Lo que ha escrito sigue aquí: por favor, envíelo otra vez.",
            .thankYouTitle: "Gracias",
            .resumeNote: "Este enlace es solo suyo: quien lo tenga puede ver lo que ha respondido hasta ahora.",
            .askedBy: "Pregunta {0}.", .notYou: "¿No es {0}?", .privacy: "Privacidad",
            .stopAsking: "No preguntarme más", .offerReferral: "Recomiéndenos a un amigo",
            .offerReview: "Escriba una reseña", .offerTestimonial: "Cuéntelo con sus palabras",
            .offerHelp: "Obtener ayuda ahora", .unsubscribeTitle: "¿Dejar de recibir encuestas?",
            .unsubscribeText: "No volveremos a pedirle su opinión por correo.",
            .unsubscribeButton: "No preguntarme más", .unsubscribedTitle: "Hecho",
            .unsubscribedText: "No volveremos a preguntarle.",
        ])
}
