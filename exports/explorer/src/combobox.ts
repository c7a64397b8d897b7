// A field that finds a paper or a concept: the page's search, and the ends of a path or a comparison.

import { decorate, fill, h, number, plural } from "./dom";
import type { Data } from "./data";
import type { Group, Hit, Index } from "./search";
import { swatch } from "./theme";

export interface Options {
  label: string;
  placeholder: string;
  testid: string;
  choose: (node: number) => void;
  accept?: (node: number) => boolean;
  /** Keep what was chosen in the field. */
  keep?: boolean;
  cleared?: () => void;
}

const PER_CLASS = 8;
let numbered = 0;

/** A text field with a list of suggestions (ARIA combobox with a listbox of groups). */
export class Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly live: HTMLElement;
  private options: HTMLElement[] = [];
  private hits: Hit[] = [];
  private active = -1;
  private readonly id = `combobox-${numbered++}`;
  private wide = false;

  constructor(
    private readonly data: Data,
    private readonly index: Index,
    private readonly given: Options,
  ) {
    this.list = h("div", { class: "suggestions", role: "listbox", id: `${this.id}-list`, "aria-label": given.label, hidden: true });
    this.live = h("span", { class: "only-heard", role: "status" });
    this.input = h("input", {
      type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", autocapitalize: "off",
      "aria-label": given.label, "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-controls": `${this.id}-list`, placeholder: given.placeholder, "data-testid": given.testid,
      oninput: () => this.changed(),
      onfocus: () => this.entered(),
      onkeydown: (event: KeyboardEvent) => this.key(event),
    });
    this.element = h("div", { class: "combobox" }, this.input, this.list, this.live);
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.close();
    });
  }

  /** Show what is chosen, or nothing. */
  show(node: number | null): void {
    if (document.activeElement !== this.input) this.input.value = node === null ? "" : this.data.label(node);
  }

  private changed(): void {
    if (!this.input.value) this.given.cleared?.();
    this.typed();
  }

  private entered(): void {
    this.input.select();
    if (!this.given.keep) this.typed();
  }

  private typed(): void {
    const query = this.input.value;
    if (!query.trim()) {
      this.close();
      return;
    }
    const groups = this.index.search(query, this.wide ? 200 : PER_CLASS, this.given.accept);
    this.draw(groups, query);
  }

  private draw(groups: Group[], query: string): void {
    this.options = [];
    this.hits = [];
    const sections = groups.map((group) => this.section(group));
    const total = groups.reduce((sum, group) => sum + group.count, 0);
    fill(this.list, ...sections, total > this.hits.length && !this.wide && this.more(total));
    if (!total) fill(this.list, h("p", { class: "nothing" }, `Nothing is named like “${query.trim()}”. Try fewer letters, or another name for it.`));
    this.live.textContent = total ? `${plural(total, "result")}` : "no results";
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(this.options.length ? 0 : -1);
  }

  private section(group: Group): HTMLElement {
    const heading = h("div", { class: "group-name", role: "presentation" }, swatch(group.className),
      ` ${group.className} `, h("span", { class: "count" }, number(group.count)));
    return h("div", { role: "group", "aria-label": `${group.className}, ${group.count}` }, heading,
      ...group.hits.map((hit) => this.option(hit)));
  }

  private option(hit: Hit): HTMLElement {
    const place = this.hits.push(hit) - 1;
    const { data } = this;
    const year = data.isPaper(hit.node) ? data.year(hit.node) : null;
    const use = data.isPaper(hit.node) ? "" : hit.node < data.nodes ? plural(data.degree[hit.node], "paper") : "heading";
    const option = h("div", {
      role: "option", id: `${this.id}-${place}`, class: "option", "data-testid": "result", "aria-selected": "false",
      onmousedown: (event: MouseEvent) => event.preventDefault(),
      onclick: () => this.take(place),
    }, h("span", { class: "option-name" }, data.label(hit.node)),
      hit.alias && h("span", { class: "option-alias" }, `“${hit.alias}”`),
      h("span", { class: "option-note" }, year ?? use));
    this.options.push(option);
    return option;
  }

  private more(total: number): HTMLElement {
    const show = (): void => {
      this.wide = true;
      this.typed();
    };
    return h("button", { type: "button", class: "more", tabindex: "-1", onmousedown: (event: MouseEvent) => event.preventDefault(), onclick: show },
      `Show all ${number(total)}`);
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      if (this.list.hidden) this.typed();
      else if (this.options.length) this.activate((this.active + steps[event.key] + this.options.length) % this.options.length);
      event.preventDefault();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      this.take(this.active);
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.blur();
      this.close();
      event.stopPropagation();
    }
  }

  private activate(place: number): void {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    decorate(this.input, { "aria-activedescendant": option?.id ?? "" });
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
  }

  private take(place: number): void {
    const { node } = this.hits[place];
    this.close();
    this.input.value = this.given.keep ? this.data.label(node) : "";
    this.input.blur();
    this.given.choose(node);
  }

  private close(): void {
    this.wide = false;
    fill(this.list);
    this.options = [];
    this.hits = [];
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
