internal import Analysis
internal import Markup

/// Small charts as inline SVG, each with its content in words for those who cannot see it.
enum Charts {
    /// An NPS on a fixed axis from -100 to +100: the interval as a band, the score as a dot.
    static func score(_ value: Double, _ interval: Interval, level: Double, _ html: inout HTMLWriter) {
        func place(_ value: Double) -> Double { 60 + 54 * value }
        let words =
            "NPS \(NumberWords.points(value)), \(NumberWords.level(level)) \(NumberWords.points(interval.low)) to \(NumberWords.points(interval.high))"
        html.element(
            "svg", ["width": "120", "height": "18", "viewBox": "0 0 120 18", "role": "img", "aria-label": words]
        ) { html in
            html.open("line", ["class": "axis", "x1": "6", "x2": "114", "y1": "9", "y2": "9"])
            html.close("line")
            html.open("line", ["class": "axis", "x1": "60", "x2": "60", "y1": "3", "y2": "15"])
            html.close("line")
            html.open(
                "rect",
                [
                    "class": "band", "x": tenths(place(interval.low)), "y": "5",
                    "width": tenths(max(1, place(interval.high) - place(interval.low))), "height": "8", "rx": "4",
                ])
            html.close("rect")
            html.open("circle", ["class": "dot", "cx": tenths(place(value)), "cy": "9", "r": "4"])
            html.close("circle")
        }
    }

    /// A share of a whole as a bar that fills its cell.
    static func bar(_ share: Double, label: String, _ html: inout HTMLWriter) {
        html.element(
            "svg", ["viewBox": "0 0 100 10", "preserveAspectRatio": "none", "role": "img", "aria-label": label]
        ) { html in
            html.open("rect", ["class": "band", "x": "0", "y": "0", "width": "100", "height": "10"])
            html.close("rect")
            html.open(
                "rect",
                ["class": "bar", "x": "0", "y": "0", "width": tenths(min(1, max(0, share)) * 100), "height": "10"])
            html.close("rect")
        }
    }

    private static func tenths(_ value: Double) -> String { NumberWords.decimal(value, places: 1) }
}
