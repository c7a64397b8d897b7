// How the explorer is bundled into ../viewer: the page's script, and by `--mode sparql` and `--mode engine` those that
// a page with SPARQL carries besides; with the first go the style sheet, the page's frame and the licences.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const viewer = resolve(here, "../viewer");
const bundled = ["sigma", "graphology", "graphology-utils", "events", "@openpgp/seek-bzip", "oxigraph"];
const entries = { production: ["main.ts", "explorer"], sparql: ["sparql.ts", "sparql"], engine: ["engine.ts", "engine"] };

function licence(name) {
  const folder = resolve(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
  const places = ["LICENSE.txt", "LICENSE", "license"].map((file) => resolve(folder, file));
  const text = [...places, resolve(here, "licences", `${name}.txt`)].map(read).find(Boolean) ?? "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function frame() {
  return {
    name: "frame",
    closeBundle() {
      copyFileSync(resolve(here, "src/page.html"), resolve(viewer, "page.html"));
      copyFileSync(resolve(here, "node_modules/oxigraph/web_bg.wasm"), resolve(viewer, "oxigraph.wasm"));
      const head = "The explorer page contains, besides Concite's own code, the following libraries; the last, only when it is asked for.\n";
      const rule = `\n${"-".repeat(80)}\n\n`;
      writeFileSync(resolve(viewer, "LICENSES.txt"), [head, ...bundled.map(licence)].join(rule));
    },
  };
}

/** The engine is always given its WebAssembly; the address that it would else be loaded from must not bring it in twice. */
function withoutAddress() {
  const address = "new URL('web_bg.wasm', import.meta.url)";
  return {
    name: "without-address",
    enforce: "pre",
    transform: (code, id) => (id.endsWith("oxigraph/web.js") ? code.replace(address, "undefined") : undefined),
  };
}

export default defineConfig(({ mode }) => {
  const [source, name] = entries[mode];
  return {
    plugins: [mode === "production" && frame(), mode === "engine" && withoutAddress()],
    build: {
      outDir: viewer,
      emptyOutDir: false,
      target: "es2022",
      cssTarget: "chrome111",
      reportCompressedSize: false,
      lib: {
        entry: resolve(here, "src", source),
        formats: ["iife"],
        name: "conciteExplorer",
        fileName: () => `${name}.js`,
        cssFileName: name,
      },
    },
  };
});
