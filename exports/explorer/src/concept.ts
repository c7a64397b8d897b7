// The panel about a concept: what it is, where it stands, and which papers do what with it, in their own words.

import { type App, growing, nodeButton } from "./app";
import type { Data, Tie } from "./data";
import { actions } from "./details";
import { papersOf } from "./emphasis";
import { addresses } from "./identifiers";
import { button, h, number, plural, svg } from "./dom";
import { sentences } from "./evidence";
import { classTag, lineSample } from "./theme";

const ORIGINS: Record<string, string> = {
  vocabulary: "",
  derived: "a version of a known name",
  candidate: "coined by a paper, not in the vocabulary",
};

export function conceptDetails(app: App, concept: number): Node[] {
  const { data } = app;
  const row = data.row(concept);
  const origin = ORIGINS[data.origin(concept)] ?? data.origin(concept);
  return [
    h("p", { class: "kind" }, classTag(data.className(concept)), origin && h("span", { class: "badge" }, origin),
      data.general[concept] ? h("span", { class: "badge" }, "general") : null),
    h("h2", { class: "title", tabindex: "-1" }, data.label(concept)),
    h("p", { class: "definition" }, data.shape.concepts.definition[row] ?? ""),
    names("aliases", "also ", data.aliases(concept)),
    names("covers", "and what is more special: ", data.covers(concept)),
    attributes(data, row),
    addresses(data.shape.concepts.identifiers[row]),
    actions(app, concept),
    ...hierarchy(app, concept),
    papers(app, concept),
    ...together(app, concept),
    ...trend(data, concept),
    sources(data, row, concept),
  ].filter((part) => part !== null);
}

function names(kind: string, hint: string, found: string[]): HTMLElement | null {
  return found.length ? h("p", { class: kind }, h("span", { class: "hint" }, hint), found.join(" · ")) : null;
}

function attributes(data: Data, row: number): HTMLElement | null {
  const table = data.shape.concepts;
  const known: [string, string | null][] = [
    ["Parameters", short(table.parameters[row])],
    ["Context", table.context_length[row] === null ? null : `${number(table.context_length[row] ?? 0)} tokens`],
    ["Memory", table.memory_gb[row] === null ? null : `${table.memory_gb[row]} GB`],
    ["Peak", table.peak_tflops[row] === null ? null : `${table.peak_tflops[row]} TFLOPS`],
    ["Power", table.tdp_watts[row] === null ? null : `${table.tdp_watts[row]} W`],
    ["Year", table.year[row] === null ? null : String(table.year[row])],
    ["From", table.developed_by[row]?.join(", ") || null],
  ];
  const shown = known.filter(([, value]) => value !== null);
  if (!shown.length) return null;
  return h("dl", { class: "attributes" }, ...shown.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

function short(count: number | null): string | null {
  if (count === null) return null;
  const [size, unit] = count >= 1e12 ? [1e12, "T"] : count >= 1e9 ? [1e9, "B"] : count >= 1e6 ? [1e6, "M"] : [1, ""];
  return `${Number((count / size).toPrecision(3))}${unit ? ` ${unit}` : ""}`;
}

/** The headings of the relations seen from the subject, and from the object. */
const RELATIONS: Record<string, [string, string]> = {
  broader: ["Broader", "Narrower"],
  variantOf: ["Variant of", "Variants"],
  basedOn: ["Based on", "Basis of"],
  partOf: ["Part of", "Parts"],
  runsOn: ["Runs on", "Runs"],
  forTask: ["Made for", "Data sets"],
  introducedIn: ["Introduced in", "Introduces"],
};

function hierarchy(app: App, concept: number): Node[] {
  const ties = app.data.relations(concept);
  const sections: Node[] = [];
  for (const [relation, headings] of Object.entries(RELATIONS)) {
    for (const out of [true, false]) {
      const found = ties.filter((tie) => tie.relation === relation && tie.out === out);
      if (found.length) sections.push(tieSection(app, headings[out ? 0 : 1], found, relation === "broader" && out));
    }
  }
  return sections;
}

function tieSection(app: App, heading: string, ties: Tie[], chain: boolean): HTMLElement {
  const draw = (tie: Tie): Node => (chain ? upwards(app, tie.node) : withUse(app, tie.node));
  return h("section", { class: "ties" }, h("h3", {}, heading), growing(ties, 8, draw, "concepts"));
}

function withUse(app: App, node: number): HTMLElement {
  const papers = app.data.isPaper(node) ? null : app.data.degree[node];
  return h("span", {}, nodeButton(app, node), papers ? h("span", { class: "count" }, plural(papers, "paper")) : null);
}

/** A broader concept and what is broader than that, up to the top. */
function upwards(app: App, first: number): HTMLElement {
  const steps: number[] = [];
  for (let node: number | undefined = first; node !== undefined && !steps.includes(node); ) {
    steps.push(node);
    node = app.data.relations(node).find((tie) => tie.relation === "broader" && tie.out)?.node;
  }
  const parts = steps.flatMap((node, place) => [place ? h("span", { class: "arrow", "aria-label": "below" }, " › ") : null, nodeButton(app, node)]);
  return h("span", { class: "chain" }, ...parts);
}

/** The papers by role; those of narrower concepts and variants are counted in when asked. */
function papers(app: App, concept: number): HTMLElement {
  const { data } = app;
  const below = data.below(concept);
  const own = papersOf(data, [concept]).size;
  const all = papersOf(data, below).size;
  const place = h("div", {});
  const draw = (wide: boolean): void =>
    place.replaceChildren(...byRole(app, wide ? below : new Set([concept])),
      ...(all > own ? [widening(wide, all - own, () => draw(!wide))] : []));
  draw(own === 0);
  return h("section", { class: "papers" }, place);
}

function widening(wide: boolean, more: number, turn: () => void): HTMLElement {
  const text = wide ? "Only the papers that name it itself" : `Add ${plural(more, "paper")} with narrower concepts or variants`;
  return button(text, turn, { class: "more" });
}

function byRole(app: App, concepts: ReadonlySet<number>): Node[] {
  const { data } = app;
  const strongest = new Map<number, number>();
  for (const concept of concepts) {
    data.eachEdge(concept, (edge, paper) => {
      strongest.set(paper, Math.min(data.edges.kind[edge], strongest.get(paper) ?? 255));
    });
  }
  return data.roles.flatMap((role, kind) => {
    const group = [...strongest].filter(([, found]) => found === kind).map(([paper]) => paper).sort((a, b) => a - b);
    if (!group.length) return [];
    return [h("h3", {}, lineSample(role), ` ${passive(role)} `, h("span", { class: "count" }, group.length)),
      growing(group, 8, (paper) => paperRow(app, paper, concepts), "papers")];
  });
}

/** The role as seen from the concept. */
export function passive(role: string): string {
  const words: Record<string, string> = {
    introduces: "introduced by", uses: "used by", evaluates: "evaluated by", compares: "compared by", mentions: "mentioned by",
  };
  return words[role] ?? role;
}

function paperRow(app: App, paper: number, concepts: ReadonlySet<number>): HTMLElement {
  const year = app.data.year(paper);
  return h("div", { class: "paper-row" }, nodeButton(app, paper), year === null ? null : h("span", { class: "count" }, year),
    ...sentences(app.data, paper, concepts, 2));
}

/** Concepts in the same papers by class, those first that come together more often than their frequency makes likely. */
function together(app: App, concept: number): Node[] {
  const { data } = app;
  const own = data.below(concept);
  const papers = papersOf(data, own);
  const shared = new Map<number, number>();
  for (const paper of papers) {
    data.eachEdge(paper, (edge, other) => {
      if (!data.isCitation(edge) && !own.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    });
  }
  const least = papers.size > 8 ? 2 : 1;
  const score = ([node, count]: [number, number]): number => count * Math.log(1 + data.papers / data.degree[node]);
  const found = [...shared].sort((a, b) => score(b) - score(a) || a[0] - b[0]);
  const groups = data.classes.slice(1).map((name) => ({ name, best: telling(found.filter(([node]) => data.className(node) === name), least).slice(0, 40) }));
  const drawn = groups.filter(({ best }) => best.length).map(({ name, best }) => beside(app, name, best));
  return drawn.length ? [h("section", { class: "together" }, h("h3", {}, "In the same papers"), ...drawn)] : [];
}

/** Those that come together often enough to mean something; all of a class that has none such. */
function telling(found: [number, number][], least: number): [number, number][] {
  const often = found.filter(([, count]) => count >= least);
  return often.length ? often : found;
}

function beside(app: App, className: string, found: [number, number][]): HTMLElement {
  const draw = ([node, count]: [number, number]): Node =>
    h("span", {}, nodeButton(app, node), h("span", { class: "count" }, plural(count, "paper")));
  return h("details", { class: "section-fold", open: found.length < 6 || className === "dataset" },
    h("summary", {}, `${className} `, h("span", { class: "count" }, found.length)), growing(found, 8, draw, "concepts"));
}

function trend(data: Data, concept: number): Node[] {
  if (!data.years) return [];
  const [low, high] = data.years;
  const counts = new Map<number, number>();
  for (const paper of papersOf(data, [concept])) {
    const year = data.year(paper);
    if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  if (!counts.size || low === high) return [];
  const years = Array.from({ length: high - low + 1 }, (_, place) => low + place);
  return [h("section", {}, h("h3", {}, "Papers by year"), bars(years, counts))];
}

/** A small bar chart; each bar says its year and its count. */
export function bars(years: number[], counts: ReadonlyMap<number, number>): SVGElement {
  const most = Math.max(...counts.values());
  const step = 280 / years.length;
  const drawn = years.flatMap((year, place) => {
    const count = counts.get(year) ?? 0;
    const height = (46 * count) / most;
    const bar = svg("rect", { x: place * step + 1, y: 50 - height, width: Math.max(1, step - 2), height }, svg("title", {}, `${year}: ${count}`));
    return count ? [bar] : [];
  });
  const label = years.filter((year) => counts.get(year)).map((year) => `${year}: ${counts.get(year)}`).join(", ");
  return svg("svg", { class: "bars", viewBox: "0 0 280 66", role: "img", "aria-label": `Papers by year: ${label}` }, ...drawn,
    svg("line", { x1: 0, x2: 280, y1: 50.5, y2: 50.5 }),
    svg("text", { x: 0, y: 63 }, years[0]), svg("text", { x: 280, y: 63, "text-anchor": "end" }, years[years.length - 1]));
}

function sources(data: Data, row: number, concept: number): HTMLElement {
  const known = data.shape.concepts.source[row] ?? [];
  return h("p", { class: "hint origin" }, known.length ? `Known from ${known.join(", ")} · ` : "", `id ${data.id(concept)}`);
}
