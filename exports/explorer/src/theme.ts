// Colours and shapes: every class has one of each, so that neither alone carries the meaning.

import { h, svg } from "./dom";

export type Mode = "light" | "dark";

export interface Look {
  /** Corners of the shape; 0 is a circle, -1 a plus. */
  corners: number;
  /** How far the shape is turned, in radians. */
  turn: number;
  /** The radius of the corners that gives every shape the area of the circle, roughly. */
  scale: number;
  light: string;
  dark: string;
}

const LOOKS: Record<string, Look> = {
  paper: { corners: 4, turn: Math.PI / 4, scale: 1.2, light: "#59636f", dark: "#b3bcc7" },
  technique: { corners: 0, turn: 0, scale: 1, light: "#0069aa", dark: "#5cb3f0" },
  model: { corners: 4, turn: 0, scale: 1.25, light: "#cc5500", dark: "#ff9a57" },
  dataset: { corners: 6, turn: 0, scale: 1.1, light: "#00805d", dark: "#3fd0a5" },
  hardware: { corners: 3, turn: 0, scale: 1.45, light: "#8032a8", dark: "#cf97f2" },
  task: { corners: 3, turn: Math.PI, scale: 1.45, light: "#8a6d00", dark: "#e8c84a" },
  metric: { corners: 5, turn: 0, scale: 1.15, light: "#c2407f", dark: "#f79ac8" },
  software: { corners: -1, turn: 0, scale: 1.2, light: "#27818f", dark: "#72dbe6" },
};
const OTHER: Look = { corners: 8, turn: 0, scale: 1.05, light: "#333333", dark: "#dddddd" };

export interface Ink {
  ground: string;
  text: string;
  faint: string;
  /** A node that is not meant at the moment. */
  dimmed: string;
  edge: string;
  citation: string;
  halo: string;
  island: string;
  islandText: string;
}

export const INKS: Record<Mode, Ink> = {
  light: {
    ground: "#fcfcfa", text: "#1c2128", faint: "#59636f", dimmed: "#dfe2e4", edge: "#3c4652",
    citation: "#7a3b1d", halo: "rgba(252,252,250,0.88)", island: "#eff0ec", islandText: "#6b7480",
  },
  dark: {
    ground: "#12161b", text: "#e8ebee", faint: "#a0aab5", dimmed: "#2b323a", edge: "#b9c4d0",
    citation: "#e0b08a", halo: "rgba(18,22,27,0.88)", island: "#1a2027", islandText: "#94a0ac",
  },
};

export interface Stroke {
  width: number;
  /** Lengths of line and gap in pixels; empty for a full line. */
  dash: readonly [number, number] | null;
  /** How dark it is when nothing is selected. */
  rest: number;
  /** Whether the line thins out from the citing to the cited paper. */
  taper: boolean;
}

const STROKES: Record<string, Stroke> = {
  introduces: { width: 2.4, dash: null, rest: 0.3, taper: false },
  uses: { width: 1.2, dash: null, rest: 0.13, taper: false },
  evaluates: { width: 1.2, dash: [9, 4], rest: 0.13, taper: false },
  compares: { width: 1.2, dash: [4, 4], rest: 0.13, taper: false },
  mentions: { width: 0.9, dash: [2, 4], rest: 0.13, taper: false },
  explicit: { width: 2.2, dash: null, rest: 0.1, taper: true },
  inferred: { width: 2.2, dash: [8, 5], rest: 0.1, taper: true },
  similarity: { width: 1.4, dash: [2, 5], rest: 0.14, taper: false },
};
const PLAIN: Stroke = { width: 1, dash: null, rest: 0.12, taper: false };

export function look(className: string): Look {
  return LOOKS[className] ?? OTHER;
}

export function stroke(kind: string): Stroke {
  return STROKES[kind] ?? PLAIN;
}

export function colour(className: string, mode: Mode): string {
  return look(className)[mode];
}

/** The corners of a class's shape around 0, 0; empty for a circle. */
export function outline(className: string, radius: number): [number, number][] {
  const { corners, turn, scale } = look(className);
  const reach = radius * scale;
  if (corners === 0) return [];
  if (corners < 0) return plus(reach);
  return Array.from({ length: corners }, (_, corner) => {
    const angle = turn + (corner * 2 * Math.PI) / corners;
    return [reach * Math.sin(angle), -reach * Math.cos(angle)];
  });
}

function plus(reach: number): [number, number][] {
  const arm = 0.4 * reach;
  const quarter: [number, number][] = [[arm, -reach], [arm, -arm], [reach, -arm]];
  const turned = (times: number): [number, number][] =>
    quarter.map(([x, y]) => [[x, y], [-y, x], [-x, -y], [y, -x]][times] as [number, number]);
  return [0, 1, 2, 3].flatMap(turned);
}

/** The shape of a class as a small picture beside its name. */
export function swatch(className: string, hollow = false): SVGElement {
  const points = outline(className, 5.5);
  const attributes = { class: `shape class-${className}${hollow ? " hollow" : ""}` };
  const mark = points.length
    ? svg("polygon", { points: points.map((point) => point.map((value) => value.toFixed(2)).join()).join(" ") })
    : svg("circle", { r: 5.5 });
  return svg("svg", { ...attributes, viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" }, mark);
}

/** The line of a role or layer as a small picture beside its name. */
export function lineSample(kind: string): SVGElement {
  const { width, dash, taper } = stroke(kind);
  const shape = taper && !dash
    ? svg("polygon", { points: "0,2 26,3.6 26,4.4 0,6" })
    : svg("line", { x1: 0, y1: 4, x2: 26, y2: 4, "stroke-width": width, ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}) });
  return svg("svg", { class: "line-sample", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, shape);
}

/** The name of a class with its shape before it. */
export function classTag(className: string): HTMLElement {
  return h("span", { class: "class-tag" }, swatch(className), ` ${className}`);
}

const asked = window.matchMedia("(prefers-color-scheme: dark)");
let chosen: Mode | null = null;

export function mode(): Mode {
  return chosen ?? (asked.matches ? "dark" : "light");
}

/** Follow the system until the person chooses; `changed` is called at either. */
export function watchMode(changed: () => void): { toggle: () => void } {
  const apply = (): void => {
    document.documentElement.dataset["mode"] = mode();
    for (const [name, { light, dark }] of Object.entries(LOOKS)) {
      document.documentElement.style.setProperty(`--${name}`, mode() === "dark" ? dark : light);
    }
    changed();
  };
  asked.addEventListener("change", apply);
  apply();
  return {
    toggle: () => {
      chosen = mode() === "dark" ? "light" : "dark";
      apply();
    },
  };
}

export const still = window.matchMedia("(prefers-reduced-motion: reduce)");
