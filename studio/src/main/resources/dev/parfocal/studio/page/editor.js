/** The text of the loss: coloured behind a plain text field, with the place of an error underlined. */
const WORDS = new Set(["loss", "param", "state", "in", "integer", "normalize", "by", "prior", "weight", "example", "momentum", "of",
  "where", "may", "be", "negative", "and", "or", "not", "pi"]);
const TOKEN = /(#.*)|("[^"\n]*"?)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)(?=(\s*\()?)|([\s\S])/g;

function piece(text, kind) {
  const span = document.createElement(kind ? "span" : "i");
  if (!kind) {
    return document.createTextNode(text);
  }
  span.className = kind;
  span.textContent = text;
  return span;
}

function coloured(text) {
  const nodes = [];
  for (const [all, comment, string, number, name, call] of text.matchAll(TOKEN)) {
    const kind = comment ? "comment" : string ? "string" : number ? "number"
      : name && WORDS.has(name) ? "word" : name && call ? "function" : "";
    nodes.push(piece(all, kind));
  }
  return nodes;
}

/** Where the error of a line and a column, both from 1, begins and ends. */
function place(text, line, column) {
  const lines = text.split("\n");
  let start = 0;
  for (let i = 0; i < Math.min(line - 1, lines.length); i++) {
    start += lines[i].length + 1;
  }
  const rest = lines[line - 1] ?? "";
  const at = [...rest].slice(0, column - 1).join("").length;
  const length = rest.slice(at).match(/^\w+|^./)?.[0].length ?? 0;
  return [start + at, start + at + length];
}

export class Editor {
  constructor(changed) {
    this.field = document.getElementById("text");
    this.paint = document.getElementById("paint");
    this.error = document.getElementById("error");
    this.wrong = null;
    this.field.addEventListener("input", () => {
      this.wrong = null;
      this.draw();
      changed();
    });
    this.field.addEventListener("scroll", () => this.follow());
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.wrong = null;
    this.draw();
  }

  show(answer) {
    this.error.textContent = answer.error ?? "";
    this.field.setAttribute("aria-invalid", answer.error ? "true" : "false");
    this.wrong = answer.line ? place(this.text, answer.line, answer.column) : null;
    this.draw();
  }

  draw() {
    const text = this.text;
    const [start, end] = this.wrong ?? [text.length, text.length];
    const nodes = [...coloured(text.slice(0, start))];
    if (end > start) {
      nodes.push(piece(text.slice(start, end), "wrong"), ...coloured(text.slice(end)));
    } else if (this.wrong) {
      nodes.push(piece(" ", "wrong"), ...coloured(text.slice(end)));
    }
    this.paint.replaceChildren(...nodes, document.createTextNode("\n"));
    this.follow();
  }

  follow() {
    this.paint.scrollTop = this.field.scrollTop;
    this.paint.scrollLeft = this.field.scrollLeft;
  }
}
