// The panel about the chosen node: where it stands and what it rests on.

import { type App, choose } from "./app";
import { conceptDetails } from "./concept";
import { chosenDetails } from "./chosen";
import { button, h } from "./dom";
import { overview } from "./overview";
import { paperDetails } from "./paper";
import { copyBibtex, copySparql } from "./exporting";
import { joined, toggled } from "./state";

export function details(app: App): Node[] {
  const { selected } = app.store.state;
  if (selected === null) return app.store.state.chosen.size ? chosenDetails(app) : overview(app);
  return app.data.isPaper(selected) ? paperDetails(app, selected) : conceptDetails(app, selected);
}

/** What can be done with the chosen node. */
export function actions(app: App, node: number): HTMLElement {
  const { data, store } = app;
  const { state } = store;
  const paper = data.isPaper(node);
  const drawn = node < data.nodes;
  const hide = (): void => {
    const revealed = new Set(store.state.revealed);
    revealed.delete(node);
    store.change({ hidden: joined(store.state.hidden, node), revealed, selected: null });
  };
  return h("div", { class: "actions", role: "group", "aria-label": "What to do with it" },
    drawn && button(state.reach === 1 ? "Expand" : "Collapse", () => store.change({ reach: state.reach === 1 ? 2 : 1 }),
      { title: "Light the neighbours of the neighbours too" }),
    button("Path from here", () => store.change({ panel: "path", from: node, turn: 0 }), { title: "How is it connected with another?" }),
    !paper && button("Compare with…", () => store.change({ panel: "compare", compare: [node, null] }),
      { title: "The papers that have both of two concepts, and those that have one" }),
    drawn && data.community(node) >= 0 && button(state.community === null ? "Only its community" : "All communities",
      () => store.change({ community: state.community === null ? data.community(node) : null })),
    drawn && button(state.chosen.has(node) ? "Take out of the selection" : "Add to selection",
      () => store.change({ chosen: toggled(store.state.chosen, node) }), { title: "Or on the map: Shift and click, Shift and drag" }),
    drawn && button(state.revealed.has(node) ? "Unpin" : "Pin", () => store.change({ revealed: toggled(store.state.revealed, node) }),
      { title: "Keep it on the map whatever the filters say" }),
    drawn && button("Hide", hide),
    button("Copy SPARQL", () => void copySparql(app), { title: "The query that gives this selection from the RDF export" }),
    paper && button("Copy BibTeX", () => void copyBibtex(app, [node])),
    button("Close", () => choose(app, null), { class: "quiet" }));
}
