// The panel before anything is chosen: what the page holds, and places to begin.

import { type App, nodeButton } from "./app";
import { h, number, plural } from "./dom";
import { classTag } from "./theme";

export function overview(app: App): Node[] {
  const { data } = app;
  if (!data.nodes) return empty(app);
  const concepts = data.nodes - data.papers;
  const external = data.shape.papers.external.length;
  const inside = data.papers - external;
  return [
    h("h2", { class: "title" }, data.shape.title),
    h("p", {}, `${plural(inside, "paper")} and the ${plural(concepts, "concept")} they name: techniques, models, data sets, hardware, tasks, metrics and software. `,
      external ? `${plural(external, "cited paper")} outside the input ${external === 1 ? "is" : "are"} drawn hollow. ` : "",
      "Choose a node, or search for one: its neighbours light up, and this panel shows what the papers say about it, in their own words."),
    missing(app),
    ...introduced(app),
    ...starts(app),
    skipped(app),
  ].filter((part) => part !== null);
}

function empty(app: App): Node[] {
  return [
    h("h2", { class: "title" }, "No papers"),
    h("p", {}, "This graph holds no papers, so there is nothing to draw. Build it again with an input that has some: ",
      h("code", {}, "concite build INPUT -o DIR"), "."),
    skipped(app),
  ].filter((part) => part !== null);
}

/** What the input does not say, so that nobody looks for it. */
function missing(app: App): HTMLElement | null {
  const { data } = app;
  const count = data.counts();
  const lacks = [
    data.years ? null : "no years",
    count.layers["explicit"] ? null : "no reference lists (so no explicit citations)",
  ].filter((part) => part !== null);
  return lacks.length ? h("p", { class: "hint" }, `The input has ${lacks.join(" and ")}.`) : null;
}

/** The most connected concepts of each class, the general ones left out. */
function starts(app: App): Node[] {
  const { data } = app;
  const nodes = Array.from({ length: data.nodes - data.papers }, (_, place) => data.papers + place).filter((node) => !data.general[node]);
  nodes.sort((a, b) => data.degree[b] - data.degree[a] || a - b);
  return data.classes.slice(1).flatMap((name) => {
    const best = nodes.filter((node) => data.className(node) === name).slice(0, 5);
    if (!best.length) return [];
    return [h("section", { class: "starts" }, h("h3", {}, classTag(name)),
      h("p", { class: "cloud" }, ...best.map((node) => h("span", {}, nodeButton(app, node), h("span", { class: "count" }, number(data.degree[node]))))))];
  });
}

/** Concepts that one of the papers introduces and others take up. */
function introduced(app: App): Node[] {
  const { data } = app;
  const taken = new Set<number>();
  for (let edge = 0; edge < data.edges.count; edge++) {
    const concept = data.edges.target[edge];
    if (data.edges.kind[edge] === 0 && data.degree[concept] > 1 && !data.general[concept]) taken.add(concept);
  }
  const best = [...taken].sort((a, b) => data.degree[b] - data.degree[a] || a - b).slice(0, 6);
  if (!best.length) return [];
  return [h("section", { class: "starts" }, h("h3", {}, "Introduced here, taken up by others"),
    h("p", { class: "cloud" }, ...best.map((node) => h("span", {}, nodeButton(app, node), h("span", { class: "count" }, number(data.degree[node]))))))];
}

function skipped(app: App): HTMLElement | null {
  const { skipped: rows, skippedCount: count } = app.data.shape;
  if (!count) return null;
  return h("details", { class: "skipped" }, h("summary", {}, `${plural(count, "piece")} of the input skipped`),
    h("ul", {}, ...rows.slice(0, 100).map((row) => h("li", {}, row.filter(Boolean).join(" · ")))));
}
