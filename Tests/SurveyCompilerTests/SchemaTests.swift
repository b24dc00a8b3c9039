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
        func isValid(_ path: String) throws -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            process.arguments = ["--nonet", "--noout", "--schema", schema, path]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
        for name in ShippedSurveyTests.files { #expect(try isValid(Checkout.path + "/surveys/" + name), "\(name)") }
        let path = folder.file("sample.xml")
        func isValid(text: String) throws -> Bool {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return try isValid(path)
        }
        // What is well-formed and right in shape is for our own checks alone.
        for (code, marked) in DiagnosticPlaceTests.samples where code > "S018" {
            #expect(try isValid(text: MarkedSurvey(marked).text), "\(code): \(marked)")
        }
        let shapeCodes: Set = ["S010", "S011", "S012", "S017", "S018"]
        for (code, marked) in DiagnosticPlaceTests.samples where shapeCodes.contains(code) {
            // Not for a schema: a language named twice, and the attributes that schemas themselves read.
            if marked.contains("en en") || marked.contains("xsi:") { continue }
            #expect(try !isValid(text: MarkedSurvey(marked).text), "\(code): \(marked)")
        }
    }
}
