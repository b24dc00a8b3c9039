/// Works on blocks in parallel and hands the results over in order.
enum Pipeline {
    /// How many blocks are worked on or wait to be handed over; this bounds the memory.
    private static let window = 4

    /// Makes a result of every block and hands each over in the order of the blocks, as long as that answers true.
    @discardableResult
    static func run<Result: Sendable>(
        _ blocks: [Block], _ make: @escaping @Sendable (Block) throws(ExportError) -> Result,
        handOver: (Result) throws(ExportError) -> Bool
    ) async throws(ExportError) -> Bool {
        do {
            return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
                var waiting: [Int: Result] = [:]
                var started = 0
                var done = 0
                while done < blocks.count {
                    while started < blocks.count, started - done < window {
                        let index = started
                        group.addTask { (index, try make(blocks[index])) }
                        started += 1
                    }
                    if let result = waiting.removeValue(forKey: done) {
                        done += 1
                        if try !handOver(result) {
                            group.cancelAll()
                            return false
                        }
                    } else if let (index, result) = try await group.next() {
                        waiting[index] = result
                    }
                }
                return true
            }
        } catch let error as ExportError {
            throw error
        } catch {
            preconditionFailure("only export errors are thrown inside: \(error)")
        }
    }
}
