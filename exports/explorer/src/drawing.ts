// The map: nodes and edges drawn by sigma.js at the places that the layout gave them.

import { MultiGraph } from "graphology";
import Sigma from "sigma";
import type { CameraState, EdgeDisplayData, NodeDisplayData } from "sigma/types";
import type { Settings } from "sigma/settings";
import type { Data } from "./data";
import type { Emphasis } from "./emphasis";
import { LineProgram } from "./lines";
import { type Box, enlarged, Islands, overlap } from "./islands";
import { distance, Picker, type Spot, within } from "./picking";
import { ShapeProgram } from "./shapes";
import { colour, INKS, look, mode, still, stroke } from "./theme";
import type { State } from "./state";
import type { Visible } from "./visibility";

export interface Moves {
  select: (node: number | null) => void;
  expand: (node: number) => void;
  /** Nodes picked out: a line around them adds, a click on one turns it. */
  mark: (nodes: number[], turn: boolean) => void;
}

const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
/** The least scale of the nodes, and how many nodes and edges it suits. */
const SMALLEST = 0.62;
const ROOMY_NODES = 1500;
const ROOMY_EDGES = 4000;
/** In what is lit: 1 for what surrounds the subjects, which have more. */
const LIT = 1;
/** Up to this many lit nodes are all named, where their names find room. */
const NAMED = 60;
const WHOLE = [0.5, 0.5, 1] as const;
/** Above this many drawn edges they are left out while the map moves. */
const MANY_EDGES = 20_000;

/** The radius of a node on a laptop screen (`drawn_radius` in exports/payload.py). */
export function radius(degree: number): number {
  return Math.min(2.4 + 1.15 * Math.sqrt(degree), 15);
}

/** rgba of a hexadecimal colour. */
export function faded(hex: string, alpha: number): string {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16);
  return `rgba(${part(1)},${part(3)},${part(5)},${alpha})`;
}

export class Drawing {
  readonly sigma: Sigma;
  readonly picker: Picker;
  private readonly graph = new MultiGraph();
  private readonly islands: Islands;
  private shown: Visible;
  private lit: Emphasis | null = null;
  private scale = 1;
  /** Whether so few are lit that all of them can be named. */
  private litFew = false;
  /** The ground that the labels of this frame take. */
  private labels: Box[] = [];

  constructor(
    private readonly data: Data,
    private readonly container: HTMLElement,
    shown: Visible,
    moves: Moves,
  ) {
    this.shown = shown;
    // Begun empty, so that the graph is gone through once: when its bounds are known and the islands stand ready.
    this.sigma = new Sigma(new MultiGraph(), container, this.settings());
    this.sigma.on("beforeRender", () => (this.labels = []));
    this.sigma.setCustomBBox(this.bounds());
    this.rescale();
    this.islands = new Islands(data, this.sigma, () => this.shown, () => this.lit !== null, () => this.labels);
    this.admit();
    this.sigma.setSetting("hideEdgesOnMove", shown.edgeCount > MANY_EDGES);
    this.sigma.setGraph(this.graph);
    this.listen(moves);
    this.picker = new Picker(container, (line) => this.marked(line, moves));
  }

  /** Draw what the filters let through, with what is lit. */
  show(shown: Visible, lit: Emphasis | null): void {
    if (this.shown === shown && this.lit === lit) return;
    const filtered = this.shown !== shown;
    this.shown = shown;
    this.lit = lit;
    this.litFew = lit !== null && lit.nodes.reduce((sum, light) => sum + Math.min(LIT, light), 0) <= NAMED;
    if (filtered) {
      this.admit();
      this.rescale();
    }
    this.sigma.setSetting("hideEdgesOnMove", shown.edgeCount > MANY_EDGES);
    this.sigma.refresh({ skipIndexation: !filtered });
  }

  repaint(): void {
    this.islands.repaint();
    this.sigma.refresh();
  }

  resize(): void {
    this.sigma.resize();
    this.rescale();
    this.sigma.refresh();
  }

  camera(): CameraState {
    return this.sigma.getCamera().getState();
  }

  /** Bring the nodes into view. */
  frame(nodes: readonly number[]): void {
    const places = nodes.map((node) => this.sigma.getNodeDisplayData(String(node))).filter((place) => place !== undefined);
    if (!places.length) return;
    const [left, right] = ends(places.map((place) => place.x));
    const [low, high] = ends(places.map((place) => place.y));
    const { width, height } = this.sigma.getDimensions();
    const least = Math.min(width, height);
    const needed = Math.max(((right - left) * least) / width, ((high - low) * least) / height) * 1.35;
    this.move({ x: (left + right) / 2, y: (low + high) / 2, ratio: Math.min(1.1, Math.max(0.25, needed)) });
  }

  inView(node: number): boolean {
    const place = this.sigma.getNodeDisplayData(String(node));
    if (!place) return false;
    const { x, y } = this.sigma.framedGraphToViewport(place);
    const { width, height } = this.sigma.getDimensions();
    return x > 20 && y > 20 && x < width - 20 && y < height - 20;
  }

  zoom(factor: number): void {
    this.move({ ratio: Math.min(3, Math.max(0.02, this.camera().ratio * factor)) });
  }

  pan(dx: number, dy: number): void {
    const { x, y, ratio } = this.camera();
    this.move({ x: x + dx * 0.15 * ratio, y: y + dy * 0.15 * ratio });
  }

  /** Look from a place kept before; null is the whole. */
  look(camera: State["camera"]): void {
    const [x, y, ratio] = camera ?? WHOLE;
    this.sigma.getCamera().setState({ x, y, ratio, angle: 0 });
  }

  /** Calls back with the place looked from whenever it has come to rest; null is the whole. */
  onRest(kept: (camera: State["camera"]) => void): void {
    let timer = 0;
    this.sigma.getCamera().on("updated", ({ x, y, ratio }) => {
      window.clearTimeout(timer);
      const whole = [x, y, ratio].every((value, place) => Math.abs(value - WHOLE[place]) < 1e-3);
      timer = window.setTimeout(() => kept(whole ? null : [x, y, ratio]), 400);
    });
  }

  reset(): void {
    this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  private move(to: Partial<CameraState>): void {
    if (still.matches) this.sigma.getCamera().setState(to);
    else void this.sigma.getCamera().animate(to, { duration: 350 });
  }

  private settings(): Partial<Settings> {
    return {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: ShapeProgram },
      nodeHoverProgramClasses: { shape: ShapeProgram },
      edgeProgramClasses: { line: LineProgram },
      nodeReducer: (key, place) => ({ ...place, ...this.nodeLook(Number(key)) }),
      edgeReducer: (key) => this.edgeLook(Number(key)),
      defaultDrawNodeLabel: (context, place) => this.drawLabel(context, place as unknown as Place),
      defaultDrawNodeHover: (context, place) => this.drawHover(context, place as unknown as Place),
      labelFont: FONT,
      labelSize: 12,
      labelDensity: 0.55,
      labelGridCellSize: 130,
      labelRenderedSizeThreshold: 5.2,
      zIndex: true,
      minCameraRatio: 0.015,
      maxCameraRatio: 4,
      stagePadding: 28,
      doubleClickZoomingDuration: still.matches ? 0 : 200,
    };
  }

  private bounds(): { x: [number, number]; y: [number, number] } {
    const { x, y, community } = this.data.shape.layout;
    const seen = (places: number[]): number[] => places.filter((_, node) => community[node] >= 0 || !this.data.external[node]);
    const [across, up] = [seen(x), seen(y)];
    return across.length ? { x: ends(across), y: ends(up) } : { x: [0, 1], y: [0, 1] };
  }

  /** Nodes are drawn as large as the layout made room for, within reason. */
  private rescale(): void {
    const { x, y } = this.bounds();
    const { width, height } = this.sigma.getDimensions();
    const unit = Math.min((width - 56) / (x[1] - x[0] || 1), (height - 56) / (y[1] - y[0] || 1));
    const narrow = Math.min(1, Math.max(0.6, width / 800));
    this.scale = Math.min(1.5, Math.max(SMALLEST * narrow * this.thinning(ROOMY_NODES, this.shown.nodeCount), unit));
  }

  /** 1 up to the number for which the map is roomy, and less beyond it. */
  private thinning(roomy: number, count: number): number {
    return Math.sqrt(Math.min(1, roomy / Math.max(1, count)));
  }

  /** Take nodes and edges into sigma's graph when they are first shown; what is hidden later stays there unseen. */
  private admit(): void {
    const { data, graph, shown } = this;
    const { x, y } = data.shape.layout;
    for (let node = 0; node < data.nodes; node++) {
      if (shown.nodes[node] && !graph.hasNode(node)) graph.addNode(node, { x: x[node], y: y[node], size: 1 });
    }
    for (let edge = 0; edge < data.edges.count; edge++) {
      if (!shown.edges[edge] || graph.hasEdge(edge)) continue;
      graph.addEdgeWithKey(edge, data.edges.source[edge], data.edges.target[edge], {});
    }
  }

  private nodeLook(node: number): Partial<NodeDisplayData> {
    if (!this.shown.nodes[node]) return { hidden: true };
    const ink = INKS[mode()];
    const name = this.data.className(node);
    const light = this.lit === null ? 1 : this.lit.nodes[node];
    const { corners, turn, scale } = look(name);
    const subject = this.lit !== null && light > LIT;
    const shape = { corners, turn, scale, hollow: this.isHollow(node) ? 1 : 0, rim: subject ? ink.text : ink.ground };
    return {
      ...shape,
      size: radius(this.data.degree[node]) * this.scale * (subject ? 1.15 : 1),
      color: light ? colour(name, mode()) : ink.dimmed,
      label: light ? this.data.shortLabel(node) : null,
      forceLabel: subject || (light === LIT && this.litFew),
      subject,
      zIndex: light ? 1 + light : 0,
    } as Partial<NodeDisplayData>;
  }

  /** Coined by a paper and not in the vocabulary, or a cited paper outside the input. */
  private isHollow(node: number): boolean {
    return this.data.isPaper(node) ? this.data.external[node] === 1 : this.data.origin(node) === "candidate";
  }

  private edgeLook(edge: number): Partial<EdgeDisplayData> {
    if (!this.shown.edges[edge]) return { hidden: true };
    const ink = INKS[mode()];
    const { data, lit } = this;
    if (lit && !lit.edges[edge]) return { hidden: true };
    const { width, dash, rest, taper } = stroke(data.kindName(data.edges.kind[edge]));
    const base = data.isCitation(edge) ? ink.citation : ink.edge;
    const own = data.isCitation(edge) ? ink.citation : colour(data.className(data.edges.target[edge]), mode());
    const color = lit ? faded(own, 0.75) : faded(base, Math.max(0.012, rest * this.thinning(ROOMY_EDGES, this.shown.edgeCount)));
    const thick = (lit ? 1.3 : 0.7) * enlarged(this.container.clientWidth);
    return { size: width * thick, color, dash, taper, zIndex: lit ? 1 : 0 } as Partial<EdgeDisplayData>;
  }

  /** Write the label where none stands yet: beside the node, to its left at the edge, and not at all in a crowd. */
  private drawLabel(context: CanvasRenderingContext2D, place: Place): void {
    if (!place.label) return;
    const ink = INKS[mode()];
    const size = Math.min(15, 10.5 + place.size / 5) * enlarged(this.sigma.getDimensions().width);
    context.font = `${place.subject ? 600 : 400} ${size}px ${FONT}`;
    const box = this.labelBox(place, context.measureText(place.label).width, size);
    if (!place.subject && this.labels.some((other) => overlap(other, box))) return;
    this.labels.push(box);
    context.lineWidth = 3.5;
    context.lineJoin = "round";
    context.strokeStyle = ink.halo;
    context.fillStyle = ink.text;
    context.strokeText(place.label, box[0], place.y + size / 3);
    context.fillText(place.label, box[0], place.y + size / 3);
  }

  private labelBox({ x, y, size: reach }: Place, width: number, size: number): Box {
    const gap = reach * 1.25 + 3;
    const left = x + gap + width > this.sigma.getDimensions().width && x < this.sigma.getDimensions().width ? x - gap - width : x + gap;
    return [left, y - size * 0.7, left + width, y + size * 0.5];
  }

  private drawHover(context: CanvasRenderingContext2D, place: Place): void {
    const ink = INKS[mode()];
    const node = Number(place.key);
    const text = this.data.label(node);
    const shown = text.length > 90 ? `${text.slice(0, 88)}…` : text;
    context.font = `600 13px ${FONT}`;
    const width = context.measureText(shown).width + 14;
    const { width: most } = this.sigma.getDimensions();
    const left = Math.max(4, Math.min(place.x + place.size + 4, most - width - 4));
    context.fillStyle = ink.ground;
    context.strokeStyle = ink.faint;
    context.beginPath();
    context.roundRect(left, place.y - 13, width, 26, 5);
    context.fill();
    context.stroke();
    context.fillStyle = ink.text;
    context.fillText(shown, left + 7, place.y + 4.5);
  }

  private marked(line: Spot[], moves: Moves): void {
    const click = line.every((spot) => distance(line[0], spot) < NEAR);
    const meant = (spot: Spot): boolean => (click ? distance(line[0], spot) < NEAR : within(spot, line));
    const inside: number[] = [];
    for (let node = 0; node < this.data.nodes; node++) {
      const place = this.shown.nodes[node] ? this.sigma.getNodeDisplayData(String(node)) : undefined;
      if (place && meant(this.sigma.framedGraphToViewport(place))) inside.push(node);
    }
    if (inside.length) moves.mark(click ? inside.slice(0, 1) : inside, click);
  }

  private listen(moves: Moves): void {
    this.sigma.on("clickNode", ({ node }) => moves.select(Number(node)));
    this.sigma.on("clickStage", () => moves.select(null));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      moves.expand(Number(node));
    });
    this.sigma.on("enterNode", () => (this.container.style.cursor = "pointer"));
    this.sigma.on("leaveNode", () => (this.container.style.cursor = ""));
    new ResizeObserver(() => this.resize()).observe(this.container);
  }
}

/** Around a click this far, in pixels, a node counts as meant. */
const NEAR = 6;

interface Place {
  key: string;
  x: number;
  y: number;
  size: number;
  label: string | null;
  subject?: boolean;
}

export function ends(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
