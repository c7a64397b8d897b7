// The map as a picture to keep: SVG, and PNG painted from the same shapes.

import type { App } from "./app";
import { download, h, say, svg } from "./dom";
import { ends, radius } from "./drawing";
import { colour, INKS, look, mode, outline, stroke } from "./theme";
import { meant } from "./exporting";
import { groundColour, SHORE } from "./islands";

const WIDTH = 1600;
const MARGIN = 60;

interface Picture {
  width: number;
  height: number;
  place: (node: number) => [number, number];
  /** Pixels to a unit of the layout. */
  unit: number;
  /** How large nodes are drawn. */
  scale: number;
}

/** What is drawn, or what is lit, fitted into a frame. */
function picture(app: App, nodes: number[]): Picture {
  const { x, y } = app.data.shape.layout;
  const [left, right] = ends(nodes.map((node) => x[node]));
  const [low, high] = ends(nodes.map((node) => y[node]));
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, right - left), (WIDTH - 2 * MARGIN) / Math.max(1, high - low));
  const width = WIDTH;
  const height = Math.max(300, Math.round((high - low) * scale + 2 * MARGIN));
  const shift = (width - (right - left) * scale) / 2;
  return {
    width, height, unit: scale, scale: Math.min(1.6, Math.max(0.5, scale)),
    place: (node) => [shift + (x[node] - left) * scale, height - MARGIN - (y[node] - low) * scale],
  };
}

function draw(app: App): SVGElement | null {
  const { data } = app;
  const { nodes, edges } = meant(app);
  if (!nodes.length) {
    say("There is nothing drawn to save.");
    return null;
  }
  const frame = picture(app, nodes);
  const ink = INKS[mode()];
  const lit = app.lit() !== null;
  const order = [...nodes].sort((a, b) => data.degree[b] - data.degree[a]);
  const labels = order.slice(0, lit ? 60 : 45);
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: frame.width, height: frame.height, viewBox: `0 0 ${frame.width} ${frame.height}` },
    svg("title", {}, data.shape.title),
    svg("rect", { width: frame.width, height: frame.height, fill: ink.ground }),
    svg("g", {}, ...ground(app, frame, nodes)),
    svg("g", { fill: "none" }, ...edges.map((edge) => line(app, frame, edge, lit))),
    svg("g", { stroke: ink.ground, "stroke-width": 0.8 }, ...order.map((node) => shape(app, frame, node))),
    svg("g", { "font-family": "Helvetica, Arial, sans-serif", fill: ink.text, stroke: ink.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" },
      ...apart(app, frame, labels)),
    legend(app, frame, nodes));
}

/** The islands of the communities under what is drawn. */
function ground(app: App, frame: Picture, nodes: number[]): SVGElement[] {
  const reach = SHORE * frame.unit;
  const islands = new Map<number, SVGElement>();
  for (const node of nodes) {
    const community = app.data.community(node);
    if (community < 0) continue;
    const island = islands.get(community) ?? svg("g", { fill: groundColour(community) });
    const [x, y] = frame.place(node);
    island.append(svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: reach.toFixed(1) }));
    islands.set(community, island);
  }
  return [...islands].sort((a, b) => a[0] - b[0]).map(([, island]) => island);
}

/** The classes that occur, in a row along the foot. */
function legend(app: App, frame: Picture, nodes: number[]): SVGElement {
  const present = app.data.classes.filter((name) => nodes.some((node) => app.data.className(node) === name));
  const step = Math.min(150, (frame.width - 40) / Math.max(1, present.length));
  const entries = present.map((name, place) => {
    const points = outline(name, 7).map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    const mark = points ? svg("polygon", { points }) : svg("circle", { r: 7 });
    mark.setAttribute("fill", colour(name, mode()));
    return svg("g", { transform: `translate(${30 + place * step}, ${frame.height - 24})` }, mark,
      svg("text", { x: 14, y: 5, "font-size": 15, "font-family": "Helvetica, Arial, sans-serif", fill: INKS[mode()].text }, name));
  });
  return svg("g", {}, ...entries);
}

function line(app: App, frame: Picture, edge: number, lit: boolean): SVGElement {
  const { data } = app;
  const ink = INKS[mode()];
  const { width, dash, rest } = stroke(data.kindName(data.edges.kind[edge]));
  const [x1, y1] = frame.place(data.edges.source[edge]);
  const [x2, y2] = frame.place(data.edges.target[edge]);
  const own = data.isCitation(edge) ? ink.citation : lit ? colour(data.className(data.edges.target[edge]), mode()) : ink.edge;
  return svg("line", {
    x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), stroke: own,
    "stroke-opacity": lit ? 0.75 : rest * 0.7, "stroke-width": width, ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}),
  });
}

function shape(app: App, frame: Picture, node: number): SVGElement {
  const { data } = app;
  const name = data.className(node);
  const size = radius(data.degree[node]) * frame.scale;
  const [x, y] = frame.place(node);
  const points = outline(name, size).map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`);
  const hollow = data.isPaper(node) ? data.external[node] === 1 : data.origin(node) === "candidate";
  const paint = hollow
    ? { fill: INKS[mode()].ground, stroke: colour(name, mode()), "stroke-width": Math.max(1, size * 0.35) }
    : { fill: colour(name, mode()) };
  const title = svg("title", {}, `${data.label(node)} (${name})`);
  return points.length
    ? svg("polygon", { points: points.join(" "), ...paint }, title)
    : svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: (size * look(name).scale).toFixed(1), ...paint }, title);
}

/** Labels that do not run into each other, the most connected first. */
function apart(app: App, frame: Picture, nodes: number[]): SVGElement[] {
  const { data } = app;
  const taken: [number, number, number, number][] = [];
  return nodes.flatMap((node) => {
    const [x, y] = frame.place(node);
    const text = data.shortLabel(node);
    const left = x + radius(data.degree[node]) * frame.scale * 1.25 + 4;
    const box: [number, number, number, number] = [left, y - 9, left + text.length * 7.2, y + 7];
    if (taken.some((other) => other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3])) return [];
    taken.push(box);
    return [svg("text", { x: left.toFixed(1), y: (y + 4.5).toFixed(1), "font-size": 13 }, text)];
  });
}

export function saveSvg(app: App): void {
  const image = draw(app);
  if (image) download("concite.svg", new Blob([new XMLSerializer().serializeToString(image)], { type: "image/svg+xml" }));
}

export async function savePng(app: App): Promise<void> {
  const drawn = draw(app);
  if (!drawn) return;
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = h("canvas", { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (content) download("concite.png", content);
  } finally {
    URL.revokeObjectURL(address);
  }
}
