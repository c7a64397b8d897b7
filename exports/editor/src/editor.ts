// The editor: the query with colours, completion, keys, and a mark under a fault.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completion } from "./completion";
import type { Data } from "./data";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#7a1f8f, #d6a2ff)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "light-dark(#0b5cad, #7db8f5)" },
  { tag: [tags.string, tags.literal], color: "light-dark(#256b2e, #9bd6a0)" },
  { tag: [tags.number, tags.bool], color: "light-dark(#8f4a00, #f0b96b)" },
  { tag: tags.comment, color: "light-dark(#56606b, #a0aab5)", fontStyle: "italic" },
  { tag: [tags.url, tags.namespace, tags.propertyName], color: "light-dark(#00626b, #74d3dc)" },
]);

const LOOKS = EditorView.theme({
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { overflow: "auto", fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-gutters": { background: "var(--ground)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { background: "transparent" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 25%, transparent)",
  },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--text)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--ground)" },
});

/** A place in the query and what is wrong there, lines and columns from 1. */
export interface Fault {
  line: number;
  column: number;
  message: string;
}

/** Puts the editor in the place of the text field, which keeps the text for a form without script. */
export function edit(field: HTMLTextAreaElement, data: Data, nonce: string, run: () => void): EditorView {
  const label = EditorView.contentAttributes.of({ "aria-label": "Query", "data-testid": "query" });
  const keys = keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]);
  const kept = EditorView.updateListener.of((update) => {
    if (update.docChanged) field.value = update.state.doc.toString();
  });
  const state = EditorState.create({
    doc: field.value,
    extensions: [
      EditorView.cspNonce.of(nonce), lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
      highlightActiveLine(), EditorView.lineWrapping, sparql(), syntaxHighlighting(COLOURS), LOOKS,
      autocompletion({ override: [completion(data)] }), label, keys, kept,
    ],
  });
  const view = new EditorView({ state });
  field.hidden = true;
  field.after(view.dom);
  return view;
}

/** Replaces the query. */
export function replace(view: EditorView, query: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });
}

/** Marks a fault in the query, or takes the mark away. */
export function mark(view: EditorView, fault: Fault | null): void {
  const found = fault ? [diagnostic(view, fault)] : [];
  view.dispatch(setDiagnostics(view.state, found));
  if (found[0]) view.dispatch({ selection: { anchor: found[0].from }, scrollIntoView: true });
}

function diagnostic(view: EditorView, { line, column, message }: Fault) {
  const { doc } = view.state;
  const place = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const at = Math.min(place.from + units(place.text, column - 1), doc.length);
  const from = Math.min(at, Math.max(0, doc.length - 1));
  return { from, to: Math.min(from + 1, doc.length), severity: "error" as const, message };
}

/** How many of the browser's units so many characters take. */
function units(text: string, characters: number): number {
  return [...text].slice(0, characters).join("").length;
}
