"""Draws the throughput chart as an SVG that reads in light and in dark."""
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP = 760, 620, 70, 150, 46
PANEL = 210
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 15px } .small { fill: #59636e; font-size: 12px }
.paper { fill: #ffffff } .grid { stroke: #d1d9e0; stroke-width: 1 } path { fill: none; stroke-width: 2.5 }
.heed { stroke: #0969da } .file { stroke: #6e7781; stroke-dasharray: 6 4 } .sqlite { stroke: #bc4c00 } .late { stroke: #8250df }
text.heed { fill: #0969da; stroke: none } text.file { fill: #59636e; stroke: none } text.sqlite { fill: #bc4c00; stroke: none }
text.late { fill: #8250df; stroke: none }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #3d444d }
.heed { stroke: #4493f8 } .file { stroke: #9198a1 } .sqlite { stroke: #f0883e } .late { stroke: #ab7df8 }
text.heed { fill: #4493f8 } text.file { fill: #9198a1 } text.sqlite { fill: #f0883e } text.late { fill: #ab7df8 } }
"""


def nice(value):
    """The least 1, 2 or 5 times a power of ten that is not below a value."""
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def count(value):
    return f"{value / 1e6:g} M" if value >= 1e6 else f"{value / 1000:g} k" if value >= 1000 else f"{value:g}"


def time(milliseconds):
    return f"{milliseconds / 1000:g} s" if milliseconds >= 1000 else f"{milliseconds:g} ms"


class Panel:
    """One chart with both axes logarithmic: twice as many is as far to the right, ten times as much as far up."""

    def __init__(self, top, title, words, series):
        self.top, self.title, self.words, self.series = top, title, words, series
        values = [value for _, _, points in series for value in points.values()]
        self.least, self.most = 10 ** math.floor(math.log10(min(values))), nice(max(values))
        self.connections = sorted(series[0][2])

    def x(self, connections):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log2(connections) / math.log2(self.connections[-1])

    def y(self, value):
        share = math.log10(value / self.least) / math.log10(self.most / self.least)
        return self.top + PANEL * (1 - share)

    def draw(self):
        parts = [f'<text class="title" x="{LEFT}" y="{self.top - 20}">{self.title}</text>']
        mark = self.least
        while mark <= self.most * 1.001:
            parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{self.y(mark):.1f}" y2="{self.y(mark):.1f}"/>')
            parts.append(f'<text class="small" x="{LEFT - 8}" y="{self.y(mark) + 4:.1f}" text-anchor="end">{self.words(mark)}</text>')
            mark *= 10
        for number in self.connections:
            parts.append(f'<text class="small" x="{self.x(number):.1f}" y="{self.top + PANEL + 20}" text-anchor="middle">{number}</text>')
        labels = []
        for kind, name, points in sorted(self.series, key=lambda s: -s[2][self.connections[-1]]):
            line = " L".join(f"{self.x(number):.1f} {self.y(value):.1f}" for number, value in sorted(points.items()))
            parts.append(f'<path class="{kind}" d="M{line}"/>')
            # Names stand at the lines' ends, never on one another.
            at = max(self.y(points[self.connections[-1]]) + 4, labels[-1] + 17 if labels else 0)
            labels.append(at)
            parts.append(f'<text class="{kind}" x="{WIDTH - RIGHT + 10}" y="{at:.1f}">{name}</text>')
        return parts


def draw(found):
    """The chart of what was measured: {heed, file, sqlite} by connections to (rate, p50, p99)."""
    of = {name: [{number: figures[index] for number, figures in points.items()} for index in range(3)] for name, points in found.items()}
    rates = Panel(TOP, "Submissions a second, each on disk (fdatasync) before its answer", count, [
        ("heed", "heed over HTTP", of["heed"][0]), ("file", "the file alone", of["file"][0]), ("sqlite", "SQLite alone", of["sqlite"][0])])
    times = Panel(TOP + PANEL + 86, "How long a customer waits for heed", time, [
        ("heed", "half of them", of["heed"][1]), ("late", "99 of 100", of["heed"][2])])
    body = rates.draw() + times.draw()
    body.append(f'<text class="small" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
                "connections at once; for the file and SQLite, lines that share one sync</text>")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="Throughput and waiting time against connections"><style>{STYLE}</style>'
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>\n' + "\n".join(body) + "\n</svg>\n")
