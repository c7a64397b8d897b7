// The legend, which is also the filter, and the other filters below it.

import type { App } from "./app";
import { button, decorate, fill, h, number } from "./dom";
import { toggled, type State } from "./state";
import { lineSample, swatch } from "./theme";
import { filtersDiffer, withoutFilters } from "./visibility";

/** Rows that are refreshed when the state changes, rather than drawn anew, so that the focus stays. */
type Refresh = (state: State) => void;

export class Filters {
  readonly element: HTMLElement;
  private readonly refreshers: Refresh[] = [];

  constructor(private readonly app: App) {
    if (!app.data.nodes) {
      this.element = h("p", { class: "hint" }, "There is nothing to filter.");
      return;
    }
    this.element = h("div", { class: "filters" },
      this.group("Classes", this.classes()),
      this.group("What papers do with concepts", this.roles()),
      this.layers(),
      this.years(),
      this.venues(),
      this.sliders(),
      this.switches(),
      this.putAway(),
      this.pinned(),
      this.reset(),
      this.key());
    this.draw();
  }

  draw(): void {
    for (const refresh of this.refreshers) refresh(this.app.store.state);
  }

  private group(name: string, rows: HTMLElement[]): HTMLElement {
    return h("fieldset", {}, h("legend", {}, name), ...rows);
  }

  private row(name: string, mark: Element, count: number, on: (state: State) => boolean, turn: (state: State) => Partial<State>, testid?: string): HTMLElement {
    const { store } = this.app;
    const row = h("button", { type: "button", class: "legend-row", "data-testid": testid ?? null, onclick: () => store.change(turn(store.state)) },
      mark, h("span", { class: "legend-name" }, name), h("span", { class: "count" }, number(count)));
    if (!count) decorate(row, { disabled: true });
    this.refreshers.push((state) => row.setAttribute("aria-pressed", String(on(state))));
    return row;
  }

  private classes(): HTMLElement[] {
    const { data } = this.app;
    const counts = data.counts().nodes;
    return data.classes.map((name) => this.row(name, swatch(name), counts[name],
      (state) => !state.hiddenClasses.has(name),
      (state) => ({ hiddenClasses: toggled(state.hiddenClasses, name) }),
      `legend-${name}`));
  }

  private roles(): HTMLElement[] {
    const { data } = this.app;
    const counts = data.counts().roles;
    return data.roles.map((name) => this.row(name, lineSample(name), counts[name],
      (state) => !state.hiddenRoles.has(name),
      (state) => ({ hiddenRoles: toggled(state.hiddenRoles, name) }), `role-${name}`));
  }

  private layers(): HTMLElement | null {
    const { data } = this.app;
    const counts = data.counts().layers;
    const present = data.layers.filter((name) => counts[name]);
    if (!present.length) return h("p", { class: "hint" }, "The input has no citations.");
    return this.group("Citations between papers", present.map((name) => this.row(name, lineSample(name), counts[name],
      (state) => state.layers.has(name), (state) => ({ layers: toggled(state.layers, name) }), `layer-${name}`)));
  }

  private years(): HTMLElement {
    const { data, store } = this.app;
    const place = h("fieldset", { "data-testid": "year-range" }, h("legend", {}, "Years of the papers"));
    const span = data.years;
    if (!span) {
      place.append(h("p", { class: "hint" }, "The papers in this input carry no years."));
      return place;
    }
    const [low, high] = span;
    const field = (label: string, side: 0 | 1): HTMLInputElement => {
      const input = h("input", { type: "number", min: low, max: high, "aria-label": label, onchange: () => this.setYear(side, Number(input.value)) });
      this.refreshers.push((state) => (input.value = String((state.years ?? span)[side])));
      return input;
    };
    const undated = data.shape.papers.year.filter((year) => year === null).length;
    place.append(h("div", { class: "pair" }, field("From year", 0), h("span", {}, "to"), field("To year", 1),
      button("All", () => store.change({ years: null }), { class: "quiet", "aria-label": "All years" })));
    if (undated) place.append(h("p", { class: "hint" }, `${number(undated)} papers have no year; a range leaves them out.`));
    return place;
  }

  private setYear(side: 0 | 1, value: number): void {
    const { data, store } = this.app;
    const span = data.years as [number, number];
    const years: [number, number] = [...(store.state.years ?? span)];
    years[side] = Math.min(span[1], Math.max(span[0], value || span[side]));
    if (years[0] > years[1]) years[side === 0 ? 1 : 0] = years[side];
    store.change({ years: years[0] === span[0] && years[1] === span[1] ? null : years });
  }

  private venues(): HTMLElement | null {
    const { data, store } = this.app;
    const { values, rows } = data.shape.papers.venue;
    if (values.length < 2) return null;
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
    const options = values.map((value, place) => h("option", { value }, `${value} (${counts.get(place) ?? 0})`));
    const choice = h("select", { "aria-label": "Venue", onchange: () => store.change({ venue: choice.value || null }) },
      h("option", { value: "" }, "All venues"), ...options);
    this.refreshers.push((state) => (choice.value = state.venue ?? ""));
    return this.group("Venue", [choice]);
  }

  private sliders(): HTMLElement {
    const { data, store, opening } = this.app;
    const most = Math.max(1, ...[10, opening.degree * 2]);
    return h("fieldset", {}, h("legend", {}, "At least"),
      this.slider("Confidence", 0, 100, 5, (state) => state.confidence, (value) => store.change({ confidence: value }), (value) => `${value} %`),
      this.slider("Connections", 0, Math.min(most, data.degree.reduce((high, value) => Math.max(high, value), 1)), 1, (state) => state.degree, (value) => store.change({ degree: value }), String),
      opening.degree > 0 && h("p", { class: "hint" }, `This graph is large: at first only nodes with ${opening.degree} connections or more are drawn. Search and paths reach all.`));
  }

  private slider(name: string, low: number, high: number, step: number, get: (state: State) => number, set: (value: number) => void, say: (value: number) => string): HTMLElement {
    const value = h("output", {});
    const input = h("input", {
      type: "range", min: low, max: high, step, "aria-label": `Least ${name.toLowerCase()}`,
      oninput: () => (value.textContent = say(Number(input.value))), onchange: () => set(Number(input.value)),
    });
    this.refreshers.push((state) => {
      input.value = String(get(state));
      value.textContent = say(get(state));
    });
    return h("label", { class: "slider" }, h("span", {}, name), input, value);
  }

  private switches(): HTMLElement | null {
    const { data } = this.app;
    const general = data.general.some((flag) => flag === 1);
    const external = data.external.some((flag) => flag === 1);
    if (!general && !external) return null;
    return this.group("Leave out", [
      ...(general ? [this.tick("General concepts", "hideGeneral", "Such as “large language model”, which nearly every paper names")] : []),
      ...(external ? [this.tick("Cited papers outside the input", "hideExternal", "")] : []),
    ]);
  }

  private tick(name: string, field: "hideGeneral" | "hideExternal", title: string): HTMLElement {
    const box = h("input", { type: "checkbox", onchange: () => this.app.store.change({ [field]: box.checked }) });
    this.refreshers.push((state) => (box.checked = state[field]));
    return h("label", { class: "tick", title }, box, ` ${name}`);
  }

  /** What was hidden one by one, and the way back. */
  private putAway(): HTMLElement {
    const { data, store } = this.app;
    const place = h("fieldset", { hidden: true });
    this.refreshers.push((state) => {
      place.hidden = state.hidden.size === 0 && state.community === null;
      fill(place, h("legend", {}, "Put away"),
        state.community !== null && button("Show all communities", () => store.change({ community: null }), { class: "more" }),
        ...[...state.hidden].map((node) => button(`Show “${data.shortLabel(node)}” again`, () => {
          store.change({ hidden: toggled(store.state.hidden, node) });
        }, { class: "more" })));
    });
    return place;
  }

  /** What is shown whatever the filters say. */
  private pinned(): HTMLElement {
    const { data, store } = this.app;
    const place = h("fieldset", { hidden: true });
    this.refreshers.push((state) => {
      place.hidden = state.revealed.size === 0;
      fill(place, h("legend", {}, "Shown in spite of the filters"),
        ...[...state.revealed].map((node) => button(`Unpin “${data.shortLabel(node)}”`, () => {
          store.change({ revealed: toggled(store.state.revealed, node) });
        }, { class: "more" })));
    });
    return place;
  }

  private reset(): HTMLElement {
    const { store, opening } = this.app;
    const all = button("Take all filters back", () => store.change(withoutFilters(opening)), { class: "more" });
    this.refreshers.push((state) => (all.hidden = !filtersDiffer(state, opening)));
    return all;
  }

  private key(): HTMLElement {
    const { data } = this.app;
    const hollow = data.shape.concepts.origin.values.includes("candidate");
    return h("div", { class: "hint key" },
      h("p", {}, "Size: number of connections (for a concept its papers, for a paper its concepts and citations)."),
      h("p", {}, "Closeness: shared papers; islands are communities, named by what is special to them."),
      hollow && h("p", {}, swatch("technique", true), " hollow: coined by a paper, not in the vocabulary."),
      data.layers.length > 0 && h("p", {}, "Citations: the thick end cites."),
      h("p", {}, "The tools on the map, or Shift and drag, select several; double-click lights the neighbours' neighbours too."));
  }
}
