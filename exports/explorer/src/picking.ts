// Picking out nodes on the map: a box or a free line around them, by the tools or with the Shift key; a click for one.

import { svg } from "./dom";

export interface Spot {
  x: number;
  y: number;
}

export type Tool = "box" | "lasso";

/** Places closer than this to the last one add nothing to the line. */
const GRAIN = 3;

export class Picker {
  /** The tool in hand; without one the map moves, unless Shift is held. */
  tool: Tool | null = null;

  /** `drawn` is called with the line around what is meant; after a click all its places are nearly the same. */
  constructor(private readonly container: HTMLElement, private readonly drawn: (line: Spot[]) => void) {
    const listen = (type: string, heard: (event: PointerEvent) => void): void =>
      container.addEventListener(type, (event) => heard(event as PointerEvent), { capture: true });
    listen("pointerdown", (event) => this.picks(event) && event.button === 0 && this.follow(event));
    for (const type of ["mousedown", "touchstart", "click"]) listen(type, (event) => this.picks(event) && event.stopPropagation());
  }

  take(tool: Tool | null): void {
    this.tool = tool;
    this.container.classList.toggle("picking", tool !== null);
  }

  private picks(event: { shiftKey: boolean }): boolean {
    return event.shiftKey || this.tool !== null;
  }

  private follow(start: PointerEvent): void {
    const { container } = this;
    start.preventDefault();
    container.setPointerCapture(start.pointerId);
    const frame = container.getBoundingClientRect();
    const spot = (event: PointerEvent): Spot => ({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    const from = spot(start);
    let line = [from];
    const shape = svg("polygon", {});
    const sheet = svg("svg", { class: "picked" }, shape);
    container.append(sheet);
    const move = (event: PointerEvent): void => {
      line = this.tool === "lasso" ? further(line, spot(event)) : box(from, spot(event));
      shape.setAttribute("points", line.map(({ x, y }) => `${x},${y}`).join(" "));
    };
    const end = (event: PointerEvent): void => {
      container.removeEventListener("pointermove", move);
      for (const type of ENDS) container.removeEventListener(type, end);
      sheet.remove();
      if (event.type === "pointerup") this.drawn(line);
    };
    container.addEventListener("pointermove", move);
    for (const type of ENDS) container.addEventListener(type, end);
  }
}

const ENDS = ["pointerup", "pointercancel"] as const;

/** The picture on the tool's button. */
export function toolSign(tool: Tool): SVGElement {
  const shape = tool === "box"
    ? svg("rect", { x: 2.5, y: 3.5, width: 13, height: 11, "stroke-dasharray": "3 2.2" })
    : svg("path", { d: "M6 12C1 10 1 4 8 3s10 6 5 8-9 0-8 2 2 2 1 4" });
  return svg("svg", { class: "sign", viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" }, shape);
}

function further(line: Spot[], to: Spot): Spot[] {
  return distance(line[line.length - 1], to) < GRAIN ? line : [...line, to];
}

function box(one: Spot, other: Spot): Spot[] {
  return [one, { x: other.x, y: one.y }, other, { x: one.x, y: other.y }];
}

export function distance(one: Spot, other: Spot): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/** Whether the place lies within the line when its ends are joined (even-odd rule). */
export function within({ x, y }: Spot, line: readonly Spot[]): boolean {
  let inside = false;
  let before = line[line.length - 1];
  for (const spot of line) {
    if (spot.y > y !== before.y > y && x < ((before.x - spot.x) * (y - spot.y)) / (before.y - spot.y) + spot.x) inside = !inside;
    before = spot;
  }
  return inside;
}
