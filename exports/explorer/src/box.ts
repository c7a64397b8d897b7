// Picking out nodes on the map with the Shift key: a click for one, a drag for all within a box.

import { h } from "./dom";

export interface Corner {
  x: number;
  y: number;
}

/** Calls back with the two corners of each box drawn; for a click they are nearly the same. */
export function watchBoxes(container: HTMLElement, drawn: (low: Corner, high: Corner) => void): void {
  container.addEventListener("mousedown", (event) => {
    if (!event.shiftKey || event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    follow(container, event, drawn);
  }, { capture: true });
  container.addEventListener("click", (event) => event.shiftKey && event.stopPropagation(), { capture: true });
}

function follow(container: HTMLElement, start: MouseEvent, drawn: (low: Corner, high: Corner) => void): void {
  const frame = container.getBoundingClientRect();
  const from = { x: start.clientX - frame.left, y: start.clientY - frame.top };
  const box = h("div", { class: "box" });
  container.append(box);
  let to = from;
  const corners = (): [Corner, Corner] => [
    { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) }, { x: Math.max(from.x, to.x), y: Math.max(from.y, to.y) },
  ];
  const move = (event: MouseEvent): void => {
    to = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const [low, high] = corners();
    Object.assign(box.style, { left: `${low.x}px`, top: `${low.y}px`, width: `${high.x - low.x}px`, height: `${high.y - low.y}px` });
  };
  const end = (): void => {
    window.removeEventListener("mousemove", move);
    box.remove();
    drawn(...corners());
  };
  window.addEventListener("mousemove", move);
  window.addEventListener("mouseup", end, { once: true });
}
