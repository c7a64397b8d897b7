// What the server wrote into the page.

export interface Example {
  name: string;
  about: string;
  query: string;
}

export interface Name {
  name: string;
  kind: "class" | "property";
  about: string;
}

export interface Data {
  examples: Example[];
  prefixes: Record<string, string>;
  names: Name[];
  base: string;
}

/** The examples, prefixes and names of the page. */
export function readData(): Data {
  return JSON.parse(document.getElementById("data")?.textContent ?? "") as Data;
}
