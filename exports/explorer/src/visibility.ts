// What is drawn now: the nodes and edges that the filters let through.

import type { Data } from "./data";
import type { State } from "./state";

export interface Visible {
  nodes: Uint8Array;
  edges: Uint8Array;
  nodeCount: number;
  edgeCount: number;
}

export function visible(data: Data, state: State): Visible {
  const nodes = new Uint8Array(data.nodes);
  for (let node = 0; node < data.nodes; node++) nodes[node] = reasonHidden(data, state, node) === null ? 1 : 0;
  const edges = new Uint8Array(data.edges.count);
  const carried = letThrough(data, state, nodes, edges);
  dropBare(data, state, nodes, carried);
  const edgeCount = keepJoined(data, nodes, edges);
  let nodeCount = 0;
  for (const shown of nodes) nodeCount += shown;
  return { nodes, edges, nodeCount, edgeCount };
}

/** Why a filter hides the node, in words that fit after “hidden by”; null when none does. */
export function reasonHidden(data: Data, state: State, node: number): string | null {
  if (state.revealed.has(node)) return null;
  if (state.hidden.has(node)) return "your choice to hide it";
  if (state.hiddenClasses.has(data.className(node))) return `the legend (${data.className(node)} is off)`;
  if (data.degree[node] < state.degree) return `the least number of connections (${state.degree})`;
  if (state.hideGeneral && data.general[node]) return "the choice to leave general concepts out";
  if (state.hideExternal && data.external[node]) return "the choice to leave cited papers outside the input out";
  if (state.community !== null && data.community(node) !== state.community) return "the view of a single community";
  return data.isPaper(node) ? paperHidden(data, state, node) : null;
}

function paperHidden(data: Data, state: State, paper: number): string | null {
  const year = data.year(paper);
  if (state.years && (year === null || year < state.years[0] || year > state.years[1])) return "the range of years";
  if (state.venue !== null && data.venue(paper) !== state.venue) return "the venue";
  return null;
}

/** Mark the edges between shown nodes whose kind and confidence pass; tells which nodes have such an edge. */
function letThrough(data: Data, state: State, nodes: Uint8Array, edges: Uint8Array): Uint8Array {
  const { source, target, kind, confidence, count } = data.edges;
  const kinds = passingKinds(data, state);
  const carried = new Uint8Array(data.nodes);
  for (let edge = 0; edge < count; edge++) {
    if (!kinds[kind[edge]] || confidence[edge] < state.confidence) continue;
    if (!nodes[source[edge]] || !nodes[target[edge]]) continue;
    edges[edge] = 1;
    carried[source[edge]] = carried[target[edge]] = 1;
  }
  return carried;
}

export function passingKinds(data: Data, state: State): boolean[] {
  const roles = data.roles.map((role) => !state.hiddenRoles.has(role));
  return [...roles, ...data.layers.map((layer) => state.layers.has(layer))];
}

/** Concepts and papers only cited go when no edge is left; papers, when the role or the confidence took them all. */
function dropBare(data: Data, state: State, nodes: Uint8Array, carried: Uint8Array): void {
  const strict = state.hiddenRoles.size > 0 || state.confidence > 0;
  for (let node = 0; node < data.nodes; node++) {
    if (carried[node] || state.revealed.has(node)) continue;
    if (data.external[node] || (data.degree[node] > 0 && (strict || !data.isPaper(node)))) nodes[node] = 0;
  }
}

function keepJoined(data: Data, nodes: Uint8Array, edges: Uint8Array): number {
  let count = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    if (!edges[edge]) continue;
    edges[edge] = nodes[data.edges.source[edge]] & nodes[data.edges.target[edge]];
    count += edges[edge];
  }
  return count;
}

/** The fields of the state that decide what is drawn. */
const FILTERS = [
  "hiddenClasses", "hiddenRoles", "layers", "years", "venue", "confidence", "degree",
  "hideGeneral", "hideExternal", "hidden", "revealed", "community",
] as const satisfies readonly (keyof State)[];

export function filtersDiffer(one: State, other: State): boolean {
  return FILTERS.some((field) => one[field] !== other[field]);
}

/** The filters of the opening, for the button that takes all back. */
export function withoutFilters(opening: State): Partial<State> {
  return Object.fromEntries(FILTERS.map((field) => [field, opening[field]])) as Partial<State>;
}
