// Everything that the map shows, as tables: for those who do not see it, for sorting, and where WebGL is missing.

import { type App, choose } from "./app";
import type { Data } from "./data";
import { button, fill, h, number, plural } from "./dom";
import { swatch } from "./theme";

interface Column<T> {
  name: string;
  value: (row: T) => string | number | null;
  draw?: (row: T) => Node | string;
}

const STEP = 100;
const COLLATOR = new Intl.Collator("en", { numeric: true });

export class Table {
  readonly element = h("div", { class: "table-view", tabindex: "-1" });
  private tab: "nodes" | "connections" = "nodes";
  private sort: { column: number; down: boolean } = { column: 3, down: true };
  private limit = STEP;

  constructor(private readonly app: App) {}

  draw(): void {
    const { data } = this.app;
    const shown = this.app.shown();
    const lit = this.app.lit();
    const nodes = places(shown.nodes).filter((node) => !lit || lit.nodes[node]);
    const edges = places(shown.edges).filter((edge) => !lit || lit.edges[edge]);
    const tabs = h("div", { class: "tabs", role: "group", "aria-label": "Which table" },
      this.tabButton("nodes", plural(nodes.length, "node")), this.tabButton("connections", plural(edges.length, "connection")));
    const table = this.tab === "nodes" ? this.table(nodes, nodeColumns(this.app), "Nodes") : this.table(edges, edgeColumns(this.app), "Connections");
    fill(this.element, lit ? h("p", { class: "hint" }, "What is chosen, with its surroundings. Close the details to list all.") : null, tabs, table,
      !data.nodes && h("p", {}, "There is nothing to list."));
  }

  private tabButton(tab: "nodes" | "connections", text: string): HTMLElement {
    return button(text, () => {
      this.tab = tab;
      this.limit = STEP;
      this.sort = { column: 3, down: true };
      this.draw();
    }, { "aria-pressed": this.tab === tab });
  }

  private table<T>(rows: T[], columns: Column<T>[], name: string): HTMLElement {
    const { column, down } = this.sort;
    const value = columns[column].value;
    const sorted = rows.map((row) => ({ row, key: value(row) })).sort((a, b) => order(a.key, b.key) * (down ? -1 : 1)).map(({ row }) => row);
    const head = h("tr", {}, ...columns.map((each, place) => this.heading(each.name, place)));
    const body = sorted.slice(0, this.limit).map((row) =>
      h("tr", {}, ...columns.map((each) => h("td", {}, each.draw ? each.draw(row) : (each.value(row) ?? "")))));
    const more = sorted.length > this.limit && button(`Show ${Math.min(STEP * 5, sorted.length - this.limit)} more of ${number(sorted.length)}`, () => {
      this.limit += STEP * 5;
      this.draw();
    }, { class: "more" });
    return h("div", { class: "scroll", role: "region", "aria-label": name, tabindex: "0" },
      h("table", {}, h("caption", { class: "only-heard" }, name), h("thead", {}, head), h("tbody", {}, ...body)), more);
  }

  private heading(name: string, place: number): HTMLElement {
    const active = this.sort.column === place;
    const direction = active ? (this.sort.down ? "descending" : "ascending") : "none";
    return h("th", { "aria-sort": direction, scope: "col" }, button(`${name}${active ? (this.sort.down ? " ↓" : " ↑") : ""}`, () => {
      this.sort = { column: place, down: active ? !this.sort.down : false };
      this.draw();
    }));
  }
}

function places(flags: Uint8Array): number[] {
  const found: number[] = [];
  for (let place = 0; place < flags.length; place++) if (flags[place]) found.push(place);
  return found;
}

function order(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return COLLATOR.compare(String(one), String(other));
}

function named(app: App, node: number): HTMLElement {
  return h("button", { type: "button", class: "node", onclick: () => choose(app, node) },
    swatch(app.data.className(node)), h("span", {}, app.data.label(node)));
}

export function nodeColumns(app: App): Column<number>[] {
  const { data } = app;
  return [
    { name: "Name", value: (node) => data.label(node), draw: (node) => named(app, node) },
    { name: "Class", value: (node) => data.className(node) },
    { name: "Year", value: (node) => data.year(node) },
    { name: "Connections", value: (node) => data.degree[node] },
  ];
}

export function edgeColumns(app: App): Column<number>[] {
  const { data } = app;
  const { source, target, kind, confidence, weight } = data.edges;
  return [
    { name: "Paper", value: (edge) => data.label(source[edge]), draw: (edge) => named(app, source[edge]) },
    { name: "Does", value: (edge) => relation(data, edge, kind[edge]) },
    { name: "To", value: (edge) => data.label(target[edge]), draw: (edge) => named(app, target[edge]) },
    { name: "Mentions", value: (edge) => (data.isCitation(edge) ? null : weight[edge]) },
    { name: "Confidence", value: (edge) => confidence[edge], draw: (edge) => `${confidence[edge]} %` },
  ];
}

function relation(data: Data, edge: number, kind: number): string {
  return data.isCitation(edge) ? `cites (${data.kindName(kind)})` : data.kindName(kind);
}
