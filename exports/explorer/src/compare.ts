// The panel that sets two concepts side by side: the papers that have both, and those that have one.

import { type App, growing, nodeButton } from "./app";
import { Combobox } from "./combobox";
import { passive } from "./concept";
import type { Data } from "./data";
import { papersOf } from "./emphasis";
import { button, h } from "./dom";
import { sentences } from "./evidence";
import { copySparql } from "./exporting";
import { swatch } from "./theme";

export class ComparePanel {
  readonly element: HTMLElement;
  private readonly fields: Combobox[];
  private readonly result = h("div", { "aria-live": "polite", "data-testid": "compare-result" });

  constructor(private readonly app: App) {
    const field = (label: string, place: 0 | 1): Combobox =>
      new Combobox(app.data, app.index, {
        label, testid: `compare-${place + 1}`, placeholder: "Name of a concept", keep: true,
        accept: (node) => !app.data.isPaper(node),
        choose: (node) => this.put(place, node),
        cleared: () => this.put(place, null),
      });
    this.fields = [field("First concept", 0), field("Second concept", 1)];
    this.element = h("div", {},
      h("h2", { class: "title" }, "Which papers have both?"),
      h("div", { class: "field" }, h("span", { class: "field-name" }, "One"), this.fields[0].element),
      h("div", { class: "field" }, h("span", { class: "field-name" }, "Two"), this.fields[1].element),
      this.result);
  }

  draw(): void {
    const { compare } = this.app.store.state;
    this.fields.forEach((field, place) => field.show(compare[place]));
    this.result.replaceChildren(...this.answer(compare[0], compare[1]));
  }

  focus(): void {
    const missing = this.app.store.state.compare.indexOf(null);
    if (missing >= 0) this.fields[missing].input.focus();
  }

  private put(place: 0 | 1, node: number | null): void {
    const pair: [number | null, number | null] = [...this.app.store.state.compare];
    pair[place] = node;
    this.app.store.change({ compare: pair, panel: "compare" });
  }

  private answer(one: number | null, two: number | null): Node[] {
    const { data } = this.app;
    if (one === null || two === null) {
      return [h("p", { class: "hint" }, "Name two concepts, such as a technique and a model. Narrower concepts and variants count in.")];
    }
    const [first, second] = [data.below(one), data.below(two)];
    const [left, right] = [papersOf(data, first), papersOf(data, second)];
    const rank = (paper: number): number => strongest(data, paper, first) + strongest(data, paper, second);
    const both = [...left].filter((paper) => right.has(paper)).sort((a, b) => rank(a) - rank(b) || a - b);
    const only = (mine: Set<number>, other: Set<number>): number[] => [...mine].filter((paper) => !other.has(paper)).sort((a, b) => a - b);
    return [
      this.counted("Papers with both", both, (paper) => this.row(paper, first, second)),
      both.length ? button("Copy SPARQL", () => void copySparql(this.app)) : null,
      this.counted(`Only ${data.label(one)}`, only(left, right), (paper) => nodeButton(this.app, paper), true),
      this.counted(`Only ${data.label(two)}`, only(right, left), (paper) => nodeButton(this.app, paper), true),
    ].filter((part) => part !== null);
  }

  private counted(heading: string, papers: number[], draw: (paper: number) => Node, folded = false): HTMLElement {
    const count = h("span", { class: "count" }, papers.length);
    if (!folded) {
      return h("section", {}, h("h3", {}, `${heading} `, count),
        papers.length ? growing(papers, 10, draw, "papers") : h("p", { class: "hint" }, "No paper names both."));
    }
    return h("details", { class: "section-fold" }, h("summary", {}, `${heading} `, count), growing(papers, 20, draw, "papers"));
  }

  /** A paper with what it does with either, and the sentences. */
  private row(paper: number, first: Set<number>, second: Set<number>): HTMLElement {
    const { data } = this.app;
    const roles = [...first, ...second].flatMap((concept) => {
      const edge = data.edgeBetween(paper, concept);
      if (edge === undefined) return [];
      return [h("span", { class: "role-tag" }, swatch(data.className(concept)), ` ${data.label(concept)} ${passive(data.kindName(data.edges.kind[edge])).replace(" by", "")}`)];
    });
    return h("div", { class: "paper-row" }, nodeButton(this.app, paper), h("p", { class: "roles" }, ...roles),
      ...sentences(data, paper, new Set([...first, ...second]), 3));
  }
}

/** The strongest role, from 0, that the paper has with any of the concepts. */
function strongest(data: Data, paper: number, concepts: ReadonlySet<number>): number {
  const kinds = [...concepts].map((concept) => data.edgeBetween(paper, concept)).filter((edge) => edge !== undefined).map((edge) => data.edges.kind[edge]);
  return Math.min(...kinds);
}
