// Drawing the communities: islands under the edges, and their names over everything while the map is seen whole.

import type Sigma from "sigma";
import type { Data } from "./data";
import { type Region, regions } from "./regions";
import { INKS, mode } from "./theme";
import type { Visible } from "./visibility";

const HUES = [210, 40, 140, 280, 15, 180, 330, 90];
/** How far an island reaches beyond its nodes, in the units of the layout. */
export const SHORE = 22;
const NAMED_ABOVE = 0.55;
/** How far a name may move, in lines, to stay clear of others. */
const SHIFTS = [0, -1.6, 1.6, -3.2, 3.2];

/** Left, top, right and bottom. */
export type Box = [number, number, number, number];

export class Islands {
  private readonly found: Region[];
  private readonly ground: CanvasRenderingContext2D;
  private readonly names: CanvasRenderingContext2D;

  constructor(
    private readonly data: Data,
    private readonly sigma: Sigma,
    private readonly shown: () => Visible,
    private readonly lit: () => boolean,
    private readonly labels: () => readonly Box[],
  ) {
    this.found = regions(data);
    this.ground = this.layer("islands", { beforeLayer: "edges" });
    this.names = this.layer("island-names", { afterLayer: "labels" });
    sigma.on("afterRender", () => this.repaint());
  }

  repaint(): void {
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.sigma.getDimensions();
    for (const context of [this.ground, this.names]) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width * ratio, height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    for (const region of this.found) this.drawGround(region);
    if (!this.lit() && this.sigma.getCamera().ratio > NAMED_ABOVE) this.drawNames();
  }

  private layer(id: string, place: { beforeLayer?: string; afterLayer?: string }): CanvasRenderingContext2D {
    this.sigma.createCanvasContext(id, { ...place, style: { pointerEvents: "none" } });
    this.sigma.resize(true);
    return this.sigma.getCanvases()[id].getContext("2d") as CanvasRenderingContext2D;
  }

  private drawGround(region: Region): void {
    const { x, y } = this.data.shape.layout;
    const { nodes } = this.shown();
    const zero = this.sigma.graphToViewport({ x: 0, y: 0 });
    const one = this.sigma.graphToViewport({ x: SHORE, y: 0 });
    const reach = Math.hypot(one.x - zero.x, one.y - zero.y);
    this.ground.beginPath();
    for (const node of region.nodes) {
      if (!nodes[node]) continue;
      const place = this.sigma.graphToViewport({ x: x[node], y: y[node] });
      this.ground.moveTo(place.x + reach, place.y);
      this.ground.arc(place.x, place.y, reach, 0, 2 * Math.PI);
    }
    this.ground.fillStyle = groundColour(region.community);
    this.ground.fill();
  }

  private drawNames(): void {
    const ink = INKS[mode()];
    const taken = [...this.labels()];
    this.names.textAlign = "center";
    this.names.lineJoin = "round";
    for (const region of this.found) {
      if (!region.names.length || !region.nodes.some((node) => this.shown().nodes[node])) continue;
      const small = this.sigma.getDimensions().width < 520;
      const size = (small ? 11 : Math.min(17, 11 + Math.sqrt(region.nodes.length) / 2.5)) * enlarged(this.sigma.getDimensions().width);
      const place = this.sigma.graphToViewport(region);
      this.names.font = `italic 600 ${size}px Georgia, 'Times New Roman', serif`;
      const lines = small ? region.names.slice(0, 1) : region.names;
      const width = Math.max(...lines.map((line) => this.names.measureText(line).width));
      const edge = width / 2 + 6;
      const x = Math.max(edge, Math.min(this.sigma.getDimensions().width - edge, place.x));
      const free = SHIFTS.map((shift) => place.y + shift * size).find((row) => {
        const box: Box = [x - width / 2, row - size, x + width / 2, row + size * lines.length];
        return !taken.some((other) => overlap(other, box)) && taken.push(box);
      });
      if (free !== undefined) lines.forEach((line, place) => this.write(line, x, free + place * size * 1.1, ink.halo, ink.islandText));
    }
  }

  private write(line: string, x: number, y: number, halo: string, ink: string): void {
    this.names.strokeStyle = halo;
    this.names.lineWidth = 4;
    this.names.strokeText(line, x, y);
    this.names.fillStyle = ink;
    this.names.fillText(line, x, y);
  }
}

/** How much larger than on a laptop letters are on a map of this width. */
export function enlarged(width: number): number {
  return Math.min(1.6, Math.max(1, width / 1700));
}

export function groundColour(community: number): string {
  const hue = HUES[community % HUES.length];
  return mode() === "dark" ? `hsl(${hue}, 17%, 13%)` : `hsl(${hue}, 38%, 95%)`;
}

export function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
