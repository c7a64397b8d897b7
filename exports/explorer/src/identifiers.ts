// Identifiers of papers and concepts as links out of the page.

import { h, outward } from "./dom";

type Resolver = [name: string, address: (value: string) => string];

const plain = (prefix: string) => (value: string): string => prefix + encodeURIComponent(value);
const slashed = (prefix: string) => (value: string): string => prefix + encodeURIComponent(value).replaceAll("%2F", "/");

const RESOLVERS: Record<string, Resolver> = {
  arxiv: ["arXiv", slashed("https://arxiv.org/abs/")],
  doi: ["DOI", slashed("https://doi.org/")],
  acl: ["ACL Anthology", plain("https://aclanthology.org/")],
  openalex: ["OpenAlex", plain("https://openalex.org/")],
  openreview: ["OpenReview", plain("https://openreview.net/forum?id=")],
  s2: ["Semantic Scholar", plain("https://www.semanticscholar.org/paper/")],
  pmid: ["PubMed", plain("https://pubmed.ncbi.nlm.nih.gov/")],
  wikidata: ["Wikidata", plain("https://www.wikidata.org/wiki/")],
  hf: ["Hugging Face", slashed("https://huggingface.co/")],
  huggingface: ["Hugging Face", slashed("https://huggingface.co/")],
  github: ["GitHub", slashed("https://github.com/")],
};

/** The identifiers in a row, those of known schemes as links; null when there are none. */
export function addresses(identifiers: readonly string[] | null | undefined): HTMLElement | null {
  return identifiers?.length ? h("p", { class: "addresses" }, ...identifiers.map(address)) : null;
}

function address(identifier: string): HTMLElement {
  if (/^https?:\/\//i.test(identifier)) return outward(identifier, identifier);
  const at = identifier.indexOf(":");
  const value = identifier.slice(at + 1);
  const resolver = RESOLVERS[identifier.slice(0, at).toLowerCase()];
  return resolver ? outward(resolver[1](value), `${resolver[0]} ${value}`) : h("span", {}, identifier);
}
