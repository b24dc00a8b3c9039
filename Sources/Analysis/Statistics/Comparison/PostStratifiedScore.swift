/// An NPS with each group weighed by how many were asked, not by how many answered (METRICS 6); shown beside the raw
/// one.
package struct PostStratifiedScore: Sendable, Hashable {
    /// One group, such as a role.
    package struct Cell: Sendable, Hashable {
        /// Its names, several when groups were put together.
        package var names: [String]
        /// Its answers by band.
        package var counts: PromoterCounts
        /// Its contacts, those silent too.
        package var contacts: Int

        /// A group.
        package init(name: String, counts: PromoterCounts, contacts: Int) {
            names = [name]
            self.counts = counts
            self.contacts = contacts
        }
    }

    /// The NPS of all answers alike, -1 to 1.
    package var raw: Double
    /// Σ contacts / all contacts × the group's NPS, -1 to 1.
    package var value: Double
    /// By linearisation: (1 - n/N) n/(n-1) Σ over answers of (w (s - the group's NPS))² / N², square root taken.
    package var standardError: Double
    /// The groups as used: those with fewer than two answers were put together with the next smallest.
    package var cells: [Cell]

    /// The adjusted score; nil when fewer than two groups with two answers each are left, which adjusts nothing.
    package init?(_ groups: [Cell]) {
        var cells = groups.filter { $0.contacts > 0 }
        func smallest(_ cells: [Cell], except own: Int? = nil) -> Int? {
            cells.indices.filter { $0 != own }.min { (cells[$0].counts.count, $0) < (cells[$1].counts.count, $1) }
        }
        while cells.count > 1, let least = smallest(cells), cells[least].counts.count < 2,
            let next = smallest(cells, except: least)
        {
            let (kept, gone) = (min(least, next), max(least, next))
            cells[kept].names += cells[gone].names
            cells[kept].counts = cells[kept].counts + cells[gone].counts
            cells[kept].contacts += cells[gone].contacts
            cells.remove(at: gone)
        }
        guard cells.count > 1 else { return nil }
        let all = cells.reduce(PromoterCounts()) { $0 + $1.counts }
        let contacts = Double(cells.reduce(0) { $0 + $1.contacts })
        let n = Double(all.count)
        guard let raw = all.value else { return nil }
        var value = 0.0
        var spread = 0.0
        for cell in cells {
            guard let own = cell.counts.value, let variance = cell.counts.variance else { return nil }
            let answers = Double(cell.counts.count)
            let weight = Double(cell.contacts) / answers
            value += Double(cell.contacts) / contacts * own
            spread += weight * weight * variance * answers
        }
        self.raw = raw
        self.value = value
        self.cells = cells
        standardError = (max(0, 1 - n / contacts) * n / (n - 1) * spread).squareRoot() / contacts
    }
}
