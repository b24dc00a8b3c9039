internal import Diagnostics
internal import Records

extension CompileReport {
    /// SARIF 2.1.0 (OASIS), which editors and code review show beside the lines.
    package var sarif: [UInt8] {
        let rules = SurveyCompiler.codes
        let places = Dictionary(
            rules.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            writer.member("version", "2.1.0")
            writer.key("runs")
            writer.array { writer in
                writer.object { writer in
                    writer.key("tool")
                    writer.object { writer in
                        writer.key("driver")
                        writer.object { writer in
                            writer.member("name", "heed")
                            writer.key("rules")
                            writer.array { writer in
                                for rule in rules { Self.write(rule, to: &writer) }
                            }
                        }
                    }
                    writer.member("columnKind", "unicodeCodePoints")
                    writer.key("results")
                    writer.array { writer in
                        for diagnostic in diagnostics {
                            Self.write(diagnostic, rule: places[diagnostic.code.id], to: &writer)
                        }
                    }
                }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ rule: DiagnosticCode, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", rule.id)
            text(rule.title, as: "shortDescription", to: &writer)
            text(rule.why, as: "fullDescription", to: &writer)
            writer.key("defaultConfiguration")
            writer.object { $0.member("level", rule.severity.rawValue) }
        }
    }

    private static func write(_ diagnostic: Diagnostic, rule: Int?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("ruleId", diagnostic.code.id)
            writer.member("ruleIndex", integer: rule)
            writer.member("level", diagnostic.severity.rawValue)
            text(diagnostic.message + (diagnostic.help.map { " " + $0 } ?? ""), as: "message", to: &writer)
            writer.key("locations")
            writer.array { writer in
                writer.object { writer in
                    writer.key("physicalLocation")
                    writer.object { writer in
                        writer.key("artifactLocation")
                        writer.object { $0.member("uri", address(of: diagnostic.file)) }
                        writer.key("region")
                        writer.object { writer in
                            writer.member("startLine", integer: diagnostic.position.line)
                            writer.member("startColumn", integer: diagnostic.position.column)
                            writer.member("endColumn", integer: diagnostic.position.column + diagnostic.width)
                        }
                    }
                }
            }
        }
    }

    private static func text(_ words: String, as key: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.object { $0.member("text", words) }
    }

    /// A path as a URI reference (RFC 3986 section 2.3): what is not plain is percent-encoded.
    private static func address(of path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let plain = Set("-._~/".utf8)
        var bytes: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
        for byte in path.utf8 {
            let isLetter = (65...90).contains(byte & 0xDF) && byte < 0x80
            if isLetter || (48...57).contains(byte) || plain.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
