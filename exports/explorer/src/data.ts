// The graph in memory: nodes are papers and then concepts, numbered from 0; edges join them by role or by layer.

import { bare, type First, FORMAT, type Later, type Shape } from "./payload";

export const PAPER = "paper";

/** The most nodes that are drawn at first; beyond it the least connected wait behind the degree filter. */
const DRAWN_AT_FIRST = 3000;

export interface Edges {
  count: number;
  source: Int32Array;
  target: Int32Array;
  /** A role (0 … roles-1), or beyond them a layer. */
  kind: Uint8Array;
  confidence: Uint8Array;
  /** How many mentions the edge stands for; 1 for a citation. */
  weight: Int32Array;
  /** The row of the citation, or -1. */
  citation: Int32Array;
}

export interface Counts {
  nodes: Record<string, number>;
  roles: Record<string, number>;
  layers: Record<string, number>;
}

export interface Step {
  node: number;
  edge: number;
}

export interface Tie {
  relation: string;
  /** true where the concept at hand is the subject. */
  out: boolean;
  node: number;
}

export class Data {
  readonly papers: number;
  /** Nodes that can be drawn: papers, and the concepts that some paper mentions. */
  readonly nodes: number;
  /** Drawn nodes, and the concepts that only stand above them. */
  readonly all: number;
  readonly classes: string[];
  readonly roles: string[];
  readonly layers: string[];
  readonly edges: Edges;
  readonly degree: Int32Array;
  readonly external: Uint8Array;
  readonly general: Uint8Array;
  readonly grouping: Uint8Array;
  readonly years: [number, number] | null;
  readonly defaultDegree: number;
  readonly mentionPaper: Int32Array;
  readonly edgePairs: Map<number, number> = new Map();
  readonly shape: Shape;
  private readonly firstMention: Int32Array;
  /** The rows of the mentions in the order of their concepts, as some columns come. */
  private readonly byConcept: Uint32Array;
  private readonly offsets: Int32Array;
  private readonly around: Int32Array;
  private readonly ties: Map<number, Tie[]> = new Map();
  private readonly byKey: Map<string, number> = new Map();

  constructor(first: First) {
    if (first.format !== FORMAT) throw new Error(`this page reads data of format ${FORMAT}, not ${first.format}`);
    const shape = (this.shape = bare(first));
    lengthen(shape);
    spread(shape);
    this.papers = shape.papers.id.length;
    this.nodes = this.papers + shape.drawn;
    this.all = this.papers + shape.concepts.id.length;
    this.classes = [PAPER, ...shape.classes];
    this.roles = shape.roles;
    this.layers = shape.layers;
    this.external = flags(this.all, shape.papers.external, 0);
    this.general = flags(this.all, shape.concepts.general, this.papers);
    this.grouping = flags(this.all, shape.concepts.grouping, this.papers);
    this.mentionPaper = running(shape.mentions.paper);
    this.byConcept = conceptOrder(shape.mentions.concept);
    for (const name of ["role", "confidence"] as const) shape.mentions[name] = inTextOrder(shape.mentions[name], this.byConcept);
    this.firstMention = firsts(this.mentionPaper, this.papers);
    this.edges = this.join();
    [this.offsets, this.around] = adjacency(this.all, this.edges);
    this.degree = this.degrees();
    this.years = span(shape.papers.year.filter((_, paper) => !this.external[paper]));
    this.defaultDegree = this.firstDegree();
  }

  /** Take in what the first picture did without. */
  complete({ papers, concepts, mentions, citations, ...others }: Later): void {
    const { shape } = this;
    Object.assign(shape.papers, papers);
    Object.assign(shape.concepts, concepts);
    Object.assign(shape.mentions, mentions);
    Object.assign(shape.citations, citations);
    Object.assign(shape, others);
    settle(shape, this.mentionPaper, this.byConcept);
    this.collectTies();
  }

  isPaper(node: number): boolean {
    return node < this.papers;
  }

  /** The row of the concept in its own table. */
  row(node: number): number {
    return node - this.papers;
  }

  /** 0 for papers, else 1 + the place of the concept's class. */
  classOf(node: number): number {
    return node < this.papers ? 0 : 1 + this.shape.concepts.class[node - this.papers];
  }

  className(node: number): string {
    return this.classes[this.classOf(node)];
  }

  id(node: number): string {
    return node < this.papers ? this.shape.papers.id[node] : this.shape.concepts.id[node - this.papers];
  }

  label(node: number): string {
    return node < this.papers ? this.shape.papers.title[node] : this.shape.concepts.label[node - this.papers];
  }

  /** What is drawn beside the node: of a title the name before the colon, or its first words. */
  shortLabel(node: number): string {
    const label = this.label(node);
    if (node >= this.papers) return clip(label, 40);
    const name = /^([^:]{2,24}):\s/.exec(label);
    return name ? name[1] : clip(label, 30);
  }

  aliases(node: number): string[] {
    return node < this.papers ? [] : (this.shape.concepts.aliases[node - this.papers] ?? []);
  }

  /** Names of more special things that a concept stands for. */
  covers(node: number): string[] {
    return node < this.papers ? [] : (this.shape.concepts.covers[node - this.papers] ?? []);
  }

  year(node: number): number | null {
    return node < this.papers ? this.shape.papers.year[node] : (this.shape.concepts.year[node - this.papers] ?? null);
  }

  venue(node: number): string | null {
    const { values, rows } = this.shape.papers.venue;
    return node < this.papers ? (values[rows[node]] ?? null) : null;
  }

  origin(node: number): string {
    const { values, rows } = this.shape.concepts.origin;
    return values[rows[node - this.papers]] ?? "";
  }

  community(node: number): number {
    return this.shape.layout.community[node] ?? -1;
  }

  /** The address of the node in the permalink. */
  key(node: number): string {
    return `${node < this.papers ? "paper" : "concept"}/${this.id(node)}`;
  }

  find(key: string): number | null {
    if (!this.byKey.size) for (let node = this.all - 1; node >= 0; node--) this.byKey.set(this.key(node), node);
    return this.byKey.get(key) ?? this.byKey.get(`concept/${key}`) ?? this.byKey.get(`paper/${key}`) ?? null;
  }

  isCitation(edge: number): boolean {
    return this.edges.kind[edge] >= this.roles.length;
  }

  kindName(kind: number): string {
    return kind < this.roles.length ? this.roles[kind] : this.layers[kind - this.roles.length];
  }

  /** The words that a citation rests on. */
  citationWords(row: number): string | null {
    const words = this.shape.citations.evidence[row] ?? null;
    if (words === null || typeof words === "string") return words;
    const [field, start, length] = words;
    const citing = this.shape.citations.citing[row];
    const text = field === 0 ? this.label(citing) : (this.shape.papers.abstract[citing] ?? "");
    return Array.from(text).slice(start, start + length).join("");
  }

  /** Calls back for each edge at the node with the node at the other end. */
  eachEdge(node: number, visit: (edge: number, other: number) => void): void {
    const { source, target } = this.edges;
    for (let at = this.offsets[node]; at < this.offsets[node + 1]; at++) {
      const edge = this.around[at];
      visit(edge, source[edge] === node ? target[edge] : source[edge]);
    }
  }

  neighbours(node: number): Step[] {
    const found: Step[] = [];
    this.eachEdge(node, (edge, other) => found.push({ node: other, edge }));
    return found;
  }

  /** The mentions of a paper, or those of one concept in it, in the order of the text. */
  mentionsIn(paper: number, concept?: number): number[] {
    const rows: number[] = [];
    for (let row = this.firstMention[paper]; row < this.firstMention[paper + 1]; row++) {
      if (concept === undefined || this.shape.mentions.concept[row] + this.papers === concept) rows.push(row);
    }
    return rows;
  }

  edgeBetween(paper: number, concept: number): number | undefined {
    return this.edgePairs.get(paper * this.all + concept);
  }

  relations(node: number): Tie[] {
    return this.ties.get(node) ?? [];
  }

  /** The concept with all narrower concepts and variants below it. */
  below(node: number): Set<number> {
    const found = new Set([node]);
    for (const concept of found) {
      for (const tie of this.relations(concept)) {
        if (!tie.out && (tie.relation === "broader" || tie.relation === "variantOf")) found.add(tie.node);
      }
    }
    return found;
  }

  counts(nodes?: Uint8Array, edges?: Uint8Array): Counts {
    const count: Counts = { nodes: zeros(this.classes), roles: zeros(this.roles), layers: zeros(this.layers) };
    for (let node = 0; node < this.nodes; node++) {
      if (!nodes || nodes[node]) count.nodes[this.className(node)]++;
    }
    for (let edge = 0; edge < this.edges.count; edge++) {
      if (edges && !edges[edge]) continue;
      const kind = this.edges.kind[edge];
      if (kind < this.roles.length) count.roles[this.roles[kind]]++;
      else count.layers[this.layers[kind - this.roles.length]]++;
    }
    return count;
  }

  /** One edge for a paper and a concept, with the strongest role; one for each citation. */
  private join(): Edges {
    const { mentions, citations } = this.shape;
    const pairs = this.edgePairs;
    for (let row = 0; row < mentions.concept.length; row++) {
      const key = this.mentionPaper[row] * this.all + this.papers + mentions.concept[row];
      if (!pairs.has(key)) pairs.set(key, pairs.size);
    }
    const edges = blank(pairs.size + citations.citing.length);
    edges.kind.fill(255, 0, pairs.size);
    for (let row = 0; row < mentions.concept.length; row++) {
      const concept = this.papers + mentions.concept[row];
      const edge = pairs.get(this.mentionPaper[row] * this.all + concept) as number;
      edges.source[edge] = this.mentionPaper[row];
      edges.target[edge] = concept;
      edges.kind[edge] = Math.min(edges.kind[edge], mentions.role[row]);
      edges.confidence[edge] = Math.max(edges.confidence[edge], mentions.confidence[row]);
      edges.weight[edge]++;
    }
    for (let row = 0; row < citations.citing.length; row++) {
      const edge = pairs.size + row;
      edges.source[edge] = citations.citing[row];
      edges.target[edge] = citations.cited[row];
      edges.kind[edge] = this.roles.length + citations.layer[row];
      edges.confidence[edge] = citations.confidence[row];
      edges.weight[edge] = 1;
      edges.citation[edge] = row;
    }
    return edges;
  }

  /** Links between papers and concepts, and citations that are not mere similarity. */
  private degrees(): Int32Array {
    const degree = new Int32Array(this.all);
    const similarity = this.roles.length + this.layers.indexOf("similarity");
    for (let edge = 0; edge < this.edges.count; edge++) {
      if (this.edges.kind[edge] === similarity) continue;
      degree[this.edges.source[edge]]++;
      degree[this.edges.target[edge]]++;
    }
    return degree;
  }

  private firstDegree(): number {
    if (this.nodes <= DRAWN_AT_FIRST) return 0;
    const sorted = Array.from(this.degree.subarray(0, this.nodes)).sort((a, b) => b - a);
    return sorted[DRAWN_AT_FIRST] + 1;
  }

  private collectTies(): void {
    const { relation, subject, object } = this.shape.relations;
    for (let row = 0; row < subject.length; row++) {
      const name = relation.values[relation.rows[row]];
      const from = name === "versionOf" ? subject[row] : subject[row] + this.papers;
      const to = name === "versionOf" || name === "introducedIn" ? object[row] : object[row] + this.papers;
      push(this.ties, from, { relation: name, out: true, node: to });
      push(this.ties, to, { relation: name, out: false, node: from });
    }
  }
}

function push(map: Map<number, Tie[]>, key: number, tie: Tie): void {
  const list = map.get(key);
  if (list) list.push(tie);
  else map.set(key, [tie]);
}

function zeros(names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function clip(text: string, length: number): string {
  const letters = Array.from(text);
  if (letters.length <= length) return text;
  const words = letters.slice(0, length).join("").replace(/\s+\S*$/, "");
  return `${words}…`;
}

function flags(count: number, rows: number[], first: number): Uint8Array {
  const flag = new Uint8Array(count);
  for (const row of rows) flag[first + row] = 1;
  return flag;
}

/** Undo in place what payload.py did to keep ids short. */
function lengthen({ papers, concepts }: Shape): void {
  papers.id = papers.id.map((id, row) => lengthened(id, papers.title[row]));
  concepts.id = concepts.id.map((id, row) => lengthened(id, concepts.label[row]));
}

/** Undo in place what payload.py did to keep the places of nodes short: they count from the middle of the community. */
function spread({ layout }: Shape): void {
  for (const [places, middles] of [[layout.x, layout.xMiddle], [layout.y, layout.yMiddle]] as const) {
    for (let node = 0; node < places.length; node++) places[node] += middles[layout.community[node] + 1];
  }
}

/** Undo in place what payload.py did to keep places of mentions and rows of relations short. */
function settle({ concepts, mentions, relations }: Shape, paper: Int32Array, byConcept: Uint32Array): void {
  const { field, start, concept } = mentions;
  mentions.length = inTextOrder(mentions.length, byConcept);
  mentions.method.rows = inTextOrder(mentions.method.rows, byConcept);
  for (let row = 0; row < start.length; row++) {
    if (row && paper[row] === paper[row - 1] && field[row] === field[row - 1]) start[row] += start[row - 1];
    mentions.length[row] += letterCount(concepts.label[concept[row]]);
  }
  relations.subject = Array.from(running(relations.subject));
}

function conceptOrder(concept: number[]): Uint32Array {
  return Uint32Array.from(concept.keys()).sort((one, other) => concept[one] - concept[other] || one - other);
}

function inTextOrder(column: number[], byConcept: Uint32Array): number[] {
  const rows: number[] = new Array(column.length);
  for (let place = 0; place < column.length; place++) rows[byConcept[place]] = column[place];
  return rows;
}

function letterCount(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

/** `~` stands for the slug of the text, `n~rest` for its first n letters and the rest. */
function lengthened(id: string, text: string): string {
  const shared = /^(\d*)~/.exec(id);
  if (!shared) return id;
  const slug = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return shared[1] === "" ? slug : slug.slice(0, Number(shared[1])) + id.slice(shared[0].length);
}

function running(steps: number[]): Int32Array {
  const sums = new Int32Array(steps.length);
  let sum = 0;
  for (let row = 0; row < steps.length; row++) sums[row] = sum += steps[row];
  return sums;
}

function firsts(sorted: Int32Array, count: number): Int32Array {
  const first = new Int32Array(count + 1);
  for (const value of sorted) first[value + 1]++;
  for (let place = 0; place < count; place++) first[place + 1] += first[place];
  return first;
}

function blank(count: number): Edges {
  return {
    count,
    source: new Int32Array(count),
    target: new Int32Array(count),
    kind: new Uint8Array(count),
    confidence: new Uint8Array(count),
    weight: new Int32Array(count),
    citation: new Int32Array(count).fill(-1),
  };
}

function adjacency(nodes: number, edges: Edges): [Int32Array, Int32Array] {
  const offsets = new Int32Array(nodes + 1);
  for (let edge = 0; edge < edges.count; edge++) {
    offsets[edges.source[edge] + 1]++;
    if (edges.target[edge] !== edges.source[edge]) offsets[edges.target[edge] + 1]++;
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1] += offsets[node];
  const next = offsets.slice();
  const around = new Int32Array(offsets[nodes]);
  for (let edge = 0; edge < edges.count; edge++) {
    around[next[edges.source[edge]]++] = edge;
    if (edges.target[edge] !== edges.source[edge]) around[next[edges.target[edge]]++] = edge;
  }
  return [offsets, around];
}

function span(years: (number | null)[]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const year of years) {
    if (year === null) continue;
    low = Math.min(low, year);
    high = Math.max(high, year);
  }
  return low <= high ? [low, high] : null;
}
