// The communities as faint islands under the map, each with the names of what is special to it.

import type { Data } from "./data";

export interface Region {
  community: number;
  nodes: number[];
  names: string[];
  x: number;
  y: number;
}

const SMALLEST = 8;
const MOST = 60;

export function regions(data: Data): Region[] {
  const members = new Map<number, number[]>();
  for (let node = 0; node < data.nodes; node++) {
    const community = data.community(node);
    if (community < 0) continue;
    const nodes = members.get(community);
    if (nodes) nodes.push(node);
    else members.set(community, [node]);
  }
  return [...members]
    .filter(([, nodes]) => nodes.length >= SMALLEST)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .slice(0, MOST)
    .map(([community, nodes]) => region(data, community, nodes));
}

function region(data: Data, community: number, nodes: number[]): Region {
  const { x, y } = data.shape.layout;
  const middle = (places: number[]): number => {
    const sorted = nodes.map((node) => places[node]).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  return { community, nodes, names: special(data, community, nodes), x: middle(x), y: middle(y) };
}

/** The two concepts that most of the community's papers share and few papers elsewhere. */
function special(data: Data, community: number, nodes: number[]): string[] {
  const scored = nodes
    .filter((node) => !data.isPaper(node) && !data.general[node] && !data.grouping[node])
    .map((node) => {
      let inside = 0;
      data.eachEdge(node, (_, paper) => (inside += data.community(paper) === community ? 1 : 0));
      return { node, score: (inside > 1 ? inside : 0.5) * Math.log(1 + (2 * data.papers) / (1 + data.degree[node])) };
    })
    .sort((a, b) => b.score - a.score || a.node - b.node);
  return scored.slice(0, 2).map(({ node }) => data.label(node));
}
