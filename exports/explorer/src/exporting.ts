// What can be taken out of the page as text: CSV, BibTeX and SPARQL.

import type { App } from "./app";
import type { Data } from "./data";
import { copy, download, say } from "./dom";

/** The nodes and edges that are meant: what is lit if anything is, else all that is drawn. */
export function meant(app: App): { nodes: number[]; edges: number[] } {
  const shown = app.shown();
  const lit = app.lit();
  const pick = (flags: Uint8Array, also: Uint8Array | undefined): number[] => {
    const found: number[] = [];
    for (let place = 0; place < flags.length; place++) if (flags[place] && (!also || also[place])) found.push(place);
    return found;
  };
  return { nodes: pick(shown.nodes, lit?.nodes), edges: pick(shown.edges, lit?.edges) };
}

/** A field as spreadsheets read it; what they would take for a formula begins with an apostrophe. */
function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(rows: (string | number | null)[][]): Blob {
  const text = rows.map((row) => row.map(field).join(",")).join("\r\n");
  return new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" });
}

export function saveNodes(app: App): void {
  const { data } = app;
  const rows = meant(app).nodes.map((node) => [data.id(node), data.className(node), data.label(node), data.year(node), data.degree[node], iri(data, node)]);
  download("concite-nodes.csv", csv([["id", "class", "name", "year", "connections", "iri"], ...rows]));
}

export function saveConnections(app: App): void {
  const { data } = app;
  const { source, target, kind, confidence, weight } = data.edges;
  const rows = meant(app).edges.map((edge) => [
    data.id(source[edge]), data.label(source[edge]), data.isCitation(edge) ? "cites" : data.kindName(kind[edge]),
    data.isCitation(edge) ? data.kindName(kind[edge]) : null, data.id(target[edge]), data.label(target[edge]),
    confidence[edge] / 100, data.isCitation(edge) ? null : weight[edge],
  ]);
  const head = ["paper", "title", "does", "layer", "object", "object_name", "confidence", "mentions"];
  download("concite-connections.csv", csv([head, ...rows]));
}

export function iri(data: Data, node: number): string {
  const safe = encodeURIComponent(data.id(node)).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return data.isPaper(node) ? `${data.shape.base}paper/${safe.replaceAll("%3A", ":")}` : `${data.shape.base}concept/${safe}`;
}

export async function copySparql(app: App): Promise<void> {
  await copy(sparql(app), "The SPARQL query");
}

/** The query over the exported RDF that gives what is chosen. */
export function sparql(app: App): string {
  const { data, store } = app;
  const { selected, panel, compare } = store.state;
  const prefixes = [`PREFIX concite: <${data.shape.base}ontology#>`, "PREFIX dcterms: <http://purl.org/dc/terms/>",
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"];
  const [one, two] = compare;
  if (panel === "compare" && one !== null && two !== null) return both(data, prefixes, one, two);
  if (selected !== null) return data.isPaper(selected) ? conceptsOf(data, prefixes, selected) : papersWith(data, prefixes, selected);
  return listed(app, prefixes);
}

const TITLE = "  OPTIONAL { ?paper dcterms:title ?title }";

function roleValues(data: Data): string {
  return `  VALUES ?role { ${data.roles.map((role) => `concite:${role}`).join(" ")} }`;
}

function papersWith(data: Data, prefixes: string[], concept: number): string {
  return [...prefixes, `# The papers that mention ${oneLine(data.label(concept))}, and what they do with it`,
    "SELECT ?paper ?title ?role WHERE {", roleValues(data), `  ?paper ?role <${iri(data, concept)}> .`, TITLE, "}", "ORDER BY ?role ?title", ""].join("\n");
}

function conceptsOf(data: Data, prefixes: string[], paper: number): string {
  return [...prefixes, `# The concepts of the paper ${oneLine(data.label(paper))}`,
    "SELECT ?concept ?label ?role WHERE {", roleValues(data), `  <${iri(data, paper)}> ?role ?concept .`,
    "  ?concept skos:prefLabel ?label .", "}", "ORDER BY ?role ?label", ""].join("\n");
}

function both(data: Data, prefixes: string[], one: number, two: number): string {
  const values = (concept: number): string => [...data.below(concept)].map((each) => `<${iri(data, each)}>`).join(" ");
  return [...prefixes, `# The papers with both ${oneLine(data.label(one))} and ${oneLine(data.label(two))}, variants and narrower concepts counted in`,
    "SELECT DISTINCT ?paper ?title ?first ?firstRole ?second ?secondRole WHERE {",
    `  VALUES ?first { ${values(one)} }`, `  VALUES ?second { ${values(two)} }`,
    roleValues(data).replace("?role", "?firstRole"), roleValues(data).replace("?role", "?secondRole"),
    "  ?paper ?firstRole ?first ;", "         ?secondRole ?second .", TITLE, "}", "ORDER BY ?title", ""].join("\n");
}

function listed(app: App, prefixes: string[]): string {
  const { data } = app;
  const papers = meant(app).nodes.filter((node) => data.isPaper(node));
  return [...prefixes, "# The concepts of the papers that are drawn", "SELECT ?paper ?title ?role ?concept WHERE {",
    `  VALUES ?paper { ${papers.map((paper) => `<${iri(data, paper)}>`).join(" ")} }`, roleValues(data),
    "  ?paper ?role ?concept .", TITLE, "}", "ORDER BY ?title ?role", ""].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

export async function copyBibtex(app: App, papers: readonly number[]): Promise<void> {
  if (!papers.length) {
    say("No paper is chosen.");
    return;
  }
  const used = new Map<string, number>();
  await copy(papers.map((paper) => bibtex(app.data, paper, used)).join("\n"), papers.length === 1 ? "The BibTeX entry" : `${papers.length} BibTeX entries`);
}

/** A BibTeX entry; keys that would be the same get a letter. */
export function bibtex(data: Data, paper: number, used: Map<string, number>): string {
  const authors = data.shape.papers.authors[paper] ?? [];
  const identifiers = new Map((data.shape.papers.identifiers[paper] ?? []).map((each) => {
    const at = each.indexOf(":");
    return [each.slice(0, at), each.slice(at + 1)];
  }));
  const [arxiv, doi, venue, year] = [identifiers.get("arxiv"), identifiers.get("doi"), data.venue(paper), data.year(paper)];
  const fields: [string, string | null | undefined][] = [
    ["title", `{${escaped(data.label(paper))}}`], ["author", authors.map(escaped).join(" and ")], ["year", year === null ? null : String(year)],
    [venue ? "booktitle" : "howpublished", venue && escaped(venue)], ["doi", doi], ["eprint", arxiv], ["archiveprefix", arxiv && "arXiv"],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`);
  return `@${venue ? "inproceedings" : "misc"}{${key(data, paper, authors, used)},\n${lines.join("\n")}\n}\n`;
}

function key(data: Data, paper: number, authors: string[], used: Map<string, number>): string {
  const plain = (text: string): string => text.normalize("NFKD").replace(/[^A-Za-z0-9]/g, "").toLowerCase();
  const first = authors[0] ?? "";
  const family = first.includes(",") ? first.split(",")[0] : (first.split(/\s+/).at(-1) ?? "");
  const word = data.label(paper).split(/\s+/).map(plain).find((each) => each.length > 3) ?? "";
  const name = `${plain(family)}${data.year(paper) ?? ""}${word}` || `paper${paper + 1}`;
  const count = used.get(name) ?? 0;
  used.set(name, count + 1);
  return count ? `${name}${count + 1}` : name;
}

function escaped(text: string): string {
  return text.replace(/\\/g, "\\textbackslash ").replace(/[{}]/g, "\\$&").replace(/[&%$#_]/g, "\\$&").replace(/\s+/g, " ");
}
