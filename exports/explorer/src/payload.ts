// The data as the page carries it: base64 of gzip in elements that never run.

export interface Coded {
  values: string[];
  rows: number[];
}

/** What exports/payload.py writes; its FORMAT must be the one here. */
export interface Shape {
  format: number;
  title: string;
  base: string;
  classes: string[];
  roles: string[];
  layers: string[];
  drawn: number;
  papers: {
    id: string[];
    title: string[];
    year: (number | null)[];
    date: (string | null)[];
    authors: (string[] | null)[];
    identifiers: (string[] | null)[];
    position: (string | null)[];
    venue: Coded;
    source: Coded;
    external: number[];
  };
  concepts: {
    id: string[];
    label: string[];
    class: number[];
    aliases: (string[] | null)[];
    parameters: (number | null)[];
    context_length: (number | null)[];
    memory_gb: (number | null)[];
    peak_tflops: (number | null)[];
    tdp_watts: (number | null)[];
    identifiers: (string[] | null)[];
    year: (number | null)[];
    developed_by: (string[] | null)[];
    source: (string[] | null)[];
    origin: Coded;
    general: number[];
    grouping: number[];
  };
  relations: { relation: Coded; subject: number[]; object: number[] };
  mentions: {
    paper: number[];
    field: number[];
    start: number[];
    length: number[];
    concept: number[];
    role: number[];
    confidence: number[];
    method: Coded;
  };
  citations: {
    citing: number[];
    cited: number[];
    layer: number[];
    confidence: number[];
    method: Coded;
    intent: Coded;
  };
  layout: { x: number[]; y: number[]; community: number[] };
  skipped: [string | null, string | null, string | null][];
  skippedCount: number;
}

export interface Texts {
  abstracts: (string | null)[];
  definitions: (string | null)[];
  /** Words, or their field, start and length in the citing paper. */
  evidence: (string | [number, number, number] | null)[];
}

export const FORMAT = 1;

/** Unpack the JSON that the element with this id carries, and let go of the packed form. */
export async function unpack<T>(id: string): Promise<T> {
  const element = document.getElementById(id);
  const letters = atob(element?.textContent ?? "");
  element?.remove();
  const packed = new Uint8Array(letters.length);
  for (let place = 0; place < packed.length; place++) packed[place] = letters.charCodeAt(place);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as T;
}
