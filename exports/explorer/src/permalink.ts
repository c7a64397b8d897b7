// The state in the fragment of the address, so that every view can be kept, sent and returned to.

import type { Data } from "./data";
import type { Panel, State, View } from "./state";

type Field = keyof State;

interface Codec<T> {
  write: (value: T) => string;
  read: (text: string) => T | undefined;
}

type Codecs = { [F in Field]: Codec<State[F]> };

const NAMES: Record<Field, string> = {
  selected: "select",
  panel: "panel",
  view: "view",
  hiddenClasses: "without",
  hiddenRoles: "without-role",
  layers: "layers",
  years: "years",
  venue: "venue",
  confidence: "confidence",
  degree: "degree",
  hideGeneral: "no-general",
  hideExternal: "no-external",
  hidden: "hidden",
  revealed: "revealed",
  reach: "reach",
  community: "community",
  chosen: "chosen",
  from: "from",
  to: "to",
  turn: "turn",
  compare: "compare",
  query: "query",
  camera: "camera",
};

export function writeFragment(state: State, opening: State, data: Data): string {
  const codecs = codecsFor(data);
  const parts: string[] = [];
  for (const field of Object.keys(NAMES) as Field[]) {
    if (field === "chosen" && state.panel === "sparql" && state.query) continue; // The answer to the query says it.
    const [now, first] = [state, opening].map((each) => write(codecs, field, each));
    if (now !== first) parts.push(`${NAMES[field]}=${now}`);
  }
  return parts.length ? `#${parts.join("&")}` : "";
}

/** The state that a fragment stands for; what it does not say is as at the opening, what is unknown is passed over. */
export function readFragment(fragment: string, opening: State, data: Data): State {
  const codecs = codecsFor(data);
  const state: State = { ...opening };
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    const field = (Object.keys(NAMES) as Field[]).find((name) => NAMES[name] === part.slice(0, at));
    if (field) read(codecs, field, part.slice(at + 1), state);
  }
  return state;
}

function write<F extends Field>(codecs: Codecs, field: F, state: State): string {
  return codecs[field].write(state[field]);
}

function read<F extends Field>(codecs: Codecs, field: F, text: string, state: State): void {
  try {
    const value = codecs[field].read(text);
    if (value !== undefined) state[field] = value;
  } catch {
    // A broken percent sign in an address typed by hand; the rest of it still counts.
  }
}

function codecsFor(data: Data): Codecs {
  const node = nodeCodec(data);
  const nodes: Codec<ReadonlySet<number>> = {
    write: (set) => [...set].sort((a, b) => a - b).map(node.write).join(","),
    read: (text) => new Set(items(text).map(node.read).filter((value) => value !== undefined && value !== null) as number[]),
  };
  return {
    selected: node,
    from: node,
    to: node,
    panel: oneOf<Panel>("details", "path", "compare", "sparql"),
    view: oneOf<View>("map", "table"),
    hiddenClasses: names(data.classes),
    hiddenRoles: names(data.roles),
    layers: names(data.layers),
    years: { write: (years) => years?.join("-") ?? "", read: readYears },
    venue: { write: (venue) => encode(venue ?? ""), read: (text) => decodeURIComponent(text) || null },
    confidence: within(0, 100),
    degree: within(0, 1e9),
    hideGeneral: flag,
    hideExternal: flag,
    hidden: nodes,
    revealed: nodes,
    chosen: nodes,
    reach: within(1, 3),
    community: { write: (value) => (value === null ? "" : String(value)), read: (text) => (text ? within(0, 1e9).read(text) : null) },
    turn: within(0, 20),
    compare: {
      write: (pair) => pair.map(node.write).join(","),
      read: (text) => {
        const pair = text.split(",").map((item) => (item ? (node.read(item) ?? null) : null));
        return [pair[0] ?? null, pair[1] ?? null];
      },
    },
    query: { write: encode, read: decodeURIComponent },
    camera: { write: (camera) => camera?.map((value) => Number(value.toFixed(3))).join(",") ?? "", read: readCamera },
  };
}

/** Concepts by their plain id, papers with the word before it. */
function nodeCodec(data: Data): Codec<number | null> {
  return {
    write: (value) => (value === null ? "" : encode(data.key(value)).replace("concept%2F", "")),
    read: (text) => (text ? data.find(decodeURIComponent(text)) : null),
  };
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

function items(text: string): string[] {
  return text.split(",").filter(Boolean);
}

function names(known: string[]): Codec<ReadonlySet<string>> {
  return {
    write: (set) => known.filter((name) => set.has(name)).join(","),
    read: (text) => new Set(items(text).filter((name) => known.includes(name))),
  };
}

function oneOf<T extends string>(...values: T[]): Codec<T> {
  return { write: (value) => value, read: (text) => values.find((value) => value === text) };
}

function within(low: number, high: number): Codec<number> {
  return {
    write: String,
    read: (text) => (/^\d+$/.test(text) ? Math.min(high, Math.max(low, Number(text))) : undefined),
  };
}

const flag: Codec<boolean> = { write: (value) => (value ? "1" : ""), read: (text) => text === "1" };

function readYears(text: string): readonly [number, number] | null | undefined {
  const years = /^(\d{4})-(\d{4})$/.exec(text);
  return years ? [Number(years[1]), Number(years[2])] : undefined;
}

function readCamera(text: string): readonly [number, number, number] | null | undefined {
  const [x, y, ratio] = text.split(",").map(Number);
  return Number.isFinite(x) && Number.isFinite(y) && ratio > 0 && ratio < 10 ? [x, y, ratio] : undefined;
}
