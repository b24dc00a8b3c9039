internal import Feedback
internal import FoundationEssentials
internal import Records

@testable import Analysis

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The expected figures and the data sets that lie beside the checkout, in `../shared`.
enum SharedStatistics {
    private static let folder: String = {
        // The real path: development packages see this file through a link.
        let here = realpath(#filePath, nil)
        defer { free(here) }
        let path = here.map { String(cString: $0) } ?? #filePath
        return path.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } + "/../shared"
    }()

    /// Whether they are there; prints why tests are left out when not.
    static let isPresent: Bool = {
        if FileManager.default.fileExists(atPath: folder + "/metrics-cases.json") { return true }
        print("Statistics tests against metrics-cases.json and datasets are skipped: there is no \(folder).")
        return false
    }()

    /// Whether tests of a minute and more run; prints how to have them when not.
    static let isLong: Bool = {
        if ProcessInfo.processInfo.environment["HEED_LONG"] != nil { return isPresent }
        print("Long statistics tests are skipped: set HEED_LONG=1 to run them.")
        return false
    }()

    private static let cases: JSONValue = {
        guard let data = FileManager.default.contents(atPath: folder + "/metrics-cases.json"),
            let value = try? JSONParser.parse(data)
        else { return .null }
        return value
    }()

    /// The expected figures of one method.
    static func expected(_ method: String) -> JSONValue { cases[method] ?? .null }

    /// The rows of a data set, each value by its column.
    static func rows(_ name: String) -> [[String: String]] {
        guard let data = FileManager.default.contents(atPath: folder + "/datasets/" + name) else { return [] }
        var records = records(String(decoding: data, as: UTF8.self))
        let header = records.removeFirst()
        return records.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    /// A column of numbers.
    static func column(_ name: String, of rows: [[String: String]]) -> [Double] { rows.map { number($0, name) } }

    /// A number of a row; a hole in the data fails any test that uses it.
    static func number(_ row: [String: String], _ name: String) -> Double { row[name].flatMap(Double.init) ?? .nan }

    /// A date that a test writes.
    static func date(_ text: String) -> LocalDate {
        guard let date = LocalDate(text) else { fatalError("\(text) is no date") }
        return date
    }

    /// An account that a test writes.
    static func account(_ text: String) -> AccountID {
        guard let account = AccountID(text) else { fatalError("\(text) is no account") }
        return account
    }

    /// RFC 4180.
    private static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        func close() {
            record.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                if isQuoted, index < bytes.count, bytes[index] == byte {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            case UInt8(ascii: ",") where !isQuoted: close()
            case UInt8(ascii: "\r") where !isQuoted: break
            case UInt8(ascii: "\n") where !isQuoted:
                close()
                records.append(record)
                record = []
            default: field.append(byte)
            }
        }
        if !field.isEmpty || !record.isEmpty {
            close()
            records.append(record)
        }
        return records
    }
}

extension JSONValue {
    /// The number of a key; a missing one fails any comparison.
    func number(_ key: String) -> Double { self[key]?.double ?? .nan }

    /// The numbers of an array.
    var numbers: [Double] { array?.map { $0.double ?? .nan } ?? [] }

    /// The numbers of an array under a key.
    func numbers(_ key: String) -> [Double] { self[key]?.numbers ?? [] }

    /// The elements of an array.
    var elements: [JSONValue] { array ?? [] }

    /// Counts by band.
    var bands: PromoterCounts {
        let counts = elements.map { $0.integer ?? 0 }
        return PromoterCounts(detractors: counts[0], passives: counts[1], promoters: counts[2])
    }
}

/// z of METRICS: 1.959963985.
let usualZ = NormalDistribution.z(level: 0.95)

/// Whether a figure is there and as close as told.
func isNear(_ value: Double?, _ expected: Double?, _ tolerance: Double) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return abs(value - expected) <= tolerance
}

/// Whether both ends are there and as close as told.
func isNear(_ interval: Interval?, _ expected: [Double], _ tolerance: Double) -> Bool {
    guard let interval, expected.count == 2 else { return false }
    return isNear(interval.low, expected[0], tolerance) && isNear(interval.high, expected[1], tolerance)
}
