// The panel about a paper: its record, its abstract with every mention marked, its concepts and its citations.

import { type App, choose, growing, nodeButton } from "./app";
import type { Data } from "./data";
import { actions } from "./details";
import { h } from "./dom";
import { basis, marked, marks, sentences, Text } from "./evidence";
import { addresses } from "./identifiers";
import { classTag, lineSample } from "./theme";

export function paperDetails(app: App, paper: number): Node[] {
  const { data } = app;
  return [
    h("p", { class: "kind" }, classTag("paper"), data.external[paper] ? h("span", { class: "badge" }, "cited, not in the input") : null),
    h("h2", { class: "title", tabindex: "-1" }, ...fieldMarks(app, paper, 0)),
    record(data, paper),
    addresses(data.shape.papers.identifiers[paper]),
    actions(app, paper),
    abstract(app, paper),
    ...concepts(app, paper),
    ...versions(app, paper),
    ...citations(app, paper),
    origin(data, paper),
  ].filter((part) => part !== null);
}

function record(data: Data, paper: number): HTMLElement {
  const authors = data.shape.papers.authors[paper] ?? [];
  const named = authors.length > 12 ? `${authors.slice(0, 12).join(", ")} and ${authors.length - 12} more` : authors.join(", ");
  const when = data.shape.papers.date[paper] ?? data.year(paper);
  const published = [data.venue(paper), when].filter((part) => part !== null && part !== "").join(", ");
  return h("p", { class: "record" }, named, named && published && h("br"), published);
}

/** A field of the paper, each mention in it a button in the colour of its class. */
function fieldMarks(app: App, paper: number, field: number): Node[] {
  const { data } = app;
  const rows = data.mentionsIn(paper).filter((row) => data.shape.mentions.field[row] === field);
  const words = field === 0 ? data.label(paper) : (data.shape.papers.abstract[paper] ?? "");
  const text = new Text(words);
  return marked(text, 0, text.length, marks(data, rows), (mark, said) =>
    h("button", {
      type: "button", class: `mark class-${data.className(mark.node)}`, onclick: () => choose(app, mark.node),
      title: `${data.label(mark.node)} (${data.className(mark.node)}): ${basis(data, mark.row)}`,
    }, said));
}

function abstract(app: App, paper: number): HTMLElement {
  if (!app.data.shape.papers.abstract[paper]) return h("p", { class: "hint" }, "No abstract in the input.");
  return h("section", { class: "abstract" }, h("h3", {}, "Abstract"), h("p", {}, ...fieldMarks(app, paper, 1)));
}

function concepts(app: App, paper: number): Node[] {
  const { data } = app;
  const edges = data.neighbours(paper).filter((step) => !data.isCitation(step.edge));
  return data.roles.flatMap((role, kind) => {
    const group = edges.filter((step) => data.edges.kind[step.edge] === kind);
    if (!group.length) return [];
    group.sort((a, b) => data.edges.weight[b.edge] - data.edges.weight[a.edge] || a.node - b.node);
    const draw = ({ node }: { node: number }): Node => conceptRow(app, paper, node, role === "introduces");
    return [h("section", {}, h("h3", {}, lineSample(role), ` ${role} `, h("span", { class: "count" }, group.length)),
      growing(group, 12, draw, "concepts"))];
  });
}

/** A concept of the paper, with the sentences that say so behind a fold. */
function conceptRow(app: App, paper: number, concept: number, open: boolean): HTMLElement {
  const rows = app.data.mentionsIn(paper, concept);
  const body = h("div", { class: "quotes" });
  const show = (): void => {
    if (!body.hasChildNodes()) body.append(...sentences(app.data, paper, new Set([concept])));
  };
  if (open) show();
  const fold = h("details", { open, class: "fold", ontoggle: show },
    h("summary", { title: "Show the evidence" }, nodeButton(app, concept), h("span", { class: "count" }, `×${rows.length}`)), body);
  return fold;
}

function versions(app: App, paper: number): Node[] {
  const ties = app.data.relations(paper).filter((tie) => tie.relation === "versionOf");
  return [true, false].flatMap((out) => {
    const found = ties.filter((tie) => tie.out === out);
    if (!found.length) return [];
    const draw = (tie: { node: number }): Node => nodeButton(app, tie.node);
    return [h("section", { class: "ties" }, h("h3", {}, out ? "Later version of" : "Later versions"),
      growing(found, 8, draw, "papers"))];
  });
}

function citations(app: App, paper: number): Node[] {
  const { data } = app;
  const steps = data.neighbours(paper).filter((step) => data.isCitation(step.edge));
  return data.layers.flatMap((layer, place) => {
    const group = steps.filter((step) => data.edges.kind[step.edge] === data.roles.length + place);
    if (layer === "similarity") return section(app, group, layer, "Similar papers");
    const out = group.filter((step) => data.edges.source[step.edge] === paper);
    const incoming = group.filter((step) => data.edges.source[step.edge] !== paper);
    return [...section(app, out, layer, `Cites (${layer})`), ...section(app, incoming, layer, `Cited by (${layer})`)];
  });
}

function section(app: App, steps: { node: number; edge: number }[], layer: string, heading: string): Node[] {
  if (!steps.length) return [];
  const draw = (step: { node: number; edge: number }): Node =>
    h("div", {}, nodeButton(app, step.node), h("span", { class: "hint" }, citationBasis(app.data, step.edge)));
  return [h("section", {}, h("h3", {}, lineSample(layer), ` ${heading} `, h("span", { class: "count" }, steps.length)),
    growing(steps, 8, draw, "papers"))];
}

/** What a citation rests on, in a few words. */
export function citationBasis(data: Data, edge: number): string {
  const row = data.edges.citation[edge];
  const { method, intent } = data.shape.citations;
  const parts = [method.values[method.rows[row]], intent.values[intent.rows[row]], data.citationWords(row)];
  const layer = data.kindName(data.edges.kind[edge]);
  const trust = layer === "explicit" ? null : `confidence ${data.edges.confidence[edge]} %`;
  return [...parts, trust].filter(Boolean).join(" · ");
}

function origin(data: Data, paper: number): HTMLElement {
  const { source, position } = data.shape.papers;
  const where = [source.values[source.rows[paper]], position[paper]].filter(Boolean).join(", ");
  return h("p", { class: "hint origin" }, `From ${where || "the input"} · id ${data.id(paper)}`);
}

