/** The page: asks the server what a loss does whenever its text, a slider or a target changes. */
import {Boxes} from "./boxes.js";
import {Editor} from "./editor.js";
import {plot, shown, table} from "./plot.js";
import {Rows} from "./rows.js";

const at = (id) => document.getElementById(id);
const token = location.hash.slice(1);
const START = `# My loss: what it is for.
# Where it comes from.
loss mine(logit; target in [0, 1])

param gamma = 2 in [0, 5] "focusing exponent"
normalize by positives
prior 0.01

p = sigmoid(logit)
cross_entropy = -(target * log(p) + (1 - target) * log(1 - p))
abs(target - p)^gamma * cross_entropy
`;

const state = {described: null, good: "", set: {}, others: [], catalogue: [], stored: null, logits: null};

/** An answer of the server; one that was overtaken by a later question of the same name is null. */
const latest = {};
async function ask(name, request = {}) {
  const number = latest[name] = (latest[name] ?? 0) + 1;
  let answer;
  try {
    const response = await fetch(`/api/${name}`, {method: "POST", headers: {"X-Parfocal-Token": token}, body: JSON.stringify(request)});
    answer = response.ok ? await response.json() : {error: (await response.text()).trim()};
  } catch {
    answer = {error: "the studio does not answer: is 'parfocal studio' still running?"};
  }
  return latest[name] === number ? answer : null;
}

/** The loss as it was when its text was last right. */
const own = () => ({text: state.good, set: state.set});
const numbers = (list) => list.map(Number);

function losses(kind) {
  const mine = state.described?.kind === kind ? [own()] : [];
  return [...mine, ...state.others.filter((name) => entry(name)?.kind === kind && !(mine.length && name === state.described.name))
    .map((name) => ({name}))];
}

const entry = (name) => state.catalogue.find((each) => each.name === name);

function message(panel, text) {
  const node = at(panel).querySelector(".message");
  node.textContent = text;
  node.hidden = !text;
  at(panel).querySelector(".content").hidden = !!text;
}

let waiting = 0;
function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(describe, 150);
}

async function describe() {
  const text = editor.text;
  const answer = await ask("describe", {text, set: state.set});
  if (!answer) {
    return;
  }
  editor.show(answer);
  if (!answer.error) {
    state.good = text;
    at("note").textContent = "";
    const before = state.described;
    state.described = answer;
    at("about").textContent = `${answer.name}: ${answer.kind}, ${answer.recipe}. ${answer.summary}`;
    at("stable").textContent = answer.stable.join("\n");
    at("gradient").textContent = answer.gradient.join("\n");
    if (JSON.stringify(before?.parameters.map(fixed)) !== JSON.stringify(answer.parameters.map(fixed))) {
      sliders(answer.parameters);
    }
    if (before?.kind !== answer.kind) {
      choose({pointwise: "curves", box: "boxes", row: "rows"}[answer.kind], false);
    }
    lists();
  } else if (!answer.line && Object.keys(state.set).length) {
    state.set = {};
    changed();
    return;
  }
  if (state.described) {
    draw();
  }
}

const fixed = ({name, usual, min, max, integer, meaning}) => ({name, usual, min, max, integer, meaning});

function sliders(parameters) {
  state.set = Object.fromEntries(Object.entries(state.set).filter(([name]) => parameters.some((p) => p.name === name)));
  at("sliders").replaceChildren(...parameters.map((parameter) => {
    const row = document.createElement("div");
    row.className = "slider";
    const high = Math.min(parameter.max, state.described.rowLength && parameter.integer ? 64 : Infinity);
    const step = parameter.integer ? 1 : (high - parameter.min) / 200;
    const label = document.createElement("label");
    label.textContent = parameter.name;
    const inputs = ["range", "number"].map((type) => Object.assign(document.createElement("input"), {
      type, min: parameter.min, max: high, step: type === "number" && !parameter.integer ? "any" : step, value: parameter.value}));
    inputs[0].id = `parameter-${parameter.name}`;
    label.htmlFor = inputs[0].id;
    inputs[1].setAttribute("aria-label", `${parameter.name}, as a number`);
    inputs.forEach((input, i) => input.addEventListener("input", () => {
      if (input.value !== "" && input.checkValidity()) {
        inputs[1 - i].value = i === 0 ? shown(Number(input.value)) : input.value;
        state.set[parameter.name] = Number(input.value);
        describe();
      }
    }));
    const meaning = document.createElement("small");
    meaning.textContent = parameter.meaning;
    row.append(label, ...inputs, meaning);
    return row;
  }));
}

function lists() {
  const kind = state.described?.kind;
  const same = state.catalogue.filter((each) => each.kind === kind && !state.others.includes(each.name) && !/rotated/.test(each.group));
  at("other").replaceChildren(...same.map((each) => new Option(each.name, each.name)));
  at("others").replaceChildren(...state.others.filter((name) => entry(name).kind === kind).map((name) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.textContent = `${name} ×`;
    button.setAttribute("aria-label", `remove ${name}`);
    button.addEventListener("click", () => {
      state.others = state.others.filter((other) => other !== name);
      lists();
      draw();
    });
    item.append(button);
    return item;
  }));
}

function shownTab() {
  return document.querySelector("[role=tab][aria-selected=true]").getAttribute("aria-controls");
}

function choose(name, focus = true) {
  document.querySelectorAll("[role=tab]").forEach((tab) => {
    const selected = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
    at(tab.getAttribute("aria-controls")).hidden = !selected;
    if (selected && focus) {
      tab.focus();
    }
  });
  draw();
}

function draw() {
  ({curves, boxes: drawBoxes, rows: drawRow}[shownTab()] ?? (() => {}))();
}

async function curves() {
  const chosen = losses("pointwise").slice(0, 8);
  message("curves", chosen.length ? "" : "Curves are of losses of one logit: the one in the editor is of another kind.");
  const target = Number(at("target").value), from = Number(at("from").value), to = Number(at("to").value);
  at("target-shown").textContent = target;
  if (!chosen.length) {
    return;
  }
  const answer = await ask("curves", {losses: chosen, from, to, points: 321, target});
  if (!answer || answer.error) {
    return note(answer);
  }
  const x = Array.from({length: 321}, (_, i) => from + (to - from) * i / 320);
  plot(at("values"), answer.map((c) => ({name: c.name, x, y: numbers(c.values)})), {x: "logit", y: "loss"});
  plot(at("gradients"), answer.map((c) => ({name: c.name, x, y: numbers(c.gradients)})), {x: "logit", y: "gradient"});
  const shares = await ask("shares", {losses: chosen});
  if (shares && !shares.error) {
    drawShares(shares);
  }
}

function drawShares(shares) {
  const {from, width, source} = state.logits;
  at("logits-source").textContent = source;
  const x = state.logits.negatives.map((_, i) => from + width * (i + 0.5));
  const all = shares.map((s) => {
    const whole = Math.max(1e-300, s.positives.concat(s.negatives).reduce((sum, y) => sum + Number(y), 0));
    return {name: s.name, x, y: s.positives.map((y, i) => 100 * (Number(y) + Number(s.negatives[i])) / whole)};
  });
  plot(at("shares"), all, {x: "logit; percent of all gradient in each quarter of a logit", y: "percent"});
  table(at("share-table"), ["loss", "from positives", "from negatives below logit 0", "from negatives above it"],
    shares.map((s) => [s.name, s.positiveShare, s.easyNegativeShare, Math.max(0, 1 - s.positiveShare - s.easyNegativeShare)]
      .map((cell, i) => i ? `${shown(100 * cell)} %` : cell)));
}

async function drawBoxes() {
  const chosen = losses("box").filter((each) => each.text ? state.described.predicted.length === 4 : true).slice(0, 6);
  message("boxes", chosen.length ? "" : "Boxes are of losses of two boxes by their corners: the one in the editor is of another kind.");
  if (chosen.length) {
    const answer = await ask("boxes", {losses: chosen, ...boxes.boxes});
    if (answer && !answer.error) {
      boxes.draw(answer.map((p) => ({...p, value: Number(p.value), values: numbers(p.values), gradient: numbers(p.gradient)})));
    } else {
      note(answer);
    }
  }
}

async function drawRow() {
  const isRow = state.described?.kind === "row";
  message("rows", isRow ? "" : "Rows are of losses of a distribution: the one in the editor is of another kind.");
  if (isRow) {
    rows.resize(state.described.rowLength);
    for (const name of ["target", "centre", "width"]) {
      at(`row-${name}-shown`).textContent = at(`row-${name}`).value;
    }
    const answer = await ask("rows", {losses: losses("row"), logits: rows.logits, target: rows.number("target")});
    if (answer && !answer.error) {
      rows.draw(answer.map((each) => ({...each, value: Number(each.value), gradient: numbers(each.gradient)})));
      table(at("row-table"), ["loss", "value", "largest push"],
        answer.map((each) => [each.name, shown(Number(each.value)), shown(Math.max(...numbers(each.gradient).map(Math.abs)))]));
    } else {
      note(answer);
    }
  }
}

function note(answer) {
  if (answer) {
    at("note").textContent = answer.error ?? "";
  }
}

async function check() {
  at("verdict").textContent = "checking …";
  const answer = await ask("check", own());
  if (answer) {
    at("verdict").textContent = answer.error ?? (answer.passed ? "passed" : "failed");
    table(at("findings"), ["check", "verdict", "figure", "worst at"],
      (answer.findings ?? []).map((f) => [f.name, f.verdict.toLowerCase(), f.figure, f.place]));
  }
}

async function exported(target) {
  const answer = await ask("export", {loss: own(), target});
  if (answer) {
    at("exported").textContent = answer.error ?? answer.text;
    at("download").hidden = !!answer.error;
    if (!answer.error) {
      URL.revokeObjectURL(at("download").href);
      at("download").href = URL.createObjectURL(new Blob([answer.text], {type: "text/plain"}));
      at("download").download = answer.file;
      at("download").textContent = `Download ${answer.file}`;
    }
  }
}

async function save() {
  const answer = await ask("save", {text: editor.text, before: state.stored.text});
  if (answer?.error) {
    note(answer);
  } else if (answer) {
    state.stored = answer;
    at("note").textContent = "saved";
  }
}

const editor = new Editor(changed);
const boxes = new Boxes(() => draw());
const rows = new Rows(() => draw());

at("tabs").addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) {
    choose(tab.getAttribute("aria-controls"));
  }
});
at("tabs").addEventListener("keydown", (event) => {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const move = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (move) {
    const next = tabs[(tabs.findIndex((tab) => tab.tabIndex === 0) + move + tabs.length) % tabs.length];
    choose(next.getAttribute("aria-controls"));
  }
});
["target", "from", "to"].forEach((id) => at(id).addEventListener("input", draw));
at("run-check").addEventListener("click", check);
at("save").addEventListener("click", save);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && state.stored) {
    event.preventDefault();
    save();
  }
});
document.querySelectorAll("[data-target]").forEach((button) => button.addEventListener("click", () => exported(button.dataset.target)));
at("add").addEventListener("click", () => {
  if (at("other").value) {
    state.others.push(at("other").value);
    lists();
    draw();
  }
});
at("catalogue").addEventListener("change", () => {
  const chosen = entry(at("catalogue").value);
  if (chosen) {
    editor.text = chosen.text;
    state.set = {};
    describe();
  }
});

async function start() {
  const [catalogue, stored, logits] = await Promise.all([ask("catalogue"), ask("file"), ask("logits")]);
  if (catalogue.error) {
    at("note").textContent = catalogue.error;
    return;
  }
  state.catalogue = catalogue;
  state.logits = logits;
  const groups = Map.groupBy ? Map.groupBy(catalogue, (each) => each.group)
    : catalogue.reduce((map, each) => map.set(each.group, [...(map.get(each.group) ?? []), each]), new Map());
  for (const [group, entries] of groups) {
    const node = Object.assign(document.createElement("optgroup"), {label: group});
    node.append(...entries.map((each) => new Option(each.name, each.name)));
    at("catalogue").append(node);
  }
  if (stored.file) {
    state.stored = stored;
    at("file").textContent = stored.file;
    at("save").hidden = false;
  }
  state.others = ["bce", "giou", "ciou"];
  editor.text = stored.text ?? START;
  describe();
}

start();
