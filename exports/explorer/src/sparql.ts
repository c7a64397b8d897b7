// The panel that asks in SPARQL: a query, its answer as a table, and on the map the nodes that the answer names.

import type { Answer, Question, Rows, Term } from "./answers";
import { type App, nodeButton } from "./app";
import type { AskingPanel } from "./asking";
import { button, download, fill, h, number, plural, say } from "./dom";
import { csv, iri } from "./exporting";
import { joined } from "./state";

declare function bytesOf(id: string): Uint8Array<ArrayBuffer>;
declare function inflated(bytes: Uint8Array<ArrayBuffer>): Response;

interface Example {
  title: string;
  audience: string;
  about: string;
  query: string;
}

interface Asking {
  prefixes: Record<string, string>;
  examples: Example[];
}

/** Rows shown at once. */
const STEP = 100;
const FIRST_QUERY = `# Which techniques do most papers use?
SELECT ?concept (COUNT(?paper) AS ?papers) WHERE {
  ?paper co:uses ?concept .
  ?concept a co:Technique .
}
GROUP BY ?concept
ORDER BY DESC(?papers)
LIMIT 20`;

/** The worker with the engine in it; it is ended when a question takes too long, and made again for the next. */
class Engine {
  private worker: Worker | null = null;
  private waiting: ((answer: Answer) => void) | null = null;
  private readonly script: Promise<string>;
  private readonly wasm = bytesOf("data-wasm");
  private readonly graph = bytesOf("data-rdf");

  constructor(private readonly prefixes: Record<string, string>) {
    this.script = inflated(bytesOf("data-engine")).text();
  }

  /** Messages come to the worker in their order, so a question may follow before the engine is ready. */
  async ask(query: string): Promise<Answer> {
    const worker = (this.worker ??= await this.started());
    return new Promise((done) => {
      this.waiting = done;
      worker.postMessage({ query } satisfies Question);
    });
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.waiting?.({ kind: "error", message: "stopped" });
  }

  private async started(): Promise<Worker> {
    const address = URL.createObjectURL(new Blob([await this.script], { type: "text/javascript" }));
    const worker = new Worker(address);
    const [wasm, graph] = await Promise.all([this.wasm, this.graph].map((packed) => inflated(packed).arrayBuffer()));
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.waiting?.(data));
    worker.addEventListener("error", () => this.waiting?.({ kind: "error", message: "the engine could not be started" }));
    worker.postMessage({ parts: { wasm, graph, prefixes: this.prefixes } } satisfies Question, [wasm, graph]);
    return worker;
  }
}

class Panel implements AskingPanel {
  private readonly field: HTMLTextAreaElement;
  private readonly result = h("div", { "data-testid": "sparql-result", "aria-live": "polite" });
  private readonly about = h("p", { class: "hint" });
  private readonly run = button("Ask", () => this.submit(), { class: "primary", "data-testid": "sparql-run" });
  private readonly halt = button("Stop", () => this.engine.stop(), { hidden: true });
  private readonly engine: Engine;
  private readonly nodes = new Map<string, number>();
  private asked: string | null = null;
  /** The drawn nodes that the answer names. */
  private found: ReadonlySet<number> = new Set();

  constructor(private readonly app: App, place: HTMLElement, private readonly given: Asking) {
    this.engine = new Engine(given.prefixes);
    this.field = h("textarea", {
      class: "query", rows: 9, spellcheck: "false", autocapitalize: "off", "aria-label": "Query", "data-testid": "sparql-query",
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.submit();
      },
    });
    this.field.value = FIRST_QUERY;
    for (let node = 0; node < app.data.all; node++) this.nodes.set(iri(app.data, node), node);
    fill(place, h("h2", { class: "title" }, "Ask in SPARQL"),
      h("div", { class: "field" }, h("label", { class: "field-name", for: "examples" }, "Try"), this.examples()), this.about, this.field,
      h("div", { class: "actions" }, this.run, this.halt, h("span", { class: "hint" }, "or Ctrl and Enter; the usual prefixes are known")), this.result);
  }

  /** Ask what the address says; for what was asked last, light the answer again. */
  draw(): void {
    const { query, selected, chosen } = this.app.store.state;
    if (query && query !== this.asked) {
      this.field.value = query;
      void this.ask(query);
    } else if (this.found.size && !chosen.size && selected === null) this.app.store.change({ chosen: this.found });
  }

  focus(): void {
    this.field.focus();
  }

  private examples(): HTMLElement {
    const { examples } = this.given;
    const audiences = [...new Set(examples.map(({ audience }) => audience))].sort();
    const options = (audience: string): HTMLElement[] => examples.flatMap((each, place) =>
      each.audience === audience ? [h("option", { value: place }, each.title)] : []);
    return h("select", { id: "examples", "data-testid": "sparql-examples", onchange: (event: Event) => this.take(event.target as HTMLSelectElement) },
      h("option", { value: "" }, `One of ${examples.length} examples …`),
      ...audiences.map((audience) => h("optgroup", { label: `For the ${audience}` }, ...options(audience))));
  }

  private take(list: HTMLSelectElement): void {
    const example = this.given.examples[Number(list.value)];
    if (!list.value || !example) return;
    this.about.textContent = example.about;
    this.field.value = example.query;
    this.submit();
  }

  private submit(): void {
    const query = this.field.value;
    this.asked = null;
    this.found = new Set();
    this.app.store.change({ panel: "sparql", query, selected: null, chosen: this.found });
  }

  private async ask(query: string): Promise<void> {
    this.asked = query;
    if (!this.halt.hidden) this.engine.stop();
    fill(this.result, h("p", { class: "hint", role: "status" }, "Asking …"));
    this.halt.hidden = false;
    const answer = await this.engine.ask(query);
    if (this.asked !== query) return;
    this.halt.hidden = true;
    this.show(answer, query);
  }

  private show(answer: Answer, query: string): void {
    if (answer.kind === "error") fill(this.result, ...this.refused(answer.message, query));
    else if (answer.kind === "yesno") fill(this.result, h("p", { class: "answer" }, answer.yes ? "Yes." : "No."));
    else this.table(answer);
  }

  /** What is wrong, with the line it stands in and a mark under the place; the cursor goes there. */
  private refused(message: string, query: string): Node[] {
    const found = /error at (\d+):(\d+): (.*)/s.exec(message);
    if (!found) return [h("p", { class: "fault", role: "alert" }, message === "stopped" ? "Stopped." : `This cannot be answered: ${message}`)];
    const [line, column] = [Number(found[1]) - 1, Number(found[2])];
    const lines = query.split("\n");
    const text = lines[line - 1] ?? "";
    const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    this.field.focus();
    this.field.setSelectionRange(at, Math.min(query.length, at + 1));
    return [h("p", { class: "fault", role: "alert" }, `Line ${line}, column ${column}: ${expected(found[3], text.slice(0, column))}`),
      h("pre", { class: "excerpt" }, `${text}\n${" ".repeat(Math.max(0, column - 1))}^`)];
  }

  private table(answer: Rows): void {
    const { data, store, shown } = { ...this.app, shown: this.app.shown() };
    const named = new Set(answer.rows.flat().flatMap((each) => this.node(each) ?? []));
    const drawn = [...named].filter((node) => node < data.nodes);
    const hidden = drawn.filter((node) => !shown.nodes[node]);
    this.found = new Set(drawn);
    store.change({ chosen: this.found });
    const body = h("tbody", {});
    const more = button("", () => grow(), { class: "more" });
    const grow = (): void => {
      const from = body.childElementCount;
      body.append(...answer.rows.slice(from, from + STEP).map((row) => h("tr", {}, ...row.map((each) => h("td", {}, this.cell(each))))));
      const left = answer.rows.length - body.childElementCount;
      more.textContent = `Show ${Math.min(STEP, left)} more`;
      more.hidden = left === 0;
    };
    grow();
    const counted = `${plural(answer.count, "row")}${answer.count > answer.rows.length ? `, the first ${number(answer.rows.length)} of them here` : ""}`;
    fill(this.result, h("p", {}, counted, drawn.length ? `; ${plural(drawn.length, "node")} lit on the map` : ""),
      h("div", { class: "actions" },
        hidden.length > 0 && button(`Show ${hidden.length} that the filters hide`, () => store.change({ revealed: joined(store.state.revealed, ...hidden) })),
        answer.count > 0 && button("Save as CSV", () => this.save(answer)),
        drawn.length > 0 && button("The lit nodes as a selection", () => store.change({ panel: "details" }))),
      answer.count > 0 && h("div", { class: "answers", role: "region", "aria-label": "Answer", tabindex: "0" },
        h("table", {}, h("thead", {}, h("tr", {}, ...answer.names.map((name) => h("th", { scope: "col" }, name)))), body)), more);
  }

  private cell(found: Term | null): Node | string {
    if (!found) return "";
    const node = this.node(found);
    return node === null ? this.short(found) : nodeButton(this.app, node);
  }

  /** The node that an IRI stands for. */
  private node(found: Term | null): number | null {
    return found?.type === "uri" ? (this.nodes.get(String(found.value)) ?? null) : null;
  }

  private short({ type, value }: Term): string {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (type !== "uri") return text;
    const [name, place] = Object.entries(this.given.prefixes).filter(([, start]) => text.startsWith(start))
      .sort((a, b) => b[1].length - a[1].length)[0] ?? ["", ""];
    return place ? `${name}:${text.slice(place.length)}` : text;
  }

  private save(answer: Rows): void {
    download("concite-answer.csv", csv([answer.names, ...answer.rows.map((row) => row.map((each) => (each ? String(each.value) : null)))]));
    if (answer.count > answer.rows.length) say(`The file holds the first ${number(answer.rows.length)} rows.`);
  }
}

/** The parser's words in a person's: which names or signs would fit. */
function expected(said: string, before: string): string {
  const prefix = /([\w-]*):\S*\s*$/.exec(before);
  if (said.includes("Prefix not found") && prefix) return `the prefix ${prefix[1]}: is not known; declare it with PREFIX, or mend it`;
  if (said.includes("unbound")) return "SELECT names a variable that the query leaves unbound; add it to GROUP BY, or leave it out";
  const words = [...said.replace(/\[.*?\]/gs, "").matchAll(/"([^"\\]+)"|\b([A-Z]{2,})\b/g)].map((each) => each[1] ?? each[2]);
  return words.length ? `the query cannot be read here; expected one of: ${[...new Set(words)].slice(0, 16).join(" ")}` : "the query cannot be read from here on";
}

window.conciteSparql = async (app, place) => new Panel(app, place, (await inflated(bytesOf("data-asking")).json()) as Asking);
