import Feedback
import FeedbackTestSupport
import Markup
import Records
import Testing

@testable import ArchiveExport

@Suite("Verify: an archive is whole and unaltered, or it is said where not")
struct VerificationTests {
    private func archive(_ count: Int = 12) async throws -> (fixture: ExportFixture, bytes: [UInt8]) {
        var fixture = try ExportFixture()
        try fixture.add((0..<count).map { try fixture.line("r\(10 + $0)", text: "text \($0) & more") })
        try fixture.write(accounts: [AccountLine(id: try #require(AccountID("acme")))], contacts: [])
        return (fixture, try await fixture.export().bytes)
    }

    private func verify(_ bytes: [UInt8], _ fixture: ExportFixture) throws -> Verification {
        let path = fixture.folder.file("archive.xml")
        try Files.write(bytes, to: path)
        return try ArchiveVerification.verify(path)
    }

    @Test("a sound archive is proven, and what is not proven is said")
    func sound() async throws {
        let (fixture, bytes) = try await archive()
        let result = try verify(bytes, fixture)
        #expect(result.problems == [])
        #expect(result.proven.count == 4 && result.proven[1].contains("12 responses") && !result.notProven.isEmpty)
    }

    @Test("a bit flipped in any byte is noticed")
    func flipped() async throws {
        let (fixture, bytes) = try await archive(3)
        // Every byte of the responses and the seal, and every seventh of the rest.
        let text = String(decoding: bytes, as: UTF8.self)
        let start = text.utf8.distance(
            from: text.startIndex, to: try #require(text.firstRange(of: "<responses>")).lowerBound)
        for index in bytes.indices where index >= start || index % 7 == 0 {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            let isSound = try verify(changed, fixture).isSound
            // White space behind the root element is no part of the document.
            if index < bytes.count - 1 { #expect(!isSound, "byte \(index)") }
        }
    }

    @Test("an archive cut at any byte is noticed")
    func cut() async throws {
        let (fixture, bytes) = try await archive(3)
        for length in stride(from: 0, to: bytes.count - 1, by: 5) {
            #expect(try !verify(Array(bytes[..<length]), fixture).isSound, "\(length) bytes")
        }
        #expect(try !verify(bytes + Array("<x/>".utf8), fixture).isSound)
    }

    @Test("a response taken out or put in is noticed, also with the seal's digest mended")
    func removed() async throws {
        let (fixture, bytes) = try await archive()
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        let index = try #require(lines.firstIndex { $0.contains("id=\"r15\"") })
        let taken = lines.remove(at: index)
        #expect(try !verify(Array(lines.joined(separator: "\n").utf8), fixture).isSound)
        let resealed = try reseal(lines)
        #expect(
            try verify(resealed, fixture).problems == [
                "The seal says 12 responses, and 11 are here.", "The seal says 12 complete, and 11 are here.",
                "The seal says 24 answers, and 22 are here.",
            ])
        lines.insert(taken, at: index)
        #expect(try verify(try reseal(lines), fixture).isSound)
    }

    /// Writes place and digest of the seal anew, as a forger would.
    private func reseal(_ lines: [String]) throws -> [UInt8] {
        let text = lines.joined(separator: "\n")
        let seal = try #require(text.firstRange(of: "<seal "))
        let before = Array(text[..<seal.lowerBound].utf8)
        let stream = ExportStream(MemorySink())
        try stream.put(before)
        var tail = String(text[seal.lowerBound...])
        for (name, value) in [("bytes", String(stream.count)), ("sha256", stream.digest)] {
            let start = try #require(tail.firstRange(of: "\(name)=\"")).upperBound
            let end = try #require(tail[start...].firstIndex(of: "\""))
            tail.replaceSubrange(start..<end, with: value)
        }
        return before + Array(tail.utf8)
    }

    @Test("what no archive has is refused before it can cost anything")
    func hostile() async throws {
        let (fixture, bytes) = try await archive(2)
        let text = String(decoding: bytes, as: UTF8.self)
        let wide = (0..<100_000).map { " a\($0)=\"\"" }.joined()
        for hostile in [
            text.replacing("<note>", with: "<!-- hello --><note>"), text.replacing("<note>", with: "<?php x?><note>"),
            text.replacing("<archive ", with: "<!DOCTYPE x [<!ENTITY a \"b\">]><archive "),
            text.replacing("<note>", with: "<note\(wide)>"),
            text.replacing("<people>", with: String(repeating: "<a>", count: 10_000)),
            "", "\u{0}\u{0}", "<archive/>", "<survey xmlns=\"urn:heed:survey:1\"/>", "{}",
        ] {
            let begun = ContinuousClock.now
            #expect(try !verify(Array(hostile.utf8), fixture).isSound, "\(hostile.prefix(80))")
            #expect(ContinuousClock.now - begun < .seconds(2))
        }
        #expect(throws: ExportError.self) { try ArchiveVerification.verify(fixture.folder.file("missing.xml")) }
    }

    @Test("the survey file inside must be the one its digest names")
    func source() async throws {
        let (fixture, bytes) = try await archive(2)
        let text = String(decoding: bytes, as: UTF8.self).replacing(
            "&lt;title&gt;Our club", with: "&lt;title&gt;Our klub")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(
            try verify(try reseal(lines), fixture).problems == [
                "The survey file of version 1 is not the one that its digest names."
            ])
    }
}
