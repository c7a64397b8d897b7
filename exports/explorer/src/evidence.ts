// The words that a statement rests on: mentions in their text and their sentences.

import type { Data } from "./data";
import { h } from "./dom";

const FIELDS = ["title", "abstract"];

/** A text whose places are counted in code points, as in the data. */
export class Text {
  private readonly letters: string[] | null;

  constructor(private readonly text: string) {
    this.letters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  }

  get length(): number {
    return this.letters?.length ?? this.text.length;
  }

  slice(start: number, end: number): string {
    return this.letters ? this.letters.slice(start, end).join("") : this.text.slice(start, end);
  }

  /** The bounds of the sentence around a place. */
  sentence(start: number, end: number): [number, number] {
    const plain = this.letters ? this.letters.map((letter) => letter[0]).join("") : this.text;
    let [low, high] = [0, plain.length];
    for (const stop of plain.matchAll(/[.!?]["”’)\]]*\s+(?=["“‘([]?[\p{Lu}\d])/gu)) {
      if (/(?:\b(?:e\.g|i\.e|cf|vs|et al|etc|resp|Fig|Eq|Sec|No|approx)|\b\p{Lu})\.\s*$/u.test(plain.slice(Math.max(0, stop.index - 8), stop.index + 1))) continue;
      const after = stop.index + stop[0].length;
      if (after <= start) low = after;
      else if (stop.index >= end - 1) {
        high = stop.index + stop[0].trimEnd().length;
        break;
      }
    }
    return [low, high];
  }
}

export function fieldText(data: Data, row: number): string {
  const paper = data.mentionPaper[row];
  const isTitle = FIELDS[data.shape.mentions.field[row]] === "title";
  return isTitle ? data.label(paper) : (data.shape.papers.abstract[paper] ?? "");
}

export interface Mark {
  start: number;
  end: number;
  node: number;
  row: number;
}

export function marks(data: Data, rows: readonly number[]): Mark[] {
  const { start, length, concept } = data.shape.mentions;
  return rows.map((row) => ({ start: start[row], end: start[row] + length[row], node: data.papers + concept[row], row }));
}

/** The text between two places with the marked words made into what `wrap` gives for them. */
export function marked(text: Text, low: number, high: number, found: readonly Mark[], wrap: (mark: Mark, words: string) => Node): Node[] {
  const parts: Node[] = [];
  let at = low;
  for (const mark of found) {
    if (mark.start < at || mark.end > high) continue;
    if (mark.start > at) parts.push(document.createTextNode(text.slice(at, mark.start)));
    parts.push(wrap(mark, text.slice(mark.start, mark.end)));
    at = mark.end;
  }
  if (at < high) parts.push(document.createTextNode(text.slice(at, high)));
  return parts;
}

/** The sentences in which the paper mentions one of the concepts, each with the words marked. */
export function sentences(data: Data, paper: number, concepts: ReadonlySet<number>, most = 3): HTMLElement[] {
  const found = marks(data, data.mentionsIn(paper)).filter((mark) => concepts.has(mark.node));
  const best = [...found].sort((a, b) => weight(data, b) - weight(data, a) || a.row - b.row);
  const quotes: HTMLElement[] = [];
  const seen = new Set<string>();
  for (const mark of best) {
    const text = new Text(fieldText(data, mark.row));
    const field = data.shape.mentions.field[mark.row];
    const [low, high] = text.sentence(mark.start, mark.end);
    const key = `${field} ${low}`;
    if (seen.has(key) || quotes.length >= most) continue;
    seen.add(key);
    quotes.push(quote(data, text, low, high, found.filter((other) => data.shape.mentions.field[other.row] === field)));
  }
  if (most > 1 && seen.size === most) quotes.push(...rest(found.length, most));
  return quotes;
}

/** What says most comes first: sentences before titles, the sure before the doubtful. */
function weight(data: Data, mark: Mark): number {
  const { field, confidence } = data.shape.mentions;
  return confidence[mark.row] + (field[mark.row] === 1 ? 100 : 0);
}

function rest(count: number, most: number): HTMLElement[] {
  return count > most ? [h("p", { class: "hint" }, `${count} mentions in all; the paper shows every one in place.`)] : [];
}

function quote(data: Data, text: Text, low: number, high: number, found: Mark[]): HTMLElement {
  const words = marked(text, low, high, found, (mark, said) =>
    h("mark", { class: `class-${data.className(mark.node)}`, title: basis(data, mark.row) }, said));
  const field = FIELDS[data.shape.mentions.field[found[0].row]];
  return h("blockquote", { class: "evidence", "data-testid": "evidence" },
    h("span", { class: "where" }, field === "title" ? "Title: " : ""), ...words);
}

/** What a mention was recognised by, in a few words. */
export function basis(data: Data, row: number): string {
  const { role, confidence, method } = data.shape.mentions;
  const how = method.values[method.rows[row]];
  return `${data.roles[role[row]]}, confidence ${confidence[row]} %${how ? `, by ${how}` : ""}`;
}
