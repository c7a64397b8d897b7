// The data as the page carries it: JSON, pressed and packed into elements that never run.

import { decode } from "@openpgp/seek-bzip";

/** The unpacking that the page brings along (page.html), since this script comes packed itself. */
declare function bytesOf(id: string): Uint8Array;
declare function inflated(bytes: Uint8Array): Response;

export interface Coded {
  values: string[];
  rows: number[];
}

/** What exports/payload.py writes for the first picture; its FORMAT must be the one here. */
export interface First {
  format: number;
  title: string;
  base: string;
  classes: string[];
  roles: string[];
  layers: string[];
  drawn: number;
  papers: { id: string[]; title: string[]; year: (number | null)[]; venue: Coded; external: number[] };
  concepts: { id: string[]; label: string[]; class: number[]; origin: Coded; general: number[]; grouping: number[] };
  mentions: { paper: number[]; concept: number[]; role: number[]; confidence: number[] };
  citations: { citing: number[]; cited: number[]; layer: number[]; confidence: number[] };
  layout: { x: number[]; y: number[]; xMiddle: number[]; yMiddle: number[]; community: number[] };
}

/** The columns that come to the same tables once the first picture stands. */
export interface Later {
  papers: {
    date: (string | null)[];
    authors: (string[] | null)[];
    identifiers: (string[] | null)[];
    position: (string | null)[];
    source: Coded;
    abstract: (string | null)[];
  };
  concepts: {
    aliases: string[][];
    covers: string[][];
    parameters: (number | null)[];
    context_length: (number | null)[];
    memory_gb: (number | null)[];
    peak_tflops: (number | null)[];
    tdp_watts: (number | null)[];
    identifiers: (string[] | null)[];
    year: (number | null)[];
    developed_by: (string[] | null)[];
    source: (string[] | null)[];
    definition: (string | null)[];
  };
  mentions: { field: number[]; start: number[]; length: number[]; method: Coded };
  citations: {
    method: Coded;
    intent: Coded;
    /** Words, or their field, start and length in the citing paper. */
    evidence: (string | [number, number, number] | null)[];
  };
  /** Numbers of concepts, but of papers where a version is one, and where a concept was introduced. */
  relations: { relation: Coded; subject: number[]; object: number[] };
  skipped: [string | null, string | null, string | null][];
  skippedCount: number;
}

export type Shape = First & Later;

export const FORMAT = 3;

export async function unpack<T>(id: "data-graph" | "data-later"): Promise<T> {
  const bytes = bytesOf(id);
  // What is not too long comes as bzip2, which shows by its first letter and which browsers do not know.
  if (bytes[0] !== "B".charCodeAt(0)) return (await inflated(bytes).json()) as T;
  return JSON.parse(new TextDecoder().decode(decode(bytes))) as T;
}

/** The shape before the later columns are there. */
export function bare(first: First): Shape {
  const none: Coded = { values: [], rows: [] };
  const { papers, concepts, mentions, citations } = first;
  return {
    ...first,
    papers: { date: [], authors: [], identifiers: [], position: [], source: none, abstract: [], ...papers },
    concepts: {
      aliases: [], covers: [], parameters: [], context_length: [], memory_gb: [], peak_tflops: [], tdp_watts: [], identifiers: [],
      year: [], developed_by: [], source: [], definition: [], ...concepts,
    },
    mentions: { field: [], start: [], length: [], method: none, ...mentions },
    citations: { method: none, intent: none, evidence: [], ...citations },
    relations: { relation: none, subject: [], object: [] },
    skipped: [],
    skippedCount: 0,
  };
}
