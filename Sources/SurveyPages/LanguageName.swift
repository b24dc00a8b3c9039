internal import Feedback

extension LanguageTag {
    /// The language's name in itself, as its speakers look for it; the tag where we do not know it.
    var endonym: String {
        let name = Self.endonyms[primary] ?? rawValue
        let region = rawValue.split(separator: "-").dropFirst().last { $0.utf8.count == 2 }
        guard name != rawValue, let region else { return name }
        return "\(name) (\(region.uppercased()))"
    }

    /// CLDR 45, `localeDisplayNames/languages` of each language's own locale.
    private static let endonyms = [
        "ar": "العربية", "bg": "Български", "bn": "বাংলা", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
        "el": "Ελληνικά",
        "en": "English", "es": "Español", "et": "Eesti", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "gu": "ગુજરાતી",
        "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "id": "Indonesia", "it": "Italiano", "ja": "日本語",
        "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu", "ml": "മലയാളം", "mr": "मराठी", "ms": "Melayu", "nb": "Norsk",
        "nl": "Nederlands", "no": "Norsk", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "pt": "Português", "ro": "Română",
        "ru": "Русский",
        "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்",
        "te": "తెలుగు", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
    ]
}
