// What the person has chosen; everything on the page follows from this and the data.

import type { Data } from "./data";

export type Panel = "details" | "path" | "compare" | "sparql";
export type View = "map" | "table";

export interface State {
  selected: number | null;
  panel: Panel;
  view: View;
  hiddenClasses: ReadonlySet<string>;
  hiddenRoles: ReadonlySet<string>;
  layers: ReadonlySet<string>;
  years: readonly [number, number] | null;
  venue: string | null;
  /** 0 … 100 */
  confidence: number;
  degree: number;
  hideGeneral: boolean;
  hideExternal: boolean;
  /** Nodes put away one by one. */
  hidden: ReadonlySet<number>;
  /** Nodes that are shown though a filter would hide them. */
  revealed: ReadonlySet<number>;
  /** How many steps around the selected node are lit. */
  reach: number;
  community: number | null;
  /** Nodes picked out together. */
  chosen: ReadonlySet<number>;
  from: number | null;
  to: number | null;
  /** Which of several paths is shown. */
  turn: number;
  compare: readonly [number | null, number | null];
  /** What was last asked in SPARQL. */
  query: string;
  /** Where the map is looked at from: x, y and ratio; null for all of it. */
  camera: readonly [number, number, number] | null;
}

/** The state of a page just opened. Citations show unless they would drown the rest. */
export function opening(data: Data): State {
  const count = data.counts();
  const concepts = Object.values(count.roles).reduce((sum, value) => sum + value, 0);
  const drowning = Math.max(200, concepts);
  const layers = ["explicit", "inferred"].filter((layer) => (count.layers[layer] ?? 0) <= drowning);
  return {
    selected: null,
    panel: "details",
    view: "map",
    hiddenClasses: new Set(),
    hiddenRoles: new Set(),
    layers: new Set(layers),
    years: null,
    venue: null,
    confidence: 0,
    degree: data.defaultDegree,
    hideGeneral: false,
    hideExternal: false,
    hidden: new Set(),
    revealed: new Set(),
    reach: 1,
    community: null,
    chosen: new Set(),
    from: null,
    to: null,
    turn: 0,
    compare: [null, null],
    query: "",
    camera: null,
  };
}

export type Listener = (state: State, before: State) => void;

/** Holds the state; a change is a step back for the browser when it moves to another subject. */
export class Store {
  private listeners: Listener[] = [];

  constructor(
    public state: State,
    private readonly keep: (state: State, step: boolean) => void,
  ) {}

  follow(listener: Listener): void {
    this.listeners.push(listener);
  }

  change(patch: Partial<State>): void {
    const before = this.state;
    this.state = { ...before, ...patch };
    this.keep(this.state, isStep(before, this.state));
    this.tell(before);
  }

  /** Keep what changes nothing on the page, such as where the map is looked at from. */
  note(patch: Partial<State>): void {
    this.state = { ...this.state, ...patch };
    this.keep(this.state, false);
  }

  /** Take over a state from the address, without writing it there again. */
  restore(state: State): void {
    const before = this.state;
    this.state = state;
    this.tell(before);
  }

  private tell(before: State): void {
    for (const listener of this.listeners) listener(this.state, before);
  }
}

const STEPS = ["selected", "panel", "view", "from", "to", "compare", "query", "community", "chosen"] as const;

function isStep(before: State, after: State): boolean {
  return STEPS.some((field) => flat(before[field]) !== flat(after[field]));
}

function flat(value: State[(typeof STEPS)[number]]): string {
  return value instanceof Set ? [...value].join() : String(value);
}

export function toggled<T>(set: ReadonlySet<T>, value: T): Set<T> {
  const changed = new Set(set);
  if (!changed.delete(value)) changed.add(value);
  return changed;
}

export function joined<T>(set: ReadonlySet<T>, ...values: T[]): Set<T> {
  return new Set([...set, ...values]);
}
