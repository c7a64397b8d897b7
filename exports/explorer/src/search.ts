// Finding papers and concepts by label, alias and title, forgiving slips of the pen.

import type { Data } from "./data";

export interface Hit {
  node: number;
  score: number;
  /** The alias that was found, when it was not the label. */
  alias: string | null;
}

export interface Group {
  className: string;
  hits: Hit[];
  /** How many there are in all; `hits` may be fewer. */
  count: number;
}

/** From this score on no slip of the pen is supposed. */
const SURE = 60;

interface Name {
  node: number;
  text: string;
  /** The text without blanks. */
  close: string;
  alias: string | null;
}

/** Lower case, without accents, with one blank for whatever stands between words. */
export function normalise(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

export class Index {
  private readonly names: Name[] = [];
  private readonly byWord: Map<string, number[]> = new Map();

  constructor(private readonly data: Data) {}

  /** Learn all names; done before the first search, or earlier when there is nothing else to do. */
  prepare(): void {
    const { data, names } = this;
    if (names.length) return;
    for (let node = 0; node < data.all; node++) {
      this.learn(node, data.label(node), null);
      for (const alias of [...data.aliases(node), ...data.covers(node)]) this.learn(node, alias, alias);
    }
  }

  /** Learn the names anew when they are next asked for. */
  renew(): void {
    this.names.length = 0;
    this.byWord.clear();
  }

  /** The best hits by class, the class with the best hit first. */
  search(query: string, perClass: number, accept: (node: number) => boolean = () => true): Group[] {
    const wanted = normalise(query);
    if (!wanted) return [];
    this.prepare();
    const best = new Map<number, Hit>();
    this.score(wanted, best);
    let sure = 0;
    for (const hit of best.values()) sure = Math.max(sure, hit.score);
    if (sure < SURE) this.forgive(wanted.split(" "), best);
    return this.grouped([...best.values()].filter((hit) => accept(hit.node)), perClass);
  }

  private learn(node: number, name: string, alias: string | null): void {
    const text = normalise(name);
    if (!text) return;
    const place = this.names.push({ node, text, close: text.replaceAll(" ", ""), alias }) - 1;
    for (const word of new Set(text.split(" "))) {
      const places = this.byWord.get(word);
      if (places) places.push(place);
      else this.byWord.set(word, [place]);
    }
  }

  private score(wanted: string, best: Map<number, Hit>): void {
    const words = wanted.split(" ");
    const close = wanted.replaceAll(" ", "");
    for (const name of this.names) {
      const score = nearness(name, wanted, words, close);
      if (score > 0) this.offer(name, score, best);
    }
  }

  /** Every word may differ in a letter, long ones in two. */
  private forgive(words: string[], best: Map<number, Hit>): void {
    const [first, ...others] = words.map((word) => this.similar(word));
    for (const [place, cost] of others.reduce(meeting, first)) {
      const name = this.names[place];
      this.offer(name, 38 - 8 * cost - Math.min(8, name.text.length / 20), best);
    }
  }

  private similar(word: string): Map<number, number> {
    const slack = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const found = new Map<number, number>();
    for (const [known, places] of this.byWord) {
      const cost = known.startsWith(word) ? 0 : slipped(word, known, slack);
      if (cost > slack) continue;
      for (const place of places) found.set(place, Math.min(cost, found.get(place) ?? cost));
    }
    return found;
  }

  private offer(name: Name, score: number, best: Map<number, Hit>): void {
    const weight = score + Math.min(9, Math.log2(1 + this.data.degree[name.node])) - (name.alias ? 2 : 0);
    const known = best.get(name.node);
    if (!known || known.score < weight) best.set(name.node, { node: name.node, score: weight, alias: name.alias });
  }

  private grouped(hits: Hit[], perClass: number): Group[] {
    hits.sort((a, b) => b.score - a.score || a.node - b.node);
    const groups = new Map<string, Group>();
    for (const hit of hits) {
      const className = this.data.className(hit.node);
      const group = groups.get(className) ?? { className, hits: [], count: 0 };
      if (group.hits.length < perClass) group.hits.push(hit);
      group.count++;
      groups.set(className, group);
    }
    return [...groups.values()];
  }
}

/** The slips between a word and the beginning of a known one; words whose first letters differ are not tried. */
function slipped(word: string, known: string, slack: number): number {
  const alike = word[0] === known[0] || word[0] === known[1] || word[1] === known[0];
  return slack > 0 && alike ? distance(word, known.slice(0, word.length + slack), slack) : slack + 1;
}

/** The places that both hold, with their costs together. */
function meeting(one: Map<number, number>, other: Map<number, number>): Map<number, number> {
  const both = new Map<number, number>();
  for (const [place, cost] of one) {
    const more = other.get(place);
    if (more !== undefined) both.set(place, cost + more);
  }
  return both;
}

/** 100 for the very name, less for its beginning, for words of it and for a part of it; 0 for neither. */
function nearness({ text, close: bare }: Name, wanted: string, words: string[], close: string): number {
  if (text === wanted) return 100;
  if (bare === close) return 95;
  const excess = Math.min(10, (text.length - wanted.length) / 8);
  if (text.startsWith(wanted)) return (text[wanted.length] === " " ? 84 : 78) - excess;
  if (text.includes(` ${wanted}`)) return 64 - excess;
  if (words.length > 1 && words.every((word) => ` ${text}`.includes(` ${word}`))) return 56 - excess;
  if (close.length > 2 && bare.includes(close)) return 46 - excess;
  return 0;
}

/** Edit distance with transpositions (Damerau; optimal string alignment), or limit + 1 when it is beyond the limit.
 *  What follows the word in `known` costs nothing, so that a beginning is enough. */
export function distance(word: string, known: string, limit: number): number {
  if (known.length < word.length - limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (let row = 1; row <= word.length; row++) {
    const current = [row];
    for (let column = 1; column <= known.length; column++) {
      const same = word[row - 1] === known[column - 1];
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && word[row - 1] === known[column - 2] && word[row - 2] === known[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2] + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = last;
    last = current;
  }
  return Math.min(...last.slice(Math.max(0, word.length - limit)));
}
