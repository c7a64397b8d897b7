// The engine that answers SPARQL: Oxigraph in a worker of its own, so that a long search never holds up the page.

import init, { type Quad, Store, type Term as Found } from "oxigraph/web";
import type { Answer, Parts, Question, Term } from "./answers";

/** More rows than these are counted, but not handed on. */
const MOST_ROWS = 10_000;
/** Texts, IRIs and comments of a query (`_QUOTED` in exports/sparql.py). */
const QUOTED = /'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|#[^\n]*/gs;
const FROM = /(?<![?$:\w-])FROM\b(?!\w*:)/i;
const TRIPLES = /(?<![?$:\w-])(?:CONSTRUCT|DESCRIBE)\b(?!\w*:)/i;

interface Opened {
  store: Store;
  /** The prefixes that need not be declared, in one line. */
  declared: string;
}

async function open({ wasm, graph, prefixes }: Parts): Promise<Opened> {
  await init({ module_or_path: wasm });
  const store = new Store();
  store.load(new Uint8Array(graph), { format: "application/trig", no_transaction: true });
  return { store, declared: Object.entries(prefixes).map(([name, place]) => `PREFIX ${name}: <${place}>`).join(" ") };
}

/** All named graphs are asked together, unless the query says FROM which; the prefixes take a line before it. */
function answer({ store, declared }: Opened, query: string): Answer {
  const bare = query.replace(QUOTED, " ");
  const whole = `${declared}\n${query}`;
  const union = { use_default_graph_as_union: !FROM.test(bare) };
  if (TRIPLES.test(bare)) return statements(store.query(whole, union) as Quad[]);
  return solutions(JSON.parse(store.query(whole, { ...union, results_format: "json" }) as string) as Solutions);
}

/** What SELECT and ASK give (SPARQL 1.1 Query Results JSON). */
interface Solutions {
  boolean?: boolean;
  head: { vars?: string[] };
  results?: { bindings: Record<string, Term>[] };
}

function solutions({ boolean, head, results }: Solutions): Answer {
  if (boolean !== undefined) return { kind: "yesno", yes: boolean };
  const [names, found] = [head.vars ?? [], results?.bindings ?? []];
  const rows = found.slice(0, MOST_ROWS).map((row) => names.map((name) => row[name] ?? null));
  return { kind: "rows", names, rows, count: found.length };
}

/** What CONSTRUCT and DESCRIBE give. */
function statements(found: Quad[]): Answer {
  const rows = found.slice(0, MOST_ROWS).map(({ subject, predicate, object }) => [subject, predicate, object].map(term));
  return { kind: "rows", names: ["subject", "predicate", "object"], rows, count: found.length };
}

function term(found: Found): Term {
  return { type: found.termType === "NamedNode" ? "uri" : "literal", value: found.value };
}

let opened: Promise<Opened> | null = null;

self.addEventListener("message", ({ data }: MessageEvent<Question>) => {
  if ("parts" in data) opened = open(data.parts);
  else void opened?.then((engine) => answer(engine, data.query)).catch(failed).then((reply) => self.postMessage(reply));
});

function failed(problem: unknown): Answer {
  return { kind: "error", message: problem instanceof Error ? problem.message : String(problem) };
}
