/// The customers of the demonstration, and the names of people where they are.
enum DemoNames {
    /// A part of the world, with its currency, its languages and its names.
    struct Region: Sendable {
        let currency: String
        /// How many units of the currency a euro is, roughly.
        let rate: Int
        let language: String
        /// Given and family names, each as written there and in plain letters for addresses.
        let given: [(String, String)]
        let family: [(String, String)]
    }

    static let bengal = Region(
        currency: "BDT", rate: 130, language: "bn",
        given: [
            ("তাহমিনা", "tahmina"), ("রফিক", "rafiq"), ("নাসরিন", "nasrin"), ("ইমরান", "imran"), ("শিরিন", "shirin"),
            ("কামাল", "kamal"), ("ফারহানা", "farhana"), ("জাহিদ", "zahid"), ("মিতু", "mitu"), ("আরিফ", "arif"),
        ],
        family: [
            ("রহমান", "rahman"), ("হোসেন", "hossain"), ("চৌধুরী", "chowdhury"), ("আক্তার", "akter"), ("ইসলাম", "islam"),
            ("করিম", "karim"), ("দাস", "das"), ("সরকার", "sarkar"),
        ])
    static let germany = Region(
        currency: "EUR", rate: 1, language: "de",
        given: [
            ("Jürgen", "juergen"), ("Anke", "anke"), ("Käthe", "kaethe"), ("Stefan", "stefan"), ("Ulrike", "ulrike"),
            ("Björn", "bjoern"), ("Heike", "heike"), ("Matthias", "matthias"), ("Sabine", "sabine"), ("Lena", "lena"),
        ],
        family: [
            ("Möller", "moeller"), ("Weiß", "weiss"), ("Schröder", "schroeder"), ("Bauer", "bauer"),
            ("Lindner", "lindner"),
            ("Krüger", "krueger"), ("Vogel", "vogel"), ("Huber", "huber"),
        ])
    static let gulf = Region(
        currency: "AED", rate: 4, language: "ar",
        given: [
            ("ليلى", "layla"), ("عمر", "omar"), ("نور", "nour"), ("خالد", "khalid"), ("مريم", "maryam"),
            ("يوسف", "yousef"),
            ("هدى", "huda"), ("سامي", "sami"), ("رنا", "rana"), ("طارق", "tariq"),
        ],
        family: [
            ("الحسن", "alhassan"), ("منصور", "mansour"), ("حداد", "haddad"), ("النجار", "alnajjar"), ("صالح", "saleh"),
            ("فارس", "faris"), ("الزهراني", "alzahrani"), ("قاسم", "qasim"),
        ])
    static let britain = Region(
        currency: "GBP", rate: 1, language: "en",
        given: [
            ("Harriet", "harriet"), ("Owen", "owen"), ("Priya", "priya"), ("Callum", "callum"), ("Siân", "sian"),
            ("Tom", "tom"),
            ("Grace", "grace"), ("Alasdair", "alasdair"), ("Ruth", "ruth"), ("Ben", "ben"),
        ],
        family: [
            ("Pembroke", "pembroke"), ("O'Neill", "oneill"), ("Sharma", "sharma"), ("MacLeod", "macleod"),
            ("Whitby", "whitby"),
            ("Turner", "turner"), ("Okafor", "okafor"), ("Hughes", "hughes"),
        ])
    static let america = Region(
        currency: "USD", rate: 1, language: "en",
        given: [
            ("Denise", "denise"), ("Marcus", "marcus"), ("Elena", "elena"), ("Walt", "walt"), ("June", "june"),
            ("Andre", "andre"), ("Kim", "kim"), ("Luis", "luis"), ("Peggy", "peggy"), ("Ray", "ray"),
        ],
        family: [
            ("Nguyen", "nguyen"), ("Larson", "larson"), ("Ortiz", "ortiz"), ("Freeman", "freeman"),
            ("Kowalski", "kowalski"),
            ("Baker", "baker"), ("Reyes", "reyes"), ("Young", "young"),
        ])
    static let france = Region(
        currency: "EUR", rate: 1, language: "fr",
        given: [
            ("Hélène", "helene"), ("Loïc", "loic"), ("Amina", "amina"), ("François", "francois"), ("Zoé", "zoe"),
            ("Rémi", "remi"),
        ],
        family: [
            ("Perrin", "perrin"), ("Lefèvre", "lefevre"), ("Benali", "benali"), ("Roussel", "roussel"),
            ("Garnier", "garnier"),
        ])

    /// The customers: id, name, and where they are.
    static let accounts: [(id: String, name: String, region: Region)] = [
        ("bergmann-hotels", "Bergmann Hotels", germany), ("kaffeehaus-lindner", "Kaffeehaus Lindner", germany),
        ("nordlicht-kliniken", "Nordlicht Kliniken", germany), ("kantine-jena", "Stadtkantine Jena", germany),
        ("moeller-soehne", "Möller & Söhne", germany), ("alpenblick", "Alpenblick Lodge", germany),
        ("buero-am-hafen", "Büro am Hafen", germany), ("muehlenbaeckerei", "Mühlenbäckerei Kraft", germany),
        ("meghna-hotels", "Meghna Hotels", bengal), ("padma-roasters", "Padma Roasters", bengal),
        ("sundarban-tea", "Sundarban Tea House", bengal), ("dhaka-office-park", "Dhaka Office Park", bengal),
        ("chattogram-club", "Chattogram Shipping Club", bengal), ("sylhet-garden", "Sylhet Garden Cafés", bengal),
        ("jamuna-bakeries", "Jamuna Bakeries", bengal), ("rajshahi-silk", "Rajshahi Silk House", bengal),
        ("al-noor", "Al Noor Cafés", gulf), ("marina-offices", "Marina Bay Offices", gulf),
        ("oasis-hotels", "Oasis Hotels", gulf), ("zaytoun", "Zaytoun Restaurants", gulf),
        ("qasr-catering", "Qasr Catering", gulf),
        ("nile-view", "Nile View Lodge", gulf), ("falcon-lounge", "Falcon Lounge", gulf),
        ("harbour-and-pine", "Harbour & Pine", britain), ("thistle-offices", "Thistle Offices", britain),
        ("pembroke-inns", "Pembroke Inns", britain), ("ferry-lane", "Ferry Lane Coffee", britain),
        ("canary-desk", "Canary Desk", britain), ("oakfield-schools", "Oakfield Schools", britain),
        ("moorland-hospitals", "Moorland Hospitals", britain), ("lakeshore-hotels", "Lakeshore Hotels", america),
        ("maple-street", "Maple Street Diners", america), ("redwood-offices", "Redwood Offices", america),
        ("copper-coop", "Copper River Co-op", america), ("prairie-hospitals", "Prairie Hospitals", america),
        ("union-hall", "Union Hall Cafés", america), ("maison-perrin", "Maison Perrin", france),
        ("petit-quai", "Le Petit Quai", france), ("ateliers-roussel", "Ateliers Roussel", france),
        ("hotel-des-cedres", "Hôtel des Cèdres", france),
    ]

    /// What Kettle & Co sells.
    static let products = [
        "Copper kettle", "Brew station 4", "Grinder Pro", "Descaling set", "House blend, 5 kg", "Milk frother",
        "Filter papers",
        "Service visit", "Tea tower", "Water filter",
    ]

    /// Who keeps the customers.
    static let managers = ["ines", "jonas", "tahmina", "omar"]
}
