/** The bars of one distribution, to shape by sliders or by hand, and the gradient of each logit below them. */
import {svg, shown} from "./plot.js";

const WIDTH = 640, MIDDLE = 170, LEFT = 10;

export class Rows {
  constructor(changed) {
    this.changed = changed;
    this.svg = document.getElementById("bars");
    this.bins = 0;
    this.logits = [];
    for (const name of ["centre", "width", "target"]) {
      const input = document.getElementById(`row-${name}`);
      input.addEventListener("input", () => {
        if (name !== "target") {
          this.shape();
        }
        changed();
      });
    }
    let dragging = false;
    this.svg.addEventListener("pointerdown", (event) => { dragging = true; this.pull(event); });
    this.svg.addEventListener("pointermove", (event) => { if (dragging) { this.pull(event); } });
    window.addEventListener("pointerup", () => { dragging = false; });
  }

  number(name) {
    return Number(document.getElementById(`row-${name}`).value);
  }

  resize(bins) {
    if (bins !== this.bins) {
      this.bins = bins;
      for (const name of ["centre", "target"]) {
        document.getElementById(`row-${name}`).max = bins - 1;
      }
      this.shape();
    }
  }

  shape() {
    const centre = this.number("centre"), width = this.number("width");
    this.logits = Array.from({length: this.bins}, (_, i) => -((i - centre) ** 2) / (2 * width * width));
  }

  pull(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const bin = Math.floor((at.x - LEFT) / (WIDTH - 2 * LEFT) * this.bins);
    if (bin >= 0 && bin < this.bins && at.y < MIDDLE) {
      const share = Math.min(0.98, Math.max(0.0005, (MIDDLE - at.y) / (MIDDLE - 15)));
      const largest = Math.max(...this.logits);
      const others = this.logits.reduce((sum, logit, i) => sum + (i === bin ? 0 : Math.exp(logit - largest)), 0);
      this.logits[bin] = largest + Math.log(share / (1 - share) * Math.max(others, 1e-9));
      this.changed();
    }
  }

  /** The bars of the row, and the pushes of each loss beside one another; the first is the editor's. */
  draw(all) {
    const row = all[0];
    const step = (WIDTH - 2 * LEFT) / this.bins, root = [];
    const largest = all.map((each) => Math.max(1e-30, ...each.gradient.map(Math.abs)));
    root.push(svg("line", {class: "axis", x1: LEFT, x2: WIDTH - LEFT, y1: MIDDLE, y2: MIDDLE}));
    row.softmax.forEach((share, i) => {
      const x = LEFT + i * step, height = share * (MIDDLE - 15), thick = step * 0.8 / all.length;
      root.push(svg("rect", {x: x + step * 0.1, y: MIDDLE - height, width: step * 0.8, height, fill: "var(--c0)"}));
      all.forEach((each, k) => {
        const pull = -each.gradient[i] / largest[k] * 45;
        root.push(svg("rect", {x: x + step * 0.1 + k * thick, y: 235 - Math.max(0, pull), width: thick * 0.9, height: Math.abs(pull),
          fill: `var(--c${(k + 1) % 8})`, "fill-opacity": k % 2 ? 0.6 : 1}));
      });
      if (this.bins <= 20 || i % 4 === 0) {
        root.push(svg("text", {x: x + step / 2, y: MIDDLE + 15, "text-anchor": "middle"}, i));
      }
    });
    const mark = (at, label, colour) => {
      const x = LEFT + (at + 0.5) * step;
      root.push(svg("line", {x1: x, x2: x, y1: 12, y2: MIDDLE, stroke: colour, "stroke-width": 2, "stroke-dasharray": label === "target" ? "" : "5 4"}),
        svg("text", {x, y: 10, "text-anchor": x > WIDTH - 60 ? "end" : "middle"}, label));
    };
    mark(this.number("target"), "target", "var(--c2)");
    mark(row.mean, "mean", "var(--c3)");
    root.push(svg("text", {x: LEFT, y: 298}, "below: how each logit is pushed, up or down, by each loss as a share of its largest push"));
    this.svg.replaceChildren(...root);
    document.getElementById("row-value").textContent = `${row.name}: loss ${shown(row.value)}, mean bin ${shown(row.mean)}`;
  }
}
