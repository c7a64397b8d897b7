// The panel about several nodes picked out together: what they are, what they share, and what can be done with them.

import { type App, growing, nodeButton } from "./app";
import { button, h, plural } from "./dom";
import { copyBibtex, copySparql, saveConnections, saveNodes } from "./exporting";
import { classTag } from "./theme";

export function chosenDetails(app: App): Node[] {
  const { data, store } = app;
  const chosen = [...store.state.chosen].sort((a, b) => data.degree[b] - data.degree[a] || a - b);
  const papers = chosen.filter((node) => data.isPaper(node));
  const hide = (): void => store.change({ hidden: new Set([...store.state.hidden, ...chosen]), revealed: new Set(), chosen: new Set() });
  const groups = data.classes.map((name) => chosen.filter((node) => data.className(node) === name));
  return [
    h("h2", { class: "title" }, `${plural(chosen.length, "node")} selected`),
    h("div", { class: "actions", role: "group", "aria-label": "What to do with them" },
      button("Nodes (CSV)", () => saveNodes(app)), button("Connections (CSV)", () => saveConnections(app)),
      papers.length > 0 && button("Copy BibTeX", () => void copyBibtex(app, papers)),
      papers.length > 0 && button("Copy SPARQL", () => void copySparql(app)),
      button("Hide all", hide), button("Clear", () => store.change({ chosen: new Set() }), { class: "quiet" })),
    ...groups.filter((nodes) => nodes.length).map((nodes) =>
      h("section", {}, h("h3", {}, classTag(data.className(nodes[0])), " ", h("span", { class: "count" }, nodes.length)),
        growing(nodes, 10, (node) => nodeButton(app, node), "nodes"))),
    ...shared(app, papers),
  ];
}

/** The concepts that the most of the papers name. */
function shared(app: App, papers: number[]): Node[] {
  const { data } = app;
  const counts = new Map<number, number>();
  for (const paper of papers) {
    data.eachEdge(paper, (edge, concept) => {
      if (!data.isCitation(edge)) counts.set(concept, (counts.get(concept) ?? 0) + 1);
    });
  }
  const found = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 40);
  if (!found.length) return [];
  const draw = ([node, count]: [number, number]): Node =>
    h("span", {}, nodeButton(app, node), h("span", { class: "count" }, `${count} of ${papers.length}`));
  return [h("section", {}, h("h3", {}, "What these papers share"), growing(found, 12, draw, "concepts"))];
}
