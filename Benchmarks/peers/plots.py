"""SVG plots of a run, without a plotting library: bars on a logarithmic scale, one file a question."""
import math, os

COLOURS = ["#1b6ca8", "#5fa8d3", "#9ec9e2", "#c8553d", "#8f9e3f", "#7d5ba6", "#777777", "#b58b4c"]


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def bars(title, unit, groups, logarithmic):
    """groups: [(name, [(label, value)])]. Groups one below the other, a bar a label, the value at its end."""
    left, width, high, gap = 150, 520, 18, 14
    values = [v for _, rows in groups for _, v in rows if v > 0]
    if not values:
        return None
    top = max(values)
    bottom = 10 ** math.floor(math.log10(min(values))) if logarithmic else 0

    def length(value):
        if not logarithmic:
            return width * value / top
        return width * math.log(max(value, bottom) / bottom) / math.log(top / bottom or 1) if top > bottom else width

    labels = []
    for _, rows in groups:
        labels += [label for label, _ in rows if label not in labels]
    y, body = 40, []
    for name, rows in groups:
        if name:
            body.append(f'<text x="10" y="{y + 13}" font-weight="bold">{escape(name)}</text>')
            y += high + 2
        for label, value in rows:
            colour = COLOURS[labels.index(label) % len(COLOURS)]
            size = max(1, length(value))
            shown = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
            body.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
                        f'<rect x="{left}" y="{y + 2}" width="{size:.1f}" height="{high - 4}" fill="{colour}"/>'
                        f'<text x="{left + size + 6:.1f}" y="{y + 13}">{shown}</text>')
            y += high
        y += gap
    scale = ", logarithmic" if logarithmic else ""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 90}" height="{y}" '
            f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
            f'<text x="10" y="22" font-size="15">{escape(title)} ({escape(unit)}{scale})</text>' + "".join(body)
            + "</svg>\n")


def lines(title, unit, series):
    """series: {label: [(n, value)]}, both axes logarithmic."""
    points = [p for rows in series.values() for p in rows if p[1] > 0]
    if not points:
        return None
    left, top, width, height = 70, 40, 520, 320
    spread = lambda values: (math.log(min(values)), math.log(max(values)) or 1)
    (x0, x1), (y0, y1) = spread([p[0] for p in points]), spread([p[1] for p in points])
    px = lambda n: left + width * (math.log(n) - x0) / ((x1 - x0) or 1)
    py = lambda v: top + height - height * (math.log(v) - y0) / ((y1 - y0) or 1)
    body = []
    for place, (label, rows) in enumerate(series.items()):
        rows = sorted(p for p in rows if p[1] > 0)
        if not rows:
            continue
        colour = COLOURS[place % len(COLOURS)]
        path = " ".join(f"{px(n):.1f},{py(v):.1f}" for n, v in rows)
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        body += [f'<circle cx="{px(n):.1f}" cy="{py(v):.1f}" r="3" fill="{colour}"/>'
                 f'<text x="{px(n) + 5:.1f}" y="{py(v) - 5:.1f}" font-size="10">{v:,.0f}</text>' for n, v in rows]
        body.append(f'<text x="{left + width + 12}" y="{py(rows[-1][1]) + 4:.1f}" fill="{colour}">{escape(label)}</text>')
    for n in sorted({p[0] for p in points}):
        body.append(f'<text x="{px(n):.1f}" y="{top + height + 20}" text-anchor="middle">{n:,}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 130}" height="{top + height + 40}" '
            f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
            f'<text x="10" y="22" font-size="15">{escape(title)} ({escape(unit)}, both axes logarithmic)</text>'
            + "".join(body) + "</svg>\n")


def write(run, folder, classes):
    engines = {n: r for n, r in run["engines"].items() if "error" not in r}

    def save(name, svg):
        if svg:
            with open(os.path.join(folder, name + ".svg"), "w", encoding="utf-8") as file:
                file.write(svg)

    for share in ("p50", "p99"):
        groups = [(c, [(n, r["latency"][c][share]) for n, r in engines.items() if c in r["latency"]]) for c in classes]
        save("latency-" + share, bars(f"Ten best, {share}", "µs", groups, True))
    single = lambda value: [("", [(n, value(r["index"])) for n, r in engines.items()])]
    save("throughput", bars("Indexing", "documents/s", single(lambda i: i["documentsPerSecond"]), True))
    save("size", bars("Index by text", "share", single(lambda i: i["indexByText"]), False))
    save("memory", bars("Peak memory of indexing", "MB", single(lambda i: i["peakBytes"] / 2**20), False))
    for kind in classes:
        series = {}
        for name, result in engines.items():
            rows = [(g["documents"], g["latency"][kind]["p50"]) for g in result.get("growth", []) if kind in g["latency"]]
            if rows and kind in result["latency"]:
                series[name] = rows + [(result["index"]["documents"], result["latency"][kind]["p50"])]
        if series:
            save("growth-" + kind, lines(f"Growth, {kind}, p50", "µs", series))
