import DataFolder
import Feedback
import Journal
import QuestionnaireModel
import Records
import Testing

extension FolderWorkbench {
    /// The same bench over other files, as they are after a crash.
    init(_ other: FolderWorkbench, _ files: MemoryFiles) {
        self.init(files: files, time: other.time, folder: other.folder)
    }

    /// A bench over a copy of the files; its folder is opened when it is needed.
    func copy() -> FolderWorkbench { FolderWorkbench(self, files.afterPowerCut { $0 }) }

    /// The bench itself, for reading it as a copy.
    func copyBack() -> FolderWorkbench { self }

    /// Adds a contact of the account acme; says how many were taken in.
    @discardableResult
    func person(_ id: String, _ name: String, _ email: String) async throws -> Int {
        var line = ContactLine(id: try contactID(id))
        line.account = AccountID("acme")
        (line.name, line.email, line.role) = (name, email, .decisionMaker)
        return try await folder.upsert(contacts: [line]).added
    }

    /// A contact's invitation to the survey trip.
    func asked(_ contact: String, wave: String) async throws -> InvitationLine {
        let issued = try await folder.invite(
            try surveyID("trip"), contacts: [try contactID(contact)], wave: wave)
        guard case .link(let invitation, _, _)? = issued.first?.outcome else {
            throw FolderError(.refused, "no link: \(issued)")
        }
        return invitation
    }

    func request(
        _ contact: String, kept: KeptAnswers = .scores, policy: MentionPolicy = .undecided
    ) throws -> ErasureRequest {
        ErasureRequest(try contactID(contact), kept: kept, policy: policy, by: "test", exports: "exports")
    }

    /// Looks at the plan and carries it out, as another process.
    func erase(
        _ contact: String, kept: KeptAnswers = .scores, policy: MentionPolicy
    ) async throws -> ErasureCertificate {
        let command = try another()
        defer { command.close() }
        let request = try request(contact, kept: kept, policy: policy)
        let plan = try await command.showErasure(request)
        return try await command.erase(request, plan: plan.digest)
    }

    func put(_ path: String, _ bytes: [UInt8]) throws {
        try files.makeFolders(PosixFiles.parent(of: path))
        try files.replace(path, with: bytes)
    }

    /// The files that hold one of some texts.
    func files(holding texts: [String]) -> [String] {
        files.files.filter { _, bytes in
            let content = String(decoding: bytes, as: UTF8.self)
            return texts.contains { content.contains($0) }
        }.keys.sorted()
    }

    /// Who stands for what score in a survey's reports: the winning line of each unit.
    func scores(_ survey: String) throws -> [Int] {
        var winners: [ResponseID: ResponseLine] = [:]
        for line in try responses(survey) {
            if let before = winners[line.id], before.revision > line.revision { continue }
            winners[line.id] = line
        }
        return winners.values.compactMap { line -> Int? in
            if case .integer(let score)? = line.answers["recommend"] { score } else { nil }
        }.sorted()
    }

    /// What the folder tells, without moments and ids that differ from run to run.
    var content: [String: [String]] {
        var content: [String: [String]] = [:]
        for (path, bytes) in files.files where path.hasPrefix("data/") && path.hasSuffix(".jsonl") {
            if ["seals", "erasures", "audit"].contains(where: { path.hasPrefix("data/" + $0) }) { continue }
            content[path] = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
                guard var value = try? JSONParser.parse(line.utf8), let members = value.members else { return "?" }
                value = .object(members.filter { $0.key != "recorded" })
                var writer = JSONWriter()
                writer.value(value)
                return String(decoding: writer.bytes, as: UTF8.self)
            }
        }
        return content
    }
}
