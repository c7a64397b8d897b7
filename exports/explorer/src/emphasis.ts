// What is lit when something is chosen: a node with its surroundings, a path, a comparison.

import type { Data } from "./data";
import { findPath } from "./paths";
import type { State } from "./state";
import type { Visible } from "./visibility";

export interface Emphasis {
  /** 0 dimmed, 1 lit, 2 the subject itself. */
  nodes: Uint8Array;
  edges: Uint8Array;
}

const LIT = 1;
const SUBJECT = 2;

/** null when nothing is chosen and everything is equal. */
export function emphasis(data: Data, state: State, shown: Visible): Emphasis | null {
  const lit: Emphasis = { nodes: new Uint8Array(data.all), edges: new Uint8Array(data.edges.count) };
  if (state.panel === "path" && state.from !== null && state.to !== null) return lightPath(data, state, lit);
  if (state.panel === "compare" && (state.compare[0] ?? state.compare[1]) !== null) return lightPair(data, state, lit);
  if (state.selected !== null) return lightAround(data, state, shown, lit);
  if (state.chosen.size) return lightChosen(data, state, lit);
  return null;
}

function lightPath(data: Data, state: State, lit: Emphasis): Emphasis {
  for (const link of findPath(data, state.from as number, state.to as number, state.turn) ?? []) {
    lit.nodes[link.from] = lit.nodes[link.to] = LIT;
    if (link.edge >= 0) lit.edges[link.edge] = 1;
  }
  lit.nodes[state.from as number] = lit.nodes[state.to as number] = SUBJECT;
  return lit;
}

function lightPair(data: Data, state: State, lit: Emphasis): Emphasis {
  const chosen = state.compare.filter((node) => node !== null).map((node) => data.below(node));
  const near = chosen.map((concepts) => papersOf(data, concepts));
  for (let paper = 0; paper < data.papers; paper++) {
    if (near.every((papers) => papers.has(paper))) lit.nodes[paper] = LIT;
  }
  for (const concept of chosen.flatMap((concepts) => [...concepts])) {
    data.eachEdge(concept, (edge, paper) => {
      if (!lit.nodes[paper]) return;
      lit.edges[edge] = 1;
      lit.nodes[concept] = SUBJECT;
    });
  }
  for (const node of state.compare) if (node !== null) lit.nodes[node] = SUBJECT;
  return lit;
}

export function papersOf(data: Data, concepts: Iterable<number>): Set<number> {
  const papers = new Set<number>();
  for (const concept of concepts) data.eachEdge(concept, (_, paper) => papers.add(paper));
  return papers;
}

function lightChosen(data: Data, state: State, lit: Emphasis): Emphasis {
  for (const node of state.chosen) lit.nodes[node] = LIT;
  for (const node of state.chosen) {
    data.eachEdge(node, (edge, other) => {
      if (lit.nodes[other]) lit.edges[edge] = 1;
    });
  }
  return lit;
}

function lightAround(data: Data, state: State, shown: Visible, lit: Emphasis): Emphasis {
  const start = state.selected as number;
  // A heading has no papers of its own: what stands below it is meant.
  let ring = data.degree[start] === 0 && !data.isPaper(start) ? data.below(start) : new Set([start]);
  for (const node of ring) lit.nodes[node] = SUBJECT;
  for (let step = 0; step < state.reach; step++) ring = lightRing(data, ring, shown, lit);
  return lit;
}

function lightRing(data: Data, ring: ReadonlySet<number>, shown: Visible, lit: Emphasis): Set<number> {
  const next = new Set<number>();
  for (const node of ring) {
    if (data.general[node] && lit.nodes[node] !== SUBJECT) continue;
    data.eachEdge(node, (edge, other) => {
      if (!shown.edges[edge]) return;
      lit.edges[edge] = 1;
      if (lit.nodes[other]) return;
      lit.nodes[other] = LIT;
      next.add(other);
    });
  }
  return next;
}
