// Paths between two nodes over the whole graph, whatever is drawn, preferring those that say something.

import type { Data, Tie } from "./data";

export interface Link {
  from: number;
  to: number;
  /** The edge, or -1 where the step goes along a relation between concepts. */
  edge: number;
  tie: Tie | null;
}

/** Everything is connected by way of what every paper mentions, so a step into a hub is dear. */
const GENERAL_COST = 2.5;
const TIE_COST = 1.2;
const LAYER_COST: Record<string, number> = { explicit: 1, inferred: 1.5 };
const USED_COST = 2;
const FARTHEST = 40;

/** The path of the least cost; each further turn avoids what the paths before it led through. */
export function findPath(data: Data, from: number, to: number, turn: number): Link[] | null {
  const used = new Set<number>();
  let path = shortest(data, from, to, used);
  for (let round = 0; round < turn && path; round++) {
    for (const link of path) used.add(link.to);
    path = shortest(data, from, to, used);
  }
  return path;
}

/** Dijkstra's algorithm. */
function shortest(data: Data, from: number, to: number, used: ReadonlySet<number>): Link[] | null {
  const cost = new Float64Array(data.all).fill(Infinity);
  const reached: (Link | undefined)[] = new Array(data.all);
  const queue = new Heap();
  cost[from] = 0;
  queue.push(0, from);
  for (let item = queue.pop(); item; item = queue.pop()) {
    const { priority, node } = item;
    if (node === to) return backwards(reached, from, to);
    if (priority > cost[node] || priority > FARTHEST) continue;
    eachLink(data, node, (link, step) => {
      const extra = link.to === to ? 0 : passing(data, link.to) + (used.has(link.to) ? USED_COST : 0);
      const total = priority + step + extra;
      if (total >= cost[link.to]) return;
      cost[link.to] = total;
      reached[link.to] = link;
      queue.push(total, link.to);
    });
  }
  return null;
}

function eachLink(data: Data, node: number, visit: (link: Link, cost: number) => void): void {
  data.eachEdge(node, (edge, other) => {
    const kind = data.edges.kind[edge];
    const cost = kind < data.roles.length ? 1 + 0.05 * kind : LAYER_COST[data.kindName(kind)];
    if (cost !== undefined) visit({ from: node, to: other, edge, tie: null }, cost);
  });
  for (const tie of data.relations(node)) visit({ from: node, to: tie.node, edge: -1, tie }, TIE_COST);
}

function passing(data: Data, node: number): number {
  const general = data.general[node] || data.grouping[node] ? GENERAL_COST : 0;
  return general + Math.log2(1 + data.degree[node]) / 5;
}

function backwards(reached: (Link | undefined)[], from: number, to: number): Link[] {
  const path: Link[] = [];
  for (let node = to; node !== from; ) {
    const link = reached[node] as Link;
    path.unshift(link);
    node = link.from;
  }
  return path;
}

interface Item {
  priority: number;
  node: number;
}

/** A binary heap, the least first. */
class Heap {
  private readonly items: Item[] = [];

  push(priority: number, node: number): void {
    const { items } = this;
    let place = items.push({ priority, node }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (items[parent].priority <= items[place].priority) break;
      [items[parent], items[place]] = [items[place], items[parent]];
      place = parent;
    }
  }

  pop(): Item | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (last && items.length) {
      items[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    const { items } = this;
    for (let place = 0; ; ) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < items.length && items[child].priority < items[least].priority) least = child;
      }
      if (least === place) return;
      [items[place], items[least]] = [items[least], items[place]];
      place = least;
    }
  }
}
