internal import Feedback

/// What people write, by language and by how likely they are to recommend us.
enum DemoTexts {
    /// What people of a language write in a band; English where there is nothing in theirs.
    static func texts(_ language: String, _ band: PromoterBand) -> [String] {
        let all = [language, "en"].lazy.compactMap { known[$0] }.first ?? [:]
        return all[band] ?? []
    }

    private static let known: [String: [PromoterBand: [String]]] = [
        "en": [
            .detractor: [
                "Three deliveries in a row were late, and nobody called us.",
                "The grinder broke twice in a month, and support took nine days to answer.",
                "Invoices never match the order. We spend hours on it.",
                "Your new portal logs me out every few minutes.",
                "Nobody seems to own our account any more.",
                "The price went up and the service went down.",
            ],
            .passive: [
                "Good machines. Delivery windows could be narrower.",
                "Works well; the price rise was hard to explain to my boss.",
                "Faster answers at weekends would help.",
                "Fine overall. The app needs a reorder button.",
                "Solid, but the training videos are out of date.",
                "Nothing wrong, nothing special.",
            ],
            .promoter: [
                "The technician came the same afternoon. Brilliant.",
                "Best coffee our guests ever had, and it just works.",
                "Somebody always calls back within the hour.",
                "Reordering takes me ten seconds.",
                "Your team feels like our own people.",
                "Five years, and not one bad delivery.",
            ],
        ],
        "bn": [
            .detractor: [
                "পরপর তিনবার ডেলিভারি দেরি হয়েছে, কেউ জানায়ওনি।", "মেশিন নষ্ট হওয়ার পর নয় দিন কেউ উত্তর দেয়নি।",
                "বিল আর অর্ডার কখনো মেলে না।",
            ],
            .passive: [
                "মেশিন ভালো, তবে ডেলিভারির সময় আরও নির্দিষ্ট হলে ভালো হয়।", "দাম একটু কম হলে ভালো হতো।",
                "অ্যাপে আবার অর্ডার করার বোতাম দরকার।",
            ],
            .promoter: [
                "টেকনিশিয়ান সেদিনই বিকেলে এসেছিলেন। দারুণ!", "অতিথিরা কফির খুব প্রশংসা করেন।", "ফোন করলেই সাহায্য পাই।",
            ],
        ],
        "de": [
            .detractor: [
                "Drei Lieferungen hintereinander zu spät, und niemand hat angerufen.",
                "Die Rechnungen stimmen nie mit der Bestellung überein.",
                "Nach dem Ausfall haben wir neun Tage auf den Support gewartet.",
            ],
            .passive: [
                "Gute Maschinen, aber die Lieferfenster sind zu groß.", "Die Preiserhöhung war schwer zu vermitteln.",
                "Am Wochenende wäre ein Ansprechpartner gut.",
            ],
            .promoter: [
                "Der Techniker war noch am selben Nachmittag da.", "Unsere Gäste loben den Kaffee jeden Tag.",
                "Nachbestellen dauert zehn Sekunden. Perfekt.",
            ],
        ],
        "ar": [
            .detractor: [
                "تأخر التسليم ثلاث مرات متتالية ولم يتصل بنا أحد.", "لا تتطابق الفواتير مع الطلبات أبدًا.",
                "انتظرنا تسعة أيام حتى أجاب الدعم.",
            ],
            .passive: [
                "الآلات جيدة لكن مواعيد التسليم غير دقيقة.", "كان من الصعب تبرير ارتفاع السعر.",
                "نحتاج إلى زر لإعادة الطلب في التطبيق.",
            ],
            .promoter: ["جاء الفني في اليوم نفسه. رائع!", "ضيوفنا يمدحون القهوة كل يوم.", "فريقكم كأنه فريقنا."],
        ],
        "fr": [
            .detractor: [
                "Trois livraisons en retard d'affilée, et personne ne nous a prévenus.",
                "Les factures ne correspondent jamais à la commande.",
            ],
            .passive: [
                "De bonnes machines, mais des créneaux de livraison trop larges.",
                "La hausse de prix a été difficile à expliquer.",
            ],
            .promoter: ["Le technicien est venu l'après-midi même.", "Nos clients adorent le café."],
        ],
    ]
}
