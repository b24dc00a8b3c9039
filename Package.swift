// swift-tools-version:6.2
import PackageDescription

// One line a target says why it exists; a target imports only from targets listed above it.
let package = Package(
    name: "heed",
    products: [.executable(name: "heed", targets: ["heed"])],
    dependencies: [
        // The HTTP transport. Without its default traits: no swift-configuration, no full Foundation with ICU.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // The command line.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // HMAC, SHA-256 and scrypt; audited code only.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Channel handlers of the connection guard, HTTP/1 parts, threads; Hummingbird already brings it.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // The ecosystem's logging interface; Hummingbird already brings it.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Signals and graceful shutdown; Hummingbird already brings it.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // libxml2, through pkg-config; nothing but LibXML imports it.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // Schemas and styles inside the binary, by #embed.
        .target(name: "Assets", exclude: ["files"]),
        // What is wrong, where, why and what to write instead.
        .target(name: "Diagnostics"),
        // Domain nouns: ids, time, roles, bands.
        .target(name: "Feedback"),
        // Located value tree, XML and HTML writers, escaping.
        .target(name: "Markup", dependencies: ["Assets"]),
        // XML bytes to a located value tree, validated; C ends here.
        .target(name: "LibXML", dependencies: ["CLibXML2", "Diagnostics", "Markup"]),
        // Values of the lines on disk, their writer and scanner.
        .target(name: "Records", dependencies: ["Feedback"]),
        // Question types, conditions, routing: what a questionnaire is.
        .target(
            name: "QuestionnaireModel",
            dependencies: ["Diagnostics", "Feedback", "Markup", .product(name: "Crypto", package: "swift-crypto")]),
        // Survey files to questionnaires, or to diagnostics; XML ends here.
        .target(
            name: "SurveyCompiler",
            dependencies: [
                "Diagnostics", "Feedback", "LibXML", "Markup", "QuestionnaireModel", "Records",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Questionnaire pages as HTML bytes.
        .target(
            name: "SurveyPages",
            dependencies: [
                "Feedback", "Markup", "QuestionnaireModel", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Append-only files: one lock, one write, one fdatasync for everyone waiting.
        .target(
            name: "Journal", dependencies: ["Feedback", "Records", .product(name: "Crypto", package: "swift-crypto")]),
        // One pass over response lines to account analyses: the statistics and the churn rules.
        .target(
            name: "Analysis",
            dependencies: [
                "Feedback", "Markup", "QuestionnaireModel", "Records",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Reports and pages for the CSM.
        .target(
            name: "AccountReports",
            dependencies: [
                "Analysis", "Feedback", "Markup", "Records", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Archives that another program can read in twenty years.
        .target(
            name: "ArchiveExport",
            dependencies: [
                "Feedback", "LibXML", "Markup", "QuestionnaireModel", "Records",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // The data folder: lock, journals, catalog, and the operations on them.
        .target(
            name: "DataFolder",
            dependencies: [
                "Analysis", "ArchiveExport", "Diagnostics", "Feedback", "Journal", "Markup", "QuestionnaireModel",
                "Records", "SurveyCompiler",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        // Routes, forms, sessions; the only importer of Hummingbird.
        .target(
            name: "FeedbackService",
            dependencies: [
                "AccountReports", "Analysis", "DataFolder", "Feedback", "Journal", "Markup", "QuestionnaireModel",
                "Records", "SurveyPages",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        // The command line; wires the rest.
        .executableTarget(
            name: "heed",
            dependencies: [
                "AccountReports", "Analysis", "ArchiveExport", "DataFolder", "Diagnostics", "Feedback",
                "FeedbackService", "LibXML", "Markup", "QuestionnaireModel", "Records", "SurveyCompiler", "SurveyPages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)

// Tests stand beside each target; what they share is in FeedbackTestSupport.
package.targets += [
    .target(name: "FeedbackTestSupport", dependencies: ["Feedback"], path: "Tests/FeedbackTestSupport")
]
for (name, dependencies) in [
    ("Feedback", ["Feedback", "Diagnostics", "Markup"]),
    ("Records", ["Records", "Feedback"]),
    ("LibXML", ["LibXML", "Markup", "Diagnostics"]),
    ("QuestionnaireModel", ["QuestionnaireModel", "Records", "Feedback", "Markup", "Diagnostics", "SurveyCompiler"]),
    (
        "SurveyCompiler",
        ["SurveyCompiler", "QuestionnaireModel", "Feedback", "Markup", "Diagnostics", "LibXML", "Records"]
    ),
    (
        "SurveyPages",
        ["SurveyPages", "SurveyCompiler", "QuestionnaireModel", "Feedback", "Markup", "Diagnostics", "LibXML"]
    ),
    ("Journal", ["Journal", "Feedback", "Records"]),
    ("Analysis", ["Analysis", "Records", "QuestionnaireModel", "SurveyCompiler", "Feedback", "Diagnostics"]),
    (
        "AccountReports",
        ["AccountReports", "Analysis", "Records", "Feedback", "Markup", "LibXML", "QuestionnaireModel"]
    ),
    (
        "ArchiveExport",
        [
            "ArchiveExport", "Records", "QuestionnaireModel", "SurveyCompiler", "Feedback", "Markup", "LibXML",
            "Diagnostics",
        ]
    ),
    (
        "DataFolder",
        [
            "DataFolder", "Journal", "Records", "QuestionnaireModel", "SurveyCompiler", "Feedback", "Diagnostics",
            "ArchiveExport", "Analysis", "Markup",
        ]
    ),
    (
        "FeedbackService",
        [
            "FeedbackService", "DataFolder", "Journal", "Records", "QuestionnaireModel", "SurveyCompiler",
            "SurveyPages",
            "Feedback", "Markup", "Diagnostics",
        ]
    ),
] as [(String, [String])] {
    package.targets.append(
        .testTarget(
            name: name + "Tests",
            dependencies: dependencies.map { .target(name: $0) } + ["FeedbackTestSupport"]))
}

// `make fuzz` only: the compiler under libFuzzer.
if Context.environment["HEED_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "CompilerFuzzer", dependencies: ["Diagnostics", "QuestionnaireModel", "SurveyCompiler"],
            path: "Tests/Fuzzing/Compiler"))
}

// Strictness for every Swift target of ours; a warning is an error.
for target in package.targets where target.type != .system && target.name != "Assets" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
        .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
        .treatAllWarnings(as: .error),
    ]
}
