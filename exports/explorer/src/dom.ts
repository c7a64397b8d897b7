// Building the page's elements; text always enters as text, never as markup.

type Child = Node | string | number | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Attributes = Record<string, Value>;

/** An element with attributes and children; `on…` attributes are listeners, `false` leaves an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  decorate(element, attributes);
  add(element, children);
  return element;
}

export function decorate(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
}

export function add(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  add(element, children);
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  decorate(element, attributes);
  add(element, children);
  return element as SVGElement;
}

/** A link out of the page; anything but http(s) stays plain text. */
export function outward(address: string, text: string): HTMLElement {
  const safe = /^https?:\/\//i.test(address);
  if (!safe) return h("span", {}, text);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text, h("span", { class: "out", "aria-hidden": "true" }, " ↗"));
}

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element ${id}`);
  return element as T;
}

export function button(text: string, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

export function number(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

let announcer: number | undefined;

/** Say something briefly, on the screen and to screen readers. */
export function say(message: string, undo?: { text: string; action: () => void }): void {
  const place = byId("toast");
  fill(place, h("span", {}, message), undo && button(undo.text, undo.action));
  place.hidden = false;
  window.clearTimeout(announcer);
  announcer = window.setTimeout(() => (place.hidden = true), 8000);
}

/** Give a file to the person at the page. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Put text on the clipboard, or show it for copying by hand where the browser refuses. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    showText(what, text);
  }
}

function showText(what: string, text: string): void {
  const area = h("textarea", { readonly: true, rows: 14, "aria-label": what });
  area.value = text;
  const dialog = h("dialog", { class: "sheet", "aria-label": what, onclose: () => dialog.remove() },
    h("h2", {}, what), h("p", {}, "The browser keeps its clipboard closed; copy from here."), area,
    button("Close", () => dialog.close()));
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}
