internal import Crypto
internal import LibXML
internal import Markup

/// What a verification proved, and what it found wrong.
package struct Verification: Sendable, Equatable {
    /// What was looked at.
    package let path: String
    /// What is proven, each in a sentence.
    package var proven: [String] = []
    /// What nobody can say from what was looked at, each in a sentence.
    package var notProven: [String] = []
    /// What is wrong, each in a sentence; empty when all is well.
    package var problems: [String] = []
    /// How many bytes were looked at.
    package var bytes = 0

    /// Nothing looked at yet.
    package init(path: String) { self.path = path }

    /// Whether nothing is wrong.
    package var isSound: Bool { problems.isEmpty }
}

/// Proves that an archive is whole and as it was written: schema, digest, counts, definitions.
package enum ArchiveVerification {
    /// Reads an archive once, in memory that does not grow with it.
    package static func verify(
        _ path: String, progress: (Double) -> Void = { _ in }
    ) throws(ExportError) -> Verification {
        let archive = try Segments(whole: path)
        guard let file = archive.all.first else { return Verification(path: path) }
        var result = Verification(path: path)
        result.bytes = file.length
        let reader = ArchiveReader()
        var scan = MarkupScan()
        guard let schema = XMLSchema(Asset.archiveSchema.bytes), let stream = XMLStream(schema: schema, reader.listener)
        else {
            result.problems.append("The schema of archives cannot be loaded.")
            return result
        }
        var hash = SHA256()
        var digest: String?
        var offset = 0
        while offset < file.length, scan.problem == nil, stream.isFine {
            let bytes: [UInt8]
            do {
                bytes = try Segments.read(file.descriptor, offset..<min(offset + 65_536, file.length), padding: 0)
            } catch {
                throw .cannotRead(path: path, code: error.code)
            }
            if bytes.isEmpty { break }
            bytes.withUnsafeBytes { bytes in
                scan.read(bytes)
                guard scan.problem == nil else { return }
                _ = stream.feed(bytes)
                // The digest covers all that stands before the seal.
                if let seal = scan.seal, digest == nil {
                    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<max(0, seal - offset)]))
                    digest = hash.finalize().hexadecimal
                } else if digest == nil {
                    hash.update(bufferPointer: bytes)
                }
            }
            offset += bytes.count
            progress(Double(offset) / Double(file.length))
        }
        if let problem = scan.problem {
            result.problems.append("\(path): \(problem).")
        } else if !stream.finish() {
            result.problems += stream.problems.map { "\(path): \($0)" }
            if stream.problems.isEmpty { result.problems.append("\(path): the document is not whole.") }
        }
        if result.isSound { reader.judge(digest: digest, bytes: scan.seal, into: &result) }
        return result
    }
}

/// Counts what an archive holds while it streams by.
private final class ArchiveReader {
    private var responses = 0
    private var complete = 0
    private var answers = 0
    private var accounts = 0
    private var contacts = 0
    private var undefined = 0
    private var survey = ""
    private var versions: Set<String> = []
    private var lastVersion = ""
    private var lastIsDefined = false
    private var seal: [String: String] = [:]
    private var definitionDigest = ""
    private var definitionVersion = ""
    private var source: SHA256?
    private var badDefinitions: [String] = []

    var listener: XMLStream.Listener {
        XMLStream.Listener(
            start: { [unowned self] in start($0) }, end: { [unowned self] in end($0) },
            text: { [unowned self] bytes in source?.update(bufferPointer: UnsafeRawBufferPointer(bytes)) })
    }

    private func start(_ tag: borrowing StreamedTag) {
        if tag.name.isCalled("answer") || tag.name.isCalled("other") {
            answers += 1
        } else if tag.name.isCalled("response") {
            responses += 1
            if !tag.has("complete", "false") { complete += 1 }
            let version = tag["version"] ?? ""
            if version != lastVersion {
                lastVersion = version
                lastIsDefined = versions.contains(version)
            }
            if !lastIsDefined { undefined += 1 }
        } else if tag.name.isCalled("account") {
            accounts += 1
        } else if tag.name.isCalled("contact") {
            contacts += 1
        } else if tag.name.isCalled("source") {
            source = SHA256()
        } else if tag.name.isCalled("definition") {
            definitionVersion = tag["version"] ?? ""
            definitionDigest = tag["sha256"] ?? ""
            versions.insert(definitionVersion)
        } else if tag.name.isCalled("archive") {
            survey = tag["survey"] ?? ""
        } else if tag.name.isCalled("seal") {
            read(seal: tag)
        }
    }

    private func read(seal tag: borrowing StreamedTag) {
        seal["responses"] = tag["responses"]
        seal["complete"] = tag["complete"]
        seal["answers"] = tag["answers"]
        seal["accounts"] = tag["accounts"]
        seal["contacts"] = tag["contacts"]
        seal["undefined"] = tag["undefined"] ?? "0"
        seal["unreadable"] = tag["unreadable"] ?? "0"
        seal["replaced"] = tag["replaced"] ?? "0"
        seal["bytes"] = tag["bytes"]
        seal["sha256"] = tag["sha256"]
    }

    private func end(_ name: StreamedName) {
        guard name.isCalled("source"), let source else { return }
        if source.finalize().hexadecimal != definitionDigest { badDefinitions.append(definitionVersion) }
        self.source = nil
    }

    func judge(digest: String?, bytes: Int?, into result: inout Verification) {
        for version in badDefinitions {
            result.problems.append("The survey file of version \(version) is not the one that its digest names.")
        }
        for (name, counted) in [
            ("responses", responses), ("complete", complete), ("answers", answers), ("accounts", accounts),
            ("contacts", contacts), ("undefined", undefined),
        ] where seal[name] != String(counted) {
            result.problems.append("The seal says \(seal[name] ?? "nothing about") \(name), and \(counted) are here.")
        }
        if seal["bytes"] != bytes.map(String.init) {
            result.problems.append(
                "The seal stands at byte \(bytes ?? 0), and says it stands at \(seal["bytes"] ?? "none").")
        }
        if let digest, seal["sha256"] != digest {
            result.problems.append(
                "The bytes before the seal are not those that were sealed: their SHA-256 is \(digest).")
        }
        guard result.isSound else { return }
        let plural = responses == 1 ? "response" : "responses"
        result.proven = [
            "It is an archive of \"\(Escaping.visible(survey))\", well-formed and as its schema says.",
            "It holds \(responses) \(plural) (\(complete) complete) with \(answers) answers, \(accounts) accounts and \(contacts) contacts, as sealed.",
            "Not a byte has changed since it was sealed: SHA-256 \(digest ?? "").",
            "\(versions.count == 1 ? "The survey file" : "Each of the \(versions.count) survey files") inside is the one that its digest names.",
        ]
        result.notProven = [
            "Who wrote it: whoever can rewrite the file can seal it anew. Keep the digest somewhere else."
        ]
        if seal["unreadable"] != "0" {
            result.notProven.append(
                "\(seal["unreadable"] ?? "") lines could not be read when it was made and are not in it.")
        }
        if seal["undefined"] != "0" {
            result.notProven.append("\(undefined) responses are to a version whose definition is not in it.")
        }
        if seal["replaced"] != "0" {
            result.notProven.append("\(seal["replaced"] ?? "") characters that XML cannot hold stand in it as U+FFFD.")
        }
    }
}

extension Segments {
    /// A file of any kind, to its last byte.
    convenience init(whole path: String) throws(ExportError) { try self.init([path], isWhole: true) }
}
