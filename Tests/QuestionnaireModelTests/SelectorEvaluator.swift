/// Says whether a form's compound selector matches while some controls are checked: a second reading of the CSS we
/// send.
struct SelectorEvaluator {
    /// The checked controls as name and value.
    let checked: [(name: String, value: String)]
    private var rest: Substring = ""

    struct Fault: Error { let at: String }

    init(checked: [(name: String, value: String)]) { self.checked = checked }

    mutating func matches(_ selector: String) throws -> Bool {
        rest = selector[...]
        let result = try compound()
        guard rest.isEmpty else { throw Fault(at: String(rest)) }
        return result
    }

    /// Pseudo-classes one after the other: all must hold.
    private mutating func compound() throws -> Bool {
        var result = true
        while rest.first == ":" {
            if take(":has(") {
                result = try control() && result
            } else if take(":is(") {
                var any = try compound()
                while take(",") { any = try compound() || any }
                result = any && result
            } else if take(":not(") {
                result = try !(take("*") ? true : compound()) && result
            } else {
                throw Fault(at: String(rest))
            }
            try need(")")
        }
        return result
    }

    /// `[name="q"]`, perhaps values, and `:checked`: whether such a control exists.
    private mutating func control() throws -> Bool {
        let name = try attribute("name")
        var values: [String]?
        if rest.hasPrefix("[value") {
            values = [try attribute("value")]
        } else if take(":is(") {
            values = [try attribute("value")]
            while take(",") { values?.append(try attribute("value")) }
            try need(")")
        }
        try need(":checked")
        return checked.contains { $0.name == name && values?.contains($0.value) ?? true }
    }

    private mutating func attribute(_ name: String) throws -> String {
        try need("[\(name)=\"")
        guard let end = rest.firstIndex(of: "\"") else { throw Fault(at: String(rest)) }
        defer { rest = rest[rest.index(after: end)...].dropFirst() }
        return String(rest[..<end])
    }

    private mutating func take(_ token: String) -> Bool {
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        return true
    }

    private mutating func need(_ token: String) throws {
        guard take(token) else { throw Fault(at: String(rest)) }
    }
}
