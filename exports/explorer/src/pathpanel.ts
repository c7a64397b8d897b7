// The panel that tells how two nodes are connected, step by step, with the words that each step rests on.

import { type App, nodeButton } from "./app";
import { Combobox } from "./combobox";
import { passive } from "./concept";
import { button, h, plural } from "./dom";
import { sentences } from "./evidence";
import { citationBasis } from "./paper";
import { findPath, type Link } from "./paths";

export class PathPanel {
  readonly element: HTMLElement;
  private readonly from: Combobox;
  private readonly to: Combobox;
  private readonly result = h("div", { "data-testid": "path-result", "aria-live": "polite" });

  constructor(private readonly app: App) {
    const field = (label: string, testid: string, end: "from" | "to"): Combobox =>
      new Combobox(app.data, app.index, {
        label, testid, placeholder: "Name of a paper or concept", keep: true,
        choose: (node) => {
          app.store.change({ [end]: node, turn: 0, panel: "path" });
          this.focus();
        },
        cleared: () => app.store.change({ [end]: null, turn: 0 }),
      });
    this.from = field("From", "path-from", "from");
    this.to = field("To", "path-to", "to");
    this.element = h("div", {},
      h("h2", { class: "title" }, "How are two connected?"),
      h("div", { class: "field" }, h("span", { class: "field-name" }, "From"), this.from.element),
      h("div", { class: "field" }, h("span", { class: "field-name" }, "To"), this.to.element),
      this.result);
  }

  draw(): void {
    const { from, to } = this.app.store.state;
    this.from.show(from);
    this.to.show(to);
    this.result.replaceChildren(...this.answer(from, to));
  }

  /** Put the cursor where something is missing. */
  focus(): void {
    const { from, to } = this.app.store.state;
    if (from === null) this.from.input.focus();
    else if (to === null) this.to.input.focus();
  }

  private answer(from: number | null, to: number | null): Node[] {
    const { data, store } = this.app;
    if (from === null || to === null) {
      return [h("p", { class: "hint" }, "Name two papers or concepts. The whole graph is searched, whatever is drawn.")];
    }
    if (from === to) return [h("p", {}, "These are the same.")];
    const path = findPath(data, from, to, store.state.turn);
    if (!path) return [h("p", {}, "Nothing in the graph connects the two.")];
    const others = h("div", { class: "actions" },
      button("Another path", () => store.change({ turn: (store.state.turn + 1) % 6 })),
      store.state.turn > 0 && button("The first path", () => store.change({ turn: 0 })),
      button("Swap", () => store.change({ from: to, to: from, turn: 0 })));
    return [h("p", { class: "hint" }, `${plural(path.length, "step")}; hubs that nearly everything touches are avoided where another way exists.`),
      h("ol", { class: "path" }, h("li", {}, nodeButton(this.app, from)), ...path.map((link) => this.step(link))), others];
  }

  private step(link: Link): HTMLElement {
    return h("li", {}, h("p", { class: "step-words" }, words(this.app, link)), ...this.basis(link), nodeButton(this.app, link.to));
  }

  private basis(link: Link): Node[] {
    const { data } = this.app;
    if (link.tie) {
      const known = link.tie.relation === "versionOf" ? "by their titles, authors and texts" : "according to the ontology";
      return [h("p", { class: "hint" }, known)];
    }
    if (data.isCitation(link.edge)) return [h("p", { class: "hint" }, citationBasis(data, link.edge))];
    return sentences(data, data.edges.source[link.edge], new Set([data.edges.target[link.edge]]), 1);
  }
}

/** What leads from one end of the step to the other, to be read between their names. */
function words(app: App, link: Link): string {
  const { data } = app;
  if (link.tie) return tieWords(link.tie.relation, link.tie.out);
  const kind = data.kindName(data.edges.kind[link.edge]);
  const forward = data.edges.source[link.edge] === link.from;
  if (!data.isCitation(link.edge)) return forward ? kind : `is ${passive(kind)}`;
  const cites = kind === "explicit" ? "" : ` (${kind})`;
  return forward ? `cites${cites}` : `is cited by${cites}`;
}

function tieWords(relation: string, out: boolean): string {
  const said: Record<string, [string, string]> = {
    broader: ["is a kind of", "has the kind"],
    variantOf: ["is a variant of", "has the variant"],
    basedOn: ["is based on", "is the basis of"],
    partOf: ["is part of", "has the part"],
    runsOn: ["runs on", "runs"],
    forTask: ["is made for", "has the data set"],
    introducedIn: ["was introduced in", "introduced"],
    versionOf: ["is a later version of", "is an earlier version of"],
  };
  return said[relation]?.[out ? 0 : 1] ?? relation;
}
