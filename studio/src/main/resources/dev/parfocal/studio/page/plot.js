/** Curves as SVG: each has a colour and a dash of its own, so that none needs its colour to be told from others. */
const NAMESPACE = "http://www.w3.org/2000/svg";
export const DASHES = ["", "8 4", "2 4", "10 4 2 4", "14 6", "4 2", "1 3", "12 3 3 3"];

export function svg(name, attributes = {}, text = "") {
  const node = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  node.textContent = text;
  return node;
}

export const colour = (i) => `var(--c${i % 8})`;

export function shown(x) {
  if (!Number.isFinite(x)) {
    return String(x);
  }
  const size = Math.abs(x);
  return x === 0 ? "0" : size >= 1e5 || size < 1e-3 ? x.toExponential(2) : String(Number(x.toPrecision(4)));
}

function ticks(low, high, count) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((x) => x * power).find((x) => x >= raw);
  const result = [];
  for (let x = Math.ceil(low / step) * step; x <= high + step * 1e-9; x += step) {
    result.push(Math.abs(x) < step * 1e-9 ? 0 : x);
  }
  return result;
}

function range(numbers) {
  const finite = numbers.filter(Number.isFinite);
  let low = Math.min(0, ...finite);
  let high = Math.max(0, ...finite);
  if (low === high) {
    high = low + 1;
  }
  const margin = (high - low) * 0.05;
  return [low - (low < 0 ? margin : 0), high + margin];
}

/** Draws curves: each {name, x: [...], y: [...]}. */
export function plot(place, curves, labels) {
  const width = 640, height = 260, left = 62, right = 12, top = 8, bottom = 38 + 18 * Math.ceil(curves.length / 3);
  const root = svg("svg", {viewBox: `0 0 ${width} ${height + bottom}`, role: "img",
    "aria-label": `${labels.y} over ${labels.x}: ${curves.map((c) => c.name).join(", ")}`});
  const xs = curves.flatMap((c) => c.x), [low, high] = range(curves.flatMap((c) => c.y));
  const first = Math.min(...xs), last = Math.max(...xs, first + 1e-9);
  const px = (x) => left + (x - first) / (last - first) * (width - left - right);
  const py = (y) => top + (high - y) / (high - low) * (height - top);
  for (const x of ticks(first, last, 8)) {
    root.append(svg("line", {class: x === 0 ? "axis" : "grid", x1: px(x), x2: px(x), y1: top, y2: height}),
      svg("text", {x: px(x), y: height + 15, "text-anchor": "middle"}, shown(x)));
  }
  for (const y of ticks(low, high, 5)) {
    root.append(svg("line", {class: y === 0 ? "axis" : "grid", x1: left, x2: width - right, y1: py(y), y2: py(y)}),
      svg("text", {x: left - 6, y: py(y) + 4, "text-anchor": "end"}, shown(y)));
  }
  root.append(svg("text", {x: (left + width) / 2, y: height + 30, "text-anchor": "middle"}, labels.x));
  curves.forEach((curve, i) => {
    const points = curve.x.map((x, k) => [x, curve.y[k]]).filter(([, y]) => Number.isFinite(y));
    root.append(svg("polyline", {class: "curve", stroke: colour(i), "stroke-dasharray": DASHES[i % 8],
      points: points.map(([x, y]) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(" ")}));
    const x = left + (i % 3) * 190, y = height + 48 + 18 * Math.floor(i / 3);
    root.append(svg("line", {x1: x, x2: x + 28, y1: y - 4, y2: y - 4, stroke: colour(i), "stroke-width": 2,
      "stroke-dasharray": DASHES[i % 8]}), svg("text", {x: x + 34, y}, curve.name));
  });
  place.replaceChildren(root);
}

/** A table: a row of headings and rows of cells. */
export function table(place, headings, rows) {
  const line = (cells, kind) => {
    const row = document.createElement("tr");
    row.append(...cells.map((cell) => {
      const node = document.createElement(kind);
      node.textContent = cell;
      return node;
    }));
    return row;
  };
  place.replaceChildren(line(headings, "th"), ...rows.map((row) => line(row, "td")));
}
