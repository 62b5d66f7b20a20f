// Uses the studio in a real browser as a person would, and looks for errors. Called by studio-browser.sh.
// Usage: node studio-browser.mjs ADDRESS BROWSER SCREENSHOTS
import {createRequire} from "node:module";
import {readFile} from "node:fs/promises";
import assert from "node:assert/strict";

const require = createRequire(process.env.PLAYWRIGHT_FROM ?? import.meta.url);
const {chromium} = require("playwright-core");
const [address, browser, pictures] = process.argv.slice(2);

const running = await chromium.launch({executablePath: browser, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]});
const complaints = [];

async function open(width, scheme) {
  const context = await running.newContext({viewport: {width, height: 900}, colorScheme: scheme, acceptDownloads: true});
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => new URL(request.url()).host !== new URL(address).host && !/^(data|blob):/.test(request.url())
    && complaints.push(`a request to ${request.url()}`));
  await page.goto(address);
  await page.waitForFunction(() => document.getElementById("about").textContent);
  return page;
}

const settled = (page) => page.waitForTimeout(700);
const text = (page, id) => page.locator(`#${id}`).textContent();
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

const page = await open(1400, "light");
// type a loss with a mistake, see it at its place, and mend it
const loss = "loss mine(logit; target in [0, 1])\nparam gamma = 2 in [0, 5] \"focusing exponent\"\np = sigmoid(logits)\nabs(target - p)^gamma\n";
await page.fill("#text", "");
await page.locator("#text").pressSequentially(loss, {delay: 1});
await page.waitForFunction(() => document.getElementById("error").textContent.includes("did you mean"));
assert.match(await text(page, "error"), /loss:3:13: 'logits' is not defined; did you mean 'logit'\?/);
assert.equal(await page.locator("#paint .wrong").textContent(), "logits");
await page.fill("#text", loss.replace("logits", "logit"));
await page.waitForFunction(() => document.getElementById("error").textContent === "");
await settled(page);
assert.match(await text(page, "stable"), /gamma/);

// move the slider with the keyboard: the curve follows
const before = await page.locator("#values polyline").first().getAttribute("points");
await page.focus("#parameter-gamma");
await page.keyboard.press("Home");
await page.waitForFunction((old) => document.querySelector("#values polyline").getAttribute("points") !== old, before);
assert.equal(await page.locator("[aria-label='gamma, as a number']").inputValue(), "0");

// a target, and another loss over it
await page.locator("#target").fill("0.5");
await page.selectOption("#other", "focal");
await page.click("#add");
await page.waitForFunction(() => document.querySelectorAll("#values polyline").length === 3
  && document.querySelectorAll("#share-table tr").length === 4);
await page.screenshot({path: `${pictures}/curves-1400-light.png`, fullPage: true});

// check, derived, export
await page.click("#tab-check");
await page.click("#run-check");
await page.waitForFunction(() => /passed|failed/.test(document.getElementById("verdict").textContent), null, {timeout: 60_000});
assert.ok((await page.locator("#findings tr").count()) > 6);
await page.screenshot({path: `${pictures}/check-1400-light.png`, fullPage: true});
await page.click("#tab-derived");
await page.screenshot({path: `${pictures}/derived-1400-light.png`, fullPage: true});
await page.keyboard.press("ArrowRight");
await page.keyboard.press("ArrowRight");
assert.ok(await page.locator("#export").isVisible(), "tabs follow the arrow keys");
for (const [target, sign] of [["pytorch", "class Mine(torch.nn.Module)"], ["c", "float parfocal_mine("], ["cuda", "__global__"]]) {
  await page.click(`[data-target=${target}]`);
  await page.waitForFunction((sign) => document.getElementById("exported").textContent.includes(sign), sign);
}
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
assert.equal(download.suggestedFilename(), "mine.cu");
assert.match(await readFile(await download.path(), "utf8"), /exported by Parfocal/);

// boxes: drag, arrow keys, several losses
await page.selectOption("#catalogue", "iou");
await page.waitForFunction(() => document.querySelectorAll("#box-table tr").length === 4);
await page.locator("#canvas").scrollIntoViewIfNeeded();
const where = await page.locator("#box-predicted").boundingBox();
const path = () => page.locator("#canvas polyline").nth(1).getAttribute("points");
const first = await path();
await page.mouse.move(where.x + where.width / 2, where.y + where.height / 2);
await page.mouse.down();
await page.mouse.move(where.x + where.width / 2 + 60, where.y + where.height / 2 + 20, {steps: 5});
await page.mouse.up();
await page.waitForFunction((old) => document.querySelectorAll("#canvas polyline")[1]?.getAttribute("points") !== old, first);
const x = await page.locator("#box-target").getAttribute("x");
await page.focus("#box-target");
await page.keyboard.press("ArrowLeft");
assert.equal(Number(await page.locator("#box-target").getAttribute("x")), Number(x) - 4);
await settled(page);
await page.screenshot({path: `${pictures}/boxes-1400-light.png`, fullPage: true});

// rows: a distribution, and its target between two bins
await page.selectOption("#catalogue", "distribution_focal");
await page.waitForSelector("#bars rect");
const value = await text(page, "row-value");
await page.locator("#row-target").fill("7.5");
await page.waitForFunction((old) => document.getElementById("row-value").textContent !== old, value);
await page.selectOption("#other", "ld");
await page.getByRole("button", {name: "Add"}).click();
await page.waitForFunction(() => document.querySelectorAll("#row-table tr").length === 3);
await page.screenshot({path: `${pictures}/rows-1400-light.png`, fullPage: true});

// saving, and a second tab
if (await page.locator("#save").isVisible()) {
  const other = await open(1400, "light");
  await page.click("#save");
  await page.waitForFunction(() => document.getElementById("note").textContent === "saved");
  await other.click("#save");
  await other.waitForFunction(() => document.getElementById("note").textContent.includes("has changed since this page read it"));
}

// narrow and dark
for (const [width, scheme] of [[400, "light"], [400, "dark"], [1400, "dark"]]) {
  const small = await open(width, scheme);
  await small.selectOption("#catalogue", "varifocal");
  await small.waitForSelector("#share-table tr");
  assert.ok(!(await wide(small)), `the page is wider than ${width} pixels`);
  await small.screenshot({path: `${pictures}/curves-${width}-${scheme}.png`, fullPage: true});
  await small.selectOption("#catalogue", "giou");
  await small.waitForSelector("#canvas polyline");
  await settled(small);
  assert.ok(!(await wide(small)), `boxes are wider than ${width} pixels`);
  await small.screenshot({path: `${pictures}/boxes-${width}-${scheme}.png`, fullPage: true});
}

await running.close();
assert.deepEqual(complaints, []);
console.log("studio-browser: everything works, and the console is silent");
