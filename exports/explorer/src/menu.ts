// The menu of what can be taken out of the page.

import type { App } from "./app";
import { button, copy, h } from "./dom";
import { copyBibtex, copySparql, meant, saveConnections, saveNodes } from "./exporting";
import { savePng, saveSvg } from "./picture";

export function exportMenu(app: App): HTMLElement {
  const about = h("p", { class: "hint" });
  const papers = (): number[] => {
    const { selected } = app.store.state;
    return selected !== null && app.data.isPaper(selected) ? [selected] : meant(app).nodes.filter((node) => app.data.isPaper(node));
  };
  const menu = h("details", { class: "menu", ontoggle: () => (about.textContent = scope(app)) },
    h("summary", { class: "tool" }, "Export"),
    h("div", { class: "menu-body" }, about,
      button("Picture (PNG)", () => void savePng(app), { "data-testid": "export-png" }),
      button("Picture (SVG)", () => saveSvg(app), { "data-testid": "export-svg" }),
      button("Nodes (CSV)", () => saveNodes(app), { "data-testid": "export-csv-nodes" }),
      button("Connections (CSV)", () => saveConnections(app), { "data-testid": "export-csv-connections" }),
      button("Copy BibTeX of the papers", () => void copyBibtex(app, papers()), { "data-testid": "copy-bibtex" }),
      button("Copy SPARQL", () => void copySparql(app), { "data-testid": "copy-sparql" }),
      button("Copy link to this view", () => void copy(location.href, "The link"), { "data-testid": "copy-link" })));
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  return menu;
}

function scope(app: App): string {
  const { nodes, edges } = meant(app);
  return `${app.lit() ? "What is lit" : "All that is drawn"}: ${nodes.length} nodes, ${edges.length} connections`;
}
