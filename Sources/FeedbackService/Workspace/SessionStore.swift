internal import Crypto
internal import Feedback
internal import Synchronization

/// A CSM who is signed in.
struct WorkspaceSession: Sendable {
    /// The name they signed in with.
    let user: String
    /// The secret that each form of theirs carries, so that no other site can send one for them.
    let formToken: String
    fileprivate let began: Timestamp
    fileprivate var used: Timestamp
}

/// Who is signed in; only digests of the cookies are kept, in memory, so that nothing read from here opens a session.
final class SessionStore: Sendable {
    /// A session ends after half an hour without use, and after 12 hours in any case (FAULTS.md section 5).
    static let idle: Int64 = 30 * 60_000
    static let longest: Int64 = 12 * 3_600_000

    private let sessions = Mutex<[SHA256.Digest: WorkspaceSession]>([:])

    /// Begins a session and returns the cookie's value: 256 random bits.
    func begin(user: String, at now: Timestamp) -> String {
        let id = Self.randomText()
        sessions.withLock { sessions in
            sessions = sessions.filter { !Self.isOver($0.value, at: now) }
            sessions[Self.digest(id)] = WorkspaceSession(
                user: user, formToken: Self.randomText(), began: now, used: now)
        }
        return id
    }

    /// The session of a cookie, if it lasts; this counts as use.
    func find(_ id: String, at now: Timestamp) -> WorkspaceSession? {
        let key = Self.digest(id)
        return sessions.withLock { sessions in
            guard var session = sessions[key] else { return nil }
            if Self.isOver(session, at: now) {
                sessions[key] = nil
                return nil
            }
            session.used = max(session.used, now)
            sessions[key] = session
            return session
        }
    }

    /// Ends the session of a cookie.
    func end(_ id: String) { sessions.withLock { $0[Self.digest(id)] = nil } }

    /// Ends every session of a user, for one who may no longer sign in.
    func end(user: String) { sessions.withLock { sessions in sessions = sessions.filter { $0.value.user != user } } }

    private static func isOver(_ session: WorkspaceSession, at now: Timestamp) -> Bool {
        now.milliseconds - session.used.milliseconds > idle || now.milliseconds - session.began.milliseconds > longest
    }

    private static func digest(_ id: String) -> SHA256.Digest { SHA256.hash(data: Array(id.utf8)) }

    private static func randomText() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
            bytes.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
        }
    }
}
