// Names and prefixes as they are typed: what the graph's classes and properties are called, and what they mean.

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { Data } from "./data";

const KEYWORDS =
  "SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET EXISTS NOT IN AS UNDEF COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG " +
  "DATATYPE IRI BOUND IF COALESCE CONCAT CONTAINS STRSTARTS STRENDS STRLEN SUBSTR LCASE UCASE REGEX REPLACE ROUND ABS YEAR";

/** Offers the names, prefixes, keywords and the variables of the query itself. */
export function completion(data: Data): CompletionSource {
  const names: Completion[] = data.names.map(({ name, kind, about }) => ({ label: name, type: kind, detail: about }));
  const prefixes: Completion[] = Object.entries(data.prefixes).map(([name, iri]) => ({ label: `${name}:`, type: "namespace", detail: iri }));
  const keywords: Completion[] = KEYWORDS.split(" ").map((word) => ({ label: word, type: "keyword", boost: -1 }));
  return (context: CompletionContext): CompletionResult | null => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return { from: variable.from, options: variables(context, variable.text), validFor: /^[?$]\w*$/ };
    const word = context.matchBefore(/[\w-]+(?::[\w-]*)?/);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options: [...names, ...prefixes, ...keywords], validFor: /^[\w:-]*$/ };
  };
}

function variables(context: CompletionContext, typed: string): Completion[] {
  const found = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
  found.delete(typed);
  return [...found].sort().map((label) => ({ label, type: "variable" }));
}
