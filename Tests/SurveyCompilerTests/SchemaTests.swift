import FeedbackTestSupport
import Foundation
import LibXML
import Markup
import SurveyCompiler
import Testing

@Suite struct SchemaTests {
    /// `HEED_REGENERATE=1 swift test --filter SchemaTests` writes the file anew.
    @Test func committedSchemaIsTheGeneratedOne() throws {
        let file = Checkout.path + "/Sources/Assets/files/survey.xsd"
        let generated = SurveySchema.generate()
        if ProcessInfo.processInfo.environment["HEED_REGENERATE"] == "1" {
            try Data(generated).write(to: URL(fileURLWithPath: file))
            return
        }
        #expect(
            Checkout.bytes(of: "Sources/Assets/files/survey.xsd") == generated,
            "Sources/Assets/files/survey.xsd has drifted; run HEED_REGENERATE=1 swift test --filter SchemaTests")
        #expect(Asset.surveySchema.bytes == generated)
    }

    @Test func schemaCompiles() { #expect(XMLSchema(SurveySchema.generate()) != nil) }

    /// Another reader of the schema, offline, agrees about every shipped survey and about what is wrong in shape.
    @Test func xmllintAgrees() throws {
        let tool = "/usr/bin/xmllint"
        guard FileManager.default.isExecutableFile(atPath: tool) else {
            print("skipped: \(tool) is not installed (apt-get install libxml2-utils)")
            return
        }
        let folder = try TemporaryFolder()
        let schema = folder.file("survey.xsd")
        try Data(SurveySchema.generate()).write(to: URL(fileURLWithPath: schema))
        var expected: [String: Bool] = [:]
        for name in ShippedSurveyTests.files { expected[Checkout.path + "/surveys/" + name] = true }
        let shapeCodes: Set = ["S010", "S011", "S012", "S017", "S018"]
        for (index, sample) in DiagnosticPlaceTests.samples.enumerated() {
            // What is right in shape is for our own checks alone: the schema accepts it, and refuses the rest.
            guard sample.code > "S018" || shapeCodes.contains(sample.code) else { continue }
            // Not for a schema: a language named twice, and the attributes that schemas themselves read.
            if sample.marked.contains("en «en»") || sample.marked.contains("xsi:") { continue }
            let path = folder.file("\(index)-\(sample.code).xml")
            try Data(MarkedSurvey(sample.marked).text.utf8).write(to: URL(fileURLWithPath: path))
            expected[path] = sample.code > "S018"
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = ["--nonet", "--noout", "--schema", schema] + expected.keys.sorted()
        let output = Pipe()
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let verdicts = text.split(separator: "\n")
        for (path, isValid) in expected {
            #expect(verdicts.contains("\(path) validates") == isValid, "\(path)")
            #expect(verdicts.contains("\(path) fails to validate") == !isValid, "\(path)")
        }
    }
}
