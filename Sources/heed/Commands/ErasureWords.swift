internal import DataFolder
internal import Feedback
internal import Markup
internal import Records

/// The plan of an erasure and its certificate, for people and for programs.
enum ErasureWords {
    /// The plan, to be read before it is carried out.
    static func text(_ plan: ErasurePlan, contact: String) -> String {
        var lines = ["Erasing \(Escaping.visible(contact)), plan \(plan.digest). Nothing is changed yet.", ""]
        for (kind, count) in plan.counts where count > 0 {
            lines.append("  \(counted(count, kind)): \(fate(of: kind, plan.kept))")
        }
        for export in plan.exports { lines.append("  \(words(export))") }
        for torn in plan.quarantine { lines.append("  \(torn): removed") }
        for place in plan.unreadable { lines.append("  \(place), which cannot be read: removed") }
        if !plan.mentions.isEmpty {
            lines += ["", "Others speak of them, or may:"]
            for (mention, goes) in plan.mentions {
                let text = Escaping.visible(mention.text.replacing("\n", with: " "))
                let short = text.count > 160 ? text.prefix(160) + "…" : text[...]
                lines.append(
                    "  \(Escaping.visible(mention.id))\(mention.isCertain ? "" : " (one of their names only)")")
                lines.append("    “\(short)”")
                if plan.isDecided { lines.append("    \(goes ? "redacted" : "kept")") }
            }
        }
        lines.append("")
        lines.append(
            plan.isDecided
                ? "To carry it out, say the same with --plan \(plan.digest) instead of --dry-run."
                : "Say what becomes of these texts: --redact-mentions, --keep-mentions, or --redact with the name of each."
        )
        return lines.joined(separator: "\n")
    }

    /// A number with its plural, or its singular for one.
    private static func counted(_ count: Int, _ plural: String) -> String {
        "\(count) \(count == 1 ? String(plural.dropLast()) : plural)"
    }

    private static func fate(of kind: String, _ kept: KeptAnswers) -> String {
        switch (kind, kept) {
        case ("contact lines", _), ("drafts", _), ("cases", .nothing), ("responses", .nothing): "removed"
        case ("invitations", _): "the link says that it was withdrawn, and nothing else is left"
        case ("responses", .scores): "scores and choices kept under a pseudonym, words removed"
        case ("responses", .words): "kept under a pseudonym, without their name and address"
        case ("suppressions", _): "kept, by a code that tells nothing"
        case ("cases", _): "kept under a pseudonym, without notes"
        default: "kept under a pseudonym"
        }
    }

    private static func words(_ export: PersonalExport) -> String {
        let path = Escaping.visible(export.path)
        if let problem = export.problem { return "\(path): left as it is, because \(problem); see to it yourself" }
        return "\(path): \(export.changed) changed and \(export.removed) removed; an archive is sealed anew"
    }

    /// The certificate.
    static func text(_ certificate: ErasureCertificate) -> String {
        let erasure = certificate.erasure
        var lines = [
            "Certificate of erasure \(erasure.id)", "",
            "A person, known here only by the code \(erasure.person.dropFirst("person:".count)), was erased",
            "on \(erasure.recorded.date) at \(erasure.recorded) by \(Escaping.visible(erasure.by)).",
            "Reason: \(Escaping.visible(erasure.reason)).", "",
        ]
        for (segment, removed, changed) in certificate.segments {
            lines.append("  \(segment): \(counted(removed, "lines")) removed, \(changed) changed")
        }
        for export in certificate.exports { lines.append("  \(words(export))") }
        for torn in certificate.quarantine { lines.append("  \(torn): removed") }
        lines.append("  cache: emptied")
        lines.append("")
        switch erasure.kept {
        case .scores: lines.append("Their scores and choices stay counted under a pseudonym; what they typed is gone.")
        case .words: lines.append("Their answers stay counted under a pseudonym, without their name and address.")
        case .nothing: lines.append("Their answers are gone; reports count them no more.")
        }
        lines.append(
            certificate.remaining.isEmpty
                ? "All \(certificate.searched) files were searched again: their id, whole name and addresses are nowhere."
                : "Their id, whole name or address still stands here, because it was kept or is somebody else's:")
        for place in certificate.remaining { lines.append("  \(Escaping.visible(place))") }
        if certificate.backups.isEmpty {
            lines.append("No backup of this folder is known that still holds them.")
        } else {
            lines.append("These backups still hold them. Let them expire, or restore them with --erasures only:")
            for backup in certificate.backups {
                lines.append("  \(Escaping.visible(backup.path)), made \(backup.made)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The plan for programs.
    static func json(_ plan: ErasurePlan) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("plan", plan.digest)
            writer.member("kept", plan.kept.rawValue)
            writer.member("decided", boolean: plan.isDecided)
            writer.key("lines")
            writer.object { writer in
                for (kind, count) in plan.counts { writer.member(kind, integer: count) }
            }
            writer.key("mentions")
            writer.array { writer in
                for (mention, goes) in plan.mentions {
                    writer.object { writer in
                        writer.member("id", mention.id)
                        writer.member("text", mention.text)
                        writer.member("certain", boolean: mention.isCertain)
                        writer.member("redacted", boolean: goes)
                    }
                }
            }
            exports(plan.exports, &writer)
            strings("quarantine", plan.quarantine, &writer)
            strings("unreadable", plan.unreadable, &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    /// The certificate for programs.
    static func json(_ certificate: ErasureCertificate) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("erasure")
            writer.object { certificate.erasure.write(&$0) }
            writer.key("segments")
            writer.array { writer in
                for (segment, removed, changed) in certificate.segments {
                    writer.object { writer in
                        writer.member("segment", segment)
                        writer.member("removed", integer: removed)
                        writer.member("changed", integer: changed)
                    }
                }
            }
            exports(certificate.exports, &writer)
            strings("quarantine", certificate.quarantine, &writer)
            strings("remaining", certificate.remaining, &writer)
            writer.member("searched", integer: certificate.searched)
            writer.key("backups")
            writer.array { writer in
                for backup in certificate.backups { writer.object { backup.write(&$0) } }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func exports(_ exports: [PersonalExport], _ writer: inout JSONWriter) {
        writer.key("exports")
        writer.array { writer in
            for export in exports {
                writer.object { writer in
                    writer.member("path", export.path)
                    writer.member("changed", integer: export.changed)
                    writer.member("removed", integer: export.removed)
                    writer.member("problem", export.problem)
                }
            }
        }
    }

    private static func strings(_ name: String, _ texts: [String], _ writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in texts.forEach { writer.string($0) } }
    }
}
