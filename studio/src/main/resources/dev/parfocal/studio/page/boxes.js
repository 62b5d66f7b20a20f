/** Two boxes to drag, the gradient of each loss as arrows, and the path of descent. */
import {svg, colour, DASHES, plot, shown, table} from "./plot.js";

export class Boxes {
  constructor(changed) {
    this.canvas = document.getElementById("canvas");
    this.boxes = {predicted: [40, 40, 110, 100], target: [150, 90, 250, 170]};
    this.changed = changed;
    this.drawing = svg("g");
    this.handles = {};
    for (const name of ["target", "predicted"]) {
      const dash = name === "target" ? "6 4" : "";
      const box = svg("rect", {class: "box", id: `box-${name}`, tabindex: "0", role: "group", "aria-label": `${name} box`,
        fill: "var(--ink)", "fill-opacity": "0.06", stroke: "var(--ink)", "stroke-dasharray": dash});
      const corner = svg("circle", {class: "handle", id: `corner-${name}`, r: 5, fill: "var(--ink)"});
      const label = svg("text", {}, name);
      this.handles[name] = {box, corner, label};
      this.drag(box, name, (start, dx, dy) => [start[0] + dx, start[1] + dy, start[2] + dx, start[3] + dy]);
      this.drag(corner, name, (start, dx, dy) => [start[0], start[1], start[2] + dx, start[3] + dy]);
      box.addEventListener("keydown", (event) => this.key(event, name));
    }
    for (const {box, corner, label} of Object.values(this.handles)) {
      this.canvas.append(box, label);
      this.canvas.append(corner);
    }
    this.canvas.append(this.drawing);
    this.drawing.setAttribute("pointer-events", "none");
    this.place();
  }

  point(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.canvas.getScreenCTM().inverse());
  }

  drag(node, name, move) {
    let start = null;
    node.addEventListener("pointerdown", (event) => {
      const from = this.point(event);
      start = {box: this.boxes[name], x: from.x, y: from.y};
      node.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.handles[name].box.focus();
    });
    node.addEventListener("pointermove", (event) => {
      if (start) {
        const to = this.point(event);
        this.set(name, move(start.box, to.x - start.x, to.y - start.y));
      }
    });
    for (const end of ["pointerup", "pointercancel"]) {
      node.addEventListener(end, () => { start = null; });
    }
  }

  key(event, name) {
    const step = {ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4]}[event.key];
    if (step) {
      const [x1, y1, x2, y2] = this.boxes[name];
      const [dx, dy] = step;
      this.set(name, event.shiftKey ? [x1, y1, x2 + dx, y2 + dy] : [x1 + dx, y1 + dy, x2 + dx, y2 + dy]);
      event.preventDefault();
    }
  }

  set(name, [x1, y1, x2, y2]) {
    const width = Math.max(4, x2 - x1), height = Math.max(4, y2 - y1);
    const left = Math.min(Math.max(0, x1), 320 - 8), top = Math.min(Math.max(0, y1), 220 - 8);
    this.boxes[name] = [left, top, Math.min(320, left + width), Math.min(220, top + height)];
    this.place();
    this.changed();
  }

  place() {
    for (const [name, [x1, y1, x2, y2]] of Object.entries(this.boxes)) {
      const {box, corner, label} = this.handles[name];
      Object.entries({x: x1, y: y1, width: x2 - x1, height: y2 - y1}).forEach(([k, v]) => box.setAttribute(k, v));
      corner.setAttribute("cx", x2);
      corner.setAttribute("cy", y2);
      label.setAttribute("x", x1 + 3);
      label.setAttribute("y", y1 < 14 ? y2 + 12 : y1 - 4);
    }
  }

  draw(paths) {
    this.drawing.replaceChildren();
    const largest = Math.max(1e-30, ...paths.flatMap((path) => path.gradient.map(Math.abs)));
    paths.forEach((path, i) => {
      const centre = path.path.map(([x1, y1, x2, y2]) => `${((x1 + x2) / 2).toFixed(1)},${((y1 + y2) / 2).toFixed(1)}`);
      this.drawing.append(svg("polyline", {class: "curve", points: centre.join(" "), stroke: colour(i), "stroke-dasharray": DASHES[i % 8]}));
      const [x1, y1, x2, y2] = path.path[0];
      const places = [[x1, (y1 + y2) / 2, 1, 0], [(x1 + x2) / 2, y1, 0, 1], [x2, (y1 + y2) / 2, 1, 0], [(x1 + x2) / 2, y2, 0, 1]];
      path.gradient.forEach((slope, side) => {
        const length = -30 * slope / largest, shift = (i - (paths.length - 1) / 2) * 7;
        const [x, y, horizontal, vertical] = places[side];
        const ax = x + vertical * shift, ay = y + horizontal * shift;
        const bx = ax + horizontal * length, by = ay + vertical * length;
        if (Math.abs(length) > 0.5) {
          this.drawing.append(svg("line", {x1: ax, y1: ay, x2: bx, y2: by, stroke: colour(i), "stroke-width": 2}),
            svg("circle", {cx: bx, cy: by, r: 2.4, fill: colour(i)}));
        }
      });
      const [ex1, ey1, ex2, ey2] = path.path.at(-1);
      this.drawing.append(svg("rect", {x: ex1, y: ey1, width: Math.max(0, ex2 - ex1), height: Math.max(0, ey2 - ey1), fill: "none",
        stroke: colour(i), "stroke-dasharray": DASHES[i % 8]}));
    });
    table(document.getElementById("box-table"), ["loss", "value", "d/dx1", "d/dy1", "d/dx2", "d/dy2", "at the end"],
      paths.map((p) => [p.name, shown(p.value), ...p.gradient.map(shown), shown(p.values.at(-1))]));
    plot(document.getElementById("box-values"), paths.map((p) => ({name: p.name, x: p.values.map((_, k) => k), y: p.values})),
      {x: "step", y: "loss"});
  }
}
