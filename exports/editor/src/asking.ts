// The request to the endpoint, and what came back.

import type { Fault } from "./editor";

export interface Term {
  type: "uri" | "literal" | "bnode" | "typed-literal" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export interface Rows {
  head: { vars: string[] };
  results?: { bindings: Record<string, Term>[] };
  boolean?: boolean;
}

export type Outcome =
  | { kind: "rows"; rows: Rows }
  | { kind: "triples"; text: string }
  | { kind: "problem"; text: string; fault: Fault | null };

const WANTED = "application/sparql-results+json, text/turtle;q=0.9";

/** Asks the endpoint for an answer in a format. */
export function post(endpoint: string, query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return fetch(endpoint, { method: "POST", headers, body: query, ...(signal && { signal }) });
}

/** Asks, and understands the answer. */
export async function ask(endpoint: string, query: string, signal: AbortSignal): Promise<Outcome> {
  const response = await post(endpoint, query, WANTED, signal);
  const text = await response.text();
  if (!response.ok) return { kind: "problem", text: text.trim(), fault: place(text) };
  if (response.headers.get("Content-Type")?.startsWith("text/turtle")) return { kind: "triples", text };
  return { kind: "rows", rows: JSON.parse(text) as Rows };
}

/** The place that a message begins with. */
function place(message: string): Fault | null {
  const found = /^query:(\d+):(\d+): ([^\n]*)/.exec(message);
  return found && { line: Number(found[1]), column: Number(found[2]), message: found[3] ?? "" };
}
