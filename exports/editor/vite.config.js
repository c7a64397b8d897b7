// How the query page is bundled: one script and the licences of what is in it, into the server's assets.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const assets = resolve(here, "../server/assets");

/** The packages whose modules are in a bundle, by name. */
function bundled(bundle) {
  const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}));
  const names = modules.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean);
  return [...new Set(names)].sort();
}

function licence(name) {
  const folder = resolve(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file && existsSync(resolve(folder, file)) ? readFileSync(resolve(folder, file), "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
}

function licences() {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const head = "The query page contains, besides Concite's own code, the following libraries.\n";
      const text = [head, ...bundled(bundle).map(licence)].join(`\n${"-".repeat(80)}\n\n`);
      writeFileSync(resolve(assets, "LICENSES.txt"), text);
    },
  };
}

export default defineConfig({
  plugins: [licences()],
  build: {
    outDir: assets,
    emptyOutDir: false,
    target: "es2022",
    reportCompressedSize: false,
    lib: { entry: resolve(here, "src/main.ts"), formats: ["iife"], name: "conciteEditor", fileName: () => "editor.js" },
  },
});
