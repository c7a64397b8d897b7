// What the parts of the page share: the data, the state, and the ways to move on.

import type { Data } from "./data";
import { button, h, say } from "./dom";
import type { Drawing } from "./drawing";
import type { Emphasis } from "./emphasis";
import type { Index } from "./search";
import { joined, type State, type Store } from "./state";
import { swatch } from "./theme";
import { reasonHidden, type Visible } from "./visibility";

export interface App {
  data: Data;
  store: Store;
  index: Index;
  opening: State;
  shown: () => Visible;
  lit: () => Emphasis | null;
  drawing: Drawing | null;
}

/** Choose a node; when a filter hides it, it is shown all the same and the page says so. */
export function choose(app: App, node: number | null, more: Partial<State> = {}): void {
  const { data, store } = app;
  const patch: Partial<State> = { selected: node, panel: "details", reach: 1, ...more };
  if (node !== null && node < data.nodes && !app.shown().nodes[node]) Object.assign(patch, reveal(app, node));
  store.change(patch);
}

function reveal(app: App, node: number): Partial<State> {
  const { data, store } = app;
  const reason = reasonHidden(data, store.state, node) ?? "the filters on roles, layers and confidence";
  say(`“${data.shortLabel(node)}” was hidden by ${reason}; it is shown for now.`, {
    text: "Hide again",
    action: () => {
      const revealed = new Set(store.state.revealed);
      revealed.delete(node);
      store.change({ revealed, selected: null });
    },
  });
  const hidden = new Set(store.state.hidden);
  hidden.delete(node);
  return { revealed: joined(store.state.revealed, node), hidden };
}

/** The node's name as a button that chooses it. */
export function nodeButton(app: App, node: number, text = app.data.label(node)): HTMLButtonElement {
  const hollow = !app.data.isPaper(node) && app.data.origin(node) === "candidate";
  return h("button", { type: "button", class: "node", onclick: () => choose(app, node) },
    swatch(app.data.className(node), hollow), h("span", {}, text));
}

/** A list that begins with a few and shows the rest on demand. */
export function growing<T>(items: readonly T[], first: number, draw: (item: T) => Node, what: string): HTMLElement {
  const list = h("ul", { class: "plain" }, ...items.slice(0, first).map((item) => h("li", {}, draw(item))));
  if (items.length <= first) return list;
  const more = button(`Show all ${items.length} ${what}`, () => {
    const next = items.slice(first).map((item) => h("li", {}, draw(item)));
    list.append(...next);
    more.remove();
    next[0]?.querySelector<HTMLElement>("button, a")?.focus();
  }, { class: "more" });
  return h("div", {}, list, more);
}
