// Putting the page together, and the few names that tests and scripts may use.

import "./explorer.css";
import { type App, choose } from "./app";
import { Asking, canAsk } from "./asking";
import { Combobox } from "./combobox";
import { ComparePanel } from "./compare";
import { type Counts, Data } from "./data";
import { details } from "./details";
import { button, byId, fill, h, number, plural, say } from "./dom";
import { Drawing } from "./drawing";
import { emphasis, type Emphasis } from "./emphasis";
import { Filters } from "./filters";
import { exportMenu } from "./menu";
import { PathPanel } from "./pathpanel";
import { type First, type Later, unpack } from "./payload";
import { type Tool, toolSign } from "./picking";
import { readFragment, writeFragment } from "./permalink";
import { Index } from "./search";
import { opening, type Panel, type State, Store } from "./state";
import { Table } from "./table";
import { watchMode } from "./theme";
import { filtersDiffer, visible, withoutFilters, type Visible } from "./visibility";

interface Concite {
  ready: Promise<void>;
  counts: () => Counts;
  select: (id: string | null) => boolean;
  visible: () => Counts & { ids: string[] };
}

declare global {
  interface Window {
    concite: Concite;
  }
}

/** The fields that an answer on the map depends on; a new one is brought into view. */
const ENDS = ["from", "to", "turn", "compare"] as const;

class Page {
  readonly app: App;
  private shown: Visible;
  private lit: Emphasis | null;
  private readonly paths: PathPanel;
  private readonly compare: ComparePanel;
  private readonly asking: Asking;
  private readonly filters: Filters;
  private readonly table: Table;
  private readonly search: Combobox;
  private readonly panel = h("div", { id: "panel-body" });
  private steps = 0;
  private place = 0;
  private restoring = false;
  private readonly back = button("‹", () => history.back(), { class: "icon", title: "Back", "aria-label": "Back" });
  private readonly forward = button("›", () => history.forward(), { class: "icon", title: "Forward", "aria-label": "Forward" });
  private readonly viewButton: HTMLButtonElement;

  constructor(private readonly data: Data) {
    const first = opening(data);
    const store = new Store(readFragment(location.hash, first, data), (state, step) => this.remember(step, writeFragment(state, first, data)));
    this.shown = visible(data, store.state);
    this.lit = emphasis(data, store.state, this.shown);
    this.app = { data, store, index: new Index(data), opening: first, shown: () => this.shown, lit: () => this.lit, drawing: null };
    this.paths = new PathPanel(this.app);
    this.compare = new ComparePanel(this.app);
    this.asking = new Asking(this.app);
    this.filters = new Filters(this.app);
    this.table = new Table(this.app);
    this.search = new Combobox(data, this.app.index, {
      label: "Search papers and concepts", placeholder: "Search  ( / )", testid: "search", choose: (node) => this.go(node),
    });
    this.viewButton = button("Table", () => store.change({ view: store.state.view === "map" ? "table" : "map" }), { class: "tool" });
    this.assemble();
    this.draw();
    if (/\bselect=./.test(location.hash) && store.state.selected === null) say("The link names something that this graph does not hold.");
    store.follow((state, before) => this.follow(state, before));
    this.listen();
  }

  /** Choose what was searched for, and bring it into view with its surroundings. */
  private go(node: number): void {
    choose(this.app, node);
    this.frameLit();
    byId("details").focus({ preventScroll: true });
  }

  /** A click on the map; beside the nodes it lets go of what is chosen. */
  private pick(node: number | null): void {
    const { selected } = this.app.store.state;
    choose(this.app, node, node === null && selected === null ? { chosen: new Set() } : {});
  }

  private mark(nodes: number[], turn: boolean): void {
    const { chosen } = this.app.store.state;
    const marked = turn && nodes.every((node) => chosen.has(node)) ? [...chosen].filter((node) => !nodes.includes(node)) : [...chosen, ...nodes];
    choose(this.app, null, { chosen: new Set(marked) });
  }

  private frameLit(): void {
    const { drawing } = this.app;
    if (!drawing || !this.lit) return;
    const near: number[] = [];
    for (let node = 0; node < this.data.nodes; node++) if (this.shown.nodes[node] && this.lit.nodes[node]) near.push(node);
    drawing.frame(near);
  }

  private assemble(): void {
    const { data, app } = this;
    byId("search").append(this.search.element);
    byId("filters").append(this.filters.element);
    byId("table").append(this.table.element);
    byId("details").append(this.panelTabs(), this.panel);
    byId("tools").append(this.back, this.forward, this.viewButton, exportMenu(app), this.modeButton());
    byId("loading").remove();
    for (const part of document.querySelectorAll<HTMLElement>("#bar, #filters, #details, .skip")) part.hidden = false;
    if (data.nodes) this.openMap();
  }

  /** Without WebGL sigma.js cannot be made; then the table takes the map's place, and the page says why. */
  private openMap(): void {
    const { data, app } = this;
    try {
      app.drawing = new Drawing(data, byId("map"), this.shown, {
        select: (node) => this.pick(node),
        expand: (node) => choose(app, node, { reach: 2 }),
        mark: (nodes, turn) => this.mark(nodes, turn),
      });
      this.mapTools(app.drawing);
      const { camera, selected } = app.store.state;
      if (camera) app.drawing.look(camera);
      else if (selected !== null) this.frameLit();
      app.drawing.onRest((seen) => app.store.note({ camera: seen }));
    } catch (problem) {
      this.viewButton.hidden = true;
      console.info("no map:", problem);
      const reason = "This browser has no WebGL, so the graph cannot be drawn here; the table lists all that the picture would show.";
      byId("table").before(h("p", { class: "problem", role: "status" }, reason));
    }
  }

  private panelTabs(): HTMLElement {
    const { store } = this.app;
    const tab = (panel: Panel, text: string): HTMLButtonElement => {
      return button(text, () => store.change({ panel, ...this.carried(panel) }), { "data-panel": panel, id: `tab-${panel}` });
    };
    return h("div", { class: "tabs", role: "group", "aria-label": "Panels" }, tab("details", "Details"), tab("path", "Path"), tab("compare", "Compare"), canAsk && tab("sparql", "SPARQL"));
  }

  /** What is chosen goes along to a panel that has none yet. */
  private carried(panel: Panel): Partial<State> {
    const { selected, from, compare } = this.app.store.state;
    if (selected === null) return {};
    if (panel === "path" && from === null) return { from: selected };
    if (panel === "compare" && compare[0] === null && !this.data.isPaper(selected)) return { compare: [selected, compare[1]] };
    return {};
  }

  private modeButton(): HTMLElement {
    const light = button("◐", () => theme.toggle(), { class: "icon", title: "Light or dark", "aria-label": "Light or dark" });
    const theme = watchMode(() => this.app.drawing?.repaint());
    return light;
  }

  private mapTools(drawing: Drawing): void {
    byId("map-tools").append(
      button("+", () => drawing.zoom(1 / 1.6), { class: "icon", title: "Nearer", "aria-label": "Zoom in" }),
      button("−", () => drawing.zoom(1.6), { class: "icon", title: "Farther", "aria-label": "Zoom out" }),
      button("⤢", () => drawing.reset(), { class: "icon", title: "Show all", "aria-label": "Show all" }));
    byId("pick-tools").append(
      this.pickTool("box", "Select with a box (or hold Shift and drag)"),
      this.pickTool("lasso", "Select with a free line"));
    const keys: Record<string, () => void> = {
      ArrowLeft: () => drawing.pan(-1, 0), ArrowRight: () => drawing.pan(1, 0), ArrowUp: () => drawing.pan(0, 1), ArrowDown: () => drawing.pan(0, -1),
      "+": () => drawing.zoom(1 / 1.4), "=": () => drawing.zoom(1 / 1.4), "-": () => drawing.zoom(1.4), "0": () => drawing.reset(),
    };
    byId("map").addEventListener("keydown", (event) => {
      const move = keys[event.key];
      if (!move || event.ctrlKey || event.metaKey) return;
      move();
      event.preventDefault();
    });
  }

  private pickTool(tool: Tool, title: string): HTMLElement {
    const take = (): void => this.hold(this.app.drawing?.picker.tool === tool ? null : tool);
    return h("button", { type: "button", onclick: take, class: "icon", id: `pick-${tool}`, title, "aria-label": title, "aria-pressed": "false", "data-testid": `pick-${tool}` },
      toolSign(tool));
  }

  /** Take a tool for selecting in hand, or put it away. */
  private hold(tool: Tool | null): void {
    this.app.drawing?.picker.take(tool);
    for (const each of byId("pick-tools").children) each.setAttribute("aria-pressed", String(each.id === `pick-${tool}`));
  }

  private listen(): void {
    window.addEventListener("popstate", () => this.restore());
    window.addEventListener("hashchange", () => this.restore());
    document.addEventListener("keydown", (event) => {
      const typing = (event.target as Element).closest("input, textarea, select, dialog");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        this.search.input.focus();
        this.search.input.select();
        event.preventDefault();
      } else if (event.key === "Escape" && !typing) {
        if (document.body.classList.contains("with-filters")) this.toggleFilters();
        else if (this.app.drawing?.picker.tool) this.hold(null);
        else if (this.app.store.state.selected !== null) choose(this.app, null);
      }
    });
    byId("menu").addEventListener("click", () => this.toggleFilters());
  }

  private toggleFilters(): void {
    const open = document.body.classList.toggle("with-filters");
    byId("menu").setAttribute("aria-expanded", String(open));
  }

  private remember(step: boolean, fragment: string): void {
    if (step) this.steps = ++this.place;
    const write = step ? history.pushState : history.replaceState;
    try {
      write.call(history, { place: this.place }, "", fragment || location.pathname + location.search);
    } catch {
      // A page inside a sandboxed frame has no address of its own; everything else works.
    }
  }

  private restore(): void {
    const { data, app } = this;
    this.place = (history.state as { place?: number } | null)?.place ?? this.place;
    this.restoring = true;
    app.store.restore(readFragment(location.hash, app.opening, data));
    this.restoring = false;
    app.drawing?.look(app.store.state.camera);
  }

  private follow(state: State, before: State): void {
    const { data, app } = this;
    if (filtersDiffer(state, before)) this.shown = visible(data, state);
    this.lit = emphasis(data, state, this.shown);
    this.draw();
    if (state.panel !== before.panel || state.selected !== before.selected || state.chosen !== before.chosen) byId("details").scrollTop = 0;
    const { selected } = state;
    const moved = selected !== before.selected && selected !== null && selected < data.nodes;
    const asked = state.panel === "sparql" && state.chosen !== before.chosen;
    const answered = (asked || ENDS.some((field) => state[field] !== before[field])) && this.lit !== null;
    if (answered || (moved && app.drawing && !app.drawing.inView(selected))) this.frameLit();
    if (state.panel !== before.panel && !this.restoring) this.enter(state.panel);
  }

  /** Put the cursor where the panel waits for a name. */
  private enter(panel: Panel): void {
    if (panel === "path") this.paths.focus();
    if (panel === "compare") this.compare.focus();
    if (panel === "sparql") this.asking.focus();
  }

  /** Draw again, now that all columns are there. */
  refresh(): void {
    this.app.index.renew();
    this.follow(this.app.store.state, this.app.store.state);
  }

  private draw(): void {
    const { state } = this.app.store;
    const table = state.view === "table" || (!this.app.drawing && this.data.nodes > 0);
    byId("map").hidden = table || !this.data.nodes;
    for (const tools of ["map-tools", "pick-tools"]) byId(tools).hidden = table || !this.app.drawing;
    byId("table").hidden = !table;
    this.viewButton.textContent = table ? "Map" : "Table";
    if (table) this.table.draw();
    else this.app.drawing?.show(this.shown, this.lit);
    this.filters.draw();
    this.drawPanel(state.panel);
    this.drawStatus();
    this.back.disabled = this.place === 0;
    this.forward.disabled = this.place >= this.steps;
  }

  private drawPanel(panel: Panel): void {
    document.body.dataset["panel"] = panel;
    document.body.classList.toggle("chosen", panel !== "details" || this.lit !== null);
    for (const tab of document.querySelectorAll<HTMLElement>("[data-panel]:not(body)")) tab.setAttribute("aria-pressed", String(tab.dataset["panel"] === panel));
    const body = { details: null, path: this.paths, compare: this.compare, sparql: canAsk ? this.asking : null }[panel];
    body?.draw();
    if (body) {
      if (this.panel.firstChild !== body.element) fill(this.panel, body.element);
    } else fill(this.panel, ...details(this.app));
  }

  private drawStatus(): void {
    const { data, app, shown } = this;
    const all = app.opening;
    const part = shown.nodeCount < data.nodes ? ` of ${number(data.nodes)}` : "";
    const edges = shown.edgeCount < data.edges.count ? ` of ${number(data.edges.count)}` : "";
    fill(byId("status"),
      h("span", { "data-testid": "node-count" }, `${number(shown.nodeCount)}${part} nodes`), h("span", { "aria-hidden": "true" }, " · "),
      h("span", { "data-testid": "edge-count" }, `${number(shown.edgeCount)}${edges} edges`),
      filtersDiffer(app.store.state, all) ? button("reset filters", () => app.store.change(withoutFilters(all)), { class: "link" }) : null);
    const nothing = byId("nothing");
    nothing.hidden = shown.nodeCount > 0;
    if (!nothing.hidden) {
      fill(nothing, h("p", {}, data.nodes ? `The filters hide all ${plural(data.nodes, "node")}.` : "No papers, nothing to draw."),
        data.nodes ? button("Take all filters back", () => app.store.change(withoutFilters(all))) : null);
    }
  }
}

/** The first picture first; an address that names a view waits until all is there. */
async function start(): Promise<Page> {
  const data = new Data(await unpack<First>("data-graph"));
  if (location.hash.length > 1) {
    data.complete(await unpack<Later>("data-later"));
    return new Page(data);
  }
  const page = new Page(data);
  await painted();
  data.complete(await unpack<Later>("data-later"));
  page.refresh();
  return page;
}

/** Resolves once the browser has shown what was drawn, or at once in a window that nobody sees. */
function painted(): Promise<void> {
  return new Promise((done) => {
    if (document.hidden) done();
    else requestAnimationFrame(() => window.setTimeout(done));
  });
}

const page = start();
page.catch((problem: unknown) => {
  const note = document.getElementById("loading") ?? byId("toast");
  note.className = "problem";
  note.hidden = false;
  note.textContent = `The page could not be opened: ${String(problem)}`;
});

let opened: Page | null = null;
const ready = page.then((each) => {
  opened = each;
  const idle = window.requestIdleCallback ?? ((task: () => void) => window.setTimeout(task, 200));
  idle(() => each.app.index.prepare());
});

function current(): App {
  if (!opened) throw new Error("wait for window.concite.ready first");
  return opened.app;
}

window.concite = {
  ready,
  counts: () => current().data.counts(),
  select: (id) => {
    const node = id === null ? null : current().data.find(id);
    if (id !== null && node === null) return false;
    choose(current(), node);
    return true;
  },
  visible: () => {
    const { data, shown } = current();
    const ids = Array.from({ length: data.nodes }, (_, node) => node).filter((node) => shown().nodes[node]).map((node) => data.id(node));
    return { ...data.counts(shown().nodes, shown().edges), ids };
  },
};

