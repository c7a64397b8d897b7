// The place of the SPARQL panel, which the page carries packed and unpacks when it is first opened.

import type { App } from "./app";
import { h } from "./dom";

declare function bytesOf(id: string): Uint8Array<ArrayBuffer>;
declare function inflated(bytes: Uint8Array<ArrayBuffer>): Response;

export interface AskingPanel {
  draw: () => void;
  focus: () => void;
}

declare global {
  interface Window {
    /** What the script of the panel leaves for the page. */
    conciteSparql: (app: App, place: HTMLElement) => Promise<AskingPanel>;
  }
}

/** Whether the page was exported with its engine. */
export const canAsk = document.getElementById("data-sparql") !== null;

export class Asking implements AskingPanel {
  readonly element = h("div", {}, h("p", { class: "hint", role: "status" }, "Unpacking the engine …"));
  private opened: Promise<AskingPanel> | null = null;

  constructor(private readonly app: App) {}

  draw(): void {
    this.opened ??= this.unpacked();
    void this.opened.then((panel) => panel.draw());
  }

  focus(): void {
    void this.opened?.then((panel) => panel.focus());
  }

  private async unpacked(): Promise<AskingPanel> {
    const script = h("script", {});
    script.textContent = await inflated(bytesOf("data-sparql")).text();
    document.head.append(script);
    return window.conciteSparql(this.app, this.element);
  }
}
