// Answers as tables and texts; IRIs of this graph lead to its pages, others to where they are.

import type { Rows, Term } from "./asking";
import type { Data } from "./data";
import { h } from "./dom";

const FIRST = 500;
const NUMBERS = /#(?:integer|decimal|double|float|nonNegativeInteger)$/;

/** Rows as a table; a long one shows its first rows, and the rest when asked. */
export function table(rows: Rows, data: Data): HTMLElement {
  if (rows.boolean !== undefined) return h("p", {}, rows.boolean ? "yes" : "no");
  const { vars } = rows.head;
  const found = rows.results?.bindings ?? [];
  if (!found.length) return h("p", {}, "No rows: nothing in the graph matches.");
  const body = h("tbody");
  const show = (from: number, to: number) => body.append(...found.slice(from, to).map((row) => line(row, vars, data)));
  show(0, FIRST);
  const head = h("thead", {}, h("tr", {}, ...vars.map((name) => h("th", { scope: "col" }, name))));
  const whole = h("div", {}, h("table", {}, head, body));
  if (found.length > FIRST) {
    const more = h("button", { type: "button" }, `Show all ${found.length.toLocaleString("en")} rows`);
    more.addEventListener("click", () => (show(FIRST, found.length), more.remove()));
    whole.append(more);
  }
  return whole;
}

/** How many rows an answer has, in words. */
export function counted(rows: Rows): string {
  const count = rows.results?.bindings.length ?? 0;
  return rows.boolean !== undefined ? "" : count === 1 ? "1 row" : `${count.toLocaleString("en")} rows`;
}

function line(row: Record<string, Term>, vars: string[], data: Data): HTMLElement {
  return h("tr", {}, ...vars.map((name) => cell(row[name], data)));
}

function cell(term: Term | undefined, data: Data): HTMLElement {
  if (!term) return h("td");
  if (term.type === "uri") return h("td", {}, link(term.value, data));
  if (term.type === "triple") return h("td", {}, JSON.stringify(term.value));
  const language = term["xml:lang"];
  const attributes = { dir: "auto", ...(language && { lang: language, title: language }) };
  return h("td", NUMBERS.test(term.datatype ?? "") ? { class: "number" } : attributes, term.value);
}

/** An IRI as a link, shortened by its prefix; what is no address of the web stays text. */
function link(iri: string, data: Data): HTMLElement {
  const text = short(iri, data);
  const own = /^(?:concept|paper)\/./.exec(iri.startsWith(data.base) ? iri.slice(data.base.length) : "");
  if (own) return h("a", { href: `/${iri.slice(data.base.length)}`, title: iri }, text);
  if (/^https?:\/\//i.test(iri)) return h("a", { href: iri, rel: "noreferrer", title: iri }, text);
  return h("span", { title: iri }, text);
}

function short(iri: string, data: Data): string {
  for (const [name, start] of Object.entries(data.prefixes)) {
    if (iri.startsWith(start) && iri.length > start.length) return `${name}:${iri.slice(start.length)}`;
  }
  return iri;
}
