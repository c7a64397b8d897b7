// What the page and its engine say to each other.

export interface Term {
  type: string;
  /** Of a quoted triple, three terms; nothing in the graph holds one. */
  value: unknown;
}

/** The first rows of an answer, and how many there are. */
export interface Rows {
  kind: "rows";
  names: string[];
  rows: (Term | null)[][];
  count: number;
}

export type Answer = Rows | { kind: "yesno"; yes: boolean } | { kind: "error"; message: string };

/** The engine's parts; the graph is TriG. */
export interface Parts {
  wasm: ArrayBuffer;
  graph: ArrayBuffer;
  prefixes: Record<string, string>;
}

export type Question = { parts: Parts } | { query: string };
