// Putting the query page together: examples, the editor, running, stopping, and taking the answer away as a file.

import { counted, table } from "./answer";
import { ask, post, type Outcome } from "./asking";
import { readData } from "./data";
import { byId, download, h } from "./dom";
import { edit, mark, replace } from "./editor";

const ROWS = { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: ["application/sparql-results+json", "json"], XML: ["application/sparql-results+xml", "xml"] };
const TRIPLES = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"], "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] };

const data = readData();
const form = byId("ask", HTMLFormElement);
const field = byId("query", HTMLTextAreaElement);
const chosen = byId("examples", HTMLSelectElement);
const about = byId("about", HTMLParagraphElement);
const stop = byId("stop", HTMLButtonElement);
const status = byId("status", HTMLSpanElement);
const downloads = byId("downloads", HTMLSpanElement);
const answer = byId("answer", HTMLElement);
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
const view = edit(field, data, nonce, () => form.requestSubmit());
const endpoint = form.action;
let running: AbortController | null = null;

async function run(): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  stop.hidden = false;
  status.textContent = "asking …";
  const began = performance.now();
  try {
    const found = await ask(endpoint, field.value, mine.signal);
    if (running === mine) show(found, performance.now() - began);
  } catch (problem) {
    if (running === mine) show({ kind: "problem", text: mine.signal.aborted ? "stopped" : `the server does not answer (${problem})`, fault: null }, 0);
  } finally {
    if (running === mine) stop.hidden = true;
  }
}

function show(found: Outcome, took: number): void {
  mark(view, found.kind === "problem" ? found.fault : null);
  const rows = found.kind === "rows" ? counted(found.rows) : "";
  status.textContent = found.kind === "problem" ? "" : [rows, `${Math.round(took)} ms`].filter(Boolean).join(", ");
  answer.replaceChildren(drawn(found));
  downloads.hidden = found.kind === "problem";
  if (found.kind !== "problem") offer(found.kind === "rows" ? ROWS : TRIPLES, field.value);
}

function drawn(found: Outcome): HTMLElement {
  if (found.kind === "rows") return table(found.rows, data);
  if (found.kind === "triples") return h("pre", { tabindex: "0" }, found.text);
  return h("p", { class: "problem", role: "alert" }, found.text);
}

/** The answer as a file in each format, asked for anew. */
function offer(formats: Record<string, string[]>, query: string): void {
  const buttons = Object.entries(formats).map(([name, [media = "", ending = ""]]) =>
    h("button", { type: "button", onclick: () => void save(query, media, ending) }, name));
  downloads.replaceChildren("Save as ", ...buttons.flatMap((each) => [each, " "]));
}

async function save(query: string, media: string, ending: string): Promise<void> {
  try {
    const response = await post(endpoint, query, media);
    if (!response.ok) throw new Error(await response.text());
    download(`answer.${ending}`, await response.blob());
  } catch (problem) {
    status.textContent = `not saved: ${problem}`;
  }
}

function choose(): void {
  const example = data.examples.find(({ name }) => name === chosen.value);
  about.textContent = example?.about ?? "";
  if (!example) return;
  replace(view, example.query.replace(/^#\+.*\n/gm, ""));
  mark(view, null);
}

/** A query in the address, after the #, is the one to begin with; the address keeps the one that was run. */
function fromAddress(): void {
  const query = new URLSearchParams(location.hash.slice(1)).get("query");
  if (query) replace(view, query);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `#${new URLSearchParams({ query: field.value })}`);
  void run();
});
stop.addEventListener("click", () => running?.abort());
chosen.addEventListener("change", choose);
window.addEventListener("hashchange", fromAddress);
fromAddress();
document.documentElement.dataset.ready = "yes";
