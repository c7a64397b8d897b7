// How the explorer is bundled: one script, one style sheet, the page's frame and the licences, into ../viewer.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const viewer = resolve(here, "../viewer");
const bundled = ["sigma", "graphology", "graphology-utils", "events"];

function licence(name) {
  const folder = resolve(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
  const names = ["LICENSE.txt", "LICENSE", "license"];
  const text = names.map((file) => read(resolve(folder, file))).find(Boolean) ?? "";
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
      const head = "The explorer page contains, besides Concite's own code, the following libraries.\n";
      const rule = `\n${"-".repeat(80)}\n\n`;
      writeFileSync(resolve(viewer, "LICENSES.txt"), [head, ...bundled.map(licence)].join(rule));
    },
  };
}

export default defineConfig({
  plugins: [frame()],
  build: {
    outDir: viewer,
    emptyOutDir: false,
    target: "es2022",
    cssTarget: "chrome111",
    reportCompressedSize: false,
    lib: {
      entry: resolve(here, "src/main.ts"),
      formats: ["iife"],
      name: "conciteExplorer",
      fileName: () => "explorer.js",
      cssFileName: "explorer",
    },
  },
});
