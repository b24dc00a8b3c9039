internal import Dispatch
internal import Synchronization

/// Work cut into pieces for as many threads as the machine has.
package enum Threads {
    /// Does `count` pieces of work, several at a time; results come back in the order of the pieces.
    package static func map<Result: Sendable>(
        _ count: Int, _ work: @Sendable (Int) throws(AnalysisError) -> Result
    ) throws(AnalysisError) -> [Result] {
        if count == 1 { return [try work(0)] }
        let results = Mutex<[Swift.Result<Result, AnalysisError>?]>(
            [Swift.Result<Result, AnalysisError>?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result: Swift.Result<Result, AnalysisError>
            do throws(AnalysisError) { result = .success(try work(index)) } catch { result = .failure(error) }
            results.withLock { $0[index] = result }
        }
        var all: [Result] = []
        all.reserveCapacity(count)
        for result in results.withLock({ $0 }) { if let result { all.append(try result.get()) } }
        return all
    }
}
