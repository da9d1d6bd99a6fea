// Builds static/dist/: style sheets, the script, the icon sprite and the two font files.
// Run by `make setup`; the output is git-ignored and needs no Node at run time.

import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import * as esbuild from "esbuild";
import * as sass from "sass";

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "..", "node_modules");
const finished = path.join(here, "..", "static", "dist");
// Built beside the old assets and put in their place when all is well: a failed build leaves the old ones.
const dist = path.join(here, "..", ".setup", "dist");
// The last Chrome for Windows 7 is 109; older Chromium-based browsers of schools start at 90.
const target = ["chrome90", "firefox90", "safari14"];
const fonts = ["golos-text-cyrillic-wght-normal.woff2", "golos-text-latin-wght-normal.woff2"];
// KiB after gzip (fonts are compressed already): a build above its limit fails.
const limits = { "portal.css": 35, "survey.css": 12, "portal.js": 55, "icons.svg": 6, fonts: 60 };

async function styles(name) {
  const compiled = sass.compile(path.join(here, "styles", `${name}.scss`), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  const small = await esbuild.transform(compiled.css, { loader: "css", minify: true, target, legalComments: "none" });
  await writeFile(path.join(dist, `${name}.css`), small.code);
}

async function script() {
  await esbuild.build({
    entryPoints: [path.join(here, "scripts", "portal.js")],
    outfile: path.join(dist, "portal.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target,
    legalComments: "none",
    logLevel: "warning",
  });
}

async function sprite() {
  const names = JSON.parse(await readFile(path.join(here, "icons.json"), "utf8"));
  const shapes = JSON.parse(await readFile(path.join(here, "shapes.json"), "utf8"));
  const symbols = [];
  for (const name of names) {
    const file = require.resolve(`@tabler/icons/outline/${name}.svg`);
    const body = (await readFile(file, "utf8"))
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
      .replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="i-${name}" viewBox="0 0 24 24">${body}</symbol>`);
  }
  for (const [name, body] of Object.entries(shapes)) {
    symbols.push(`<symbol id="s-${name}" viewBox="0 0 12 12">${body}</symbol>`);
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  await writeFile(path.join(dist, "icons.svg"), svg);
}

async function copyFonts() {
  await mkdir(path.join(dist, "fonts"), { recursive: true });
  let size = 0;
  for (const name of fonts) {
    const source = path.join(modules, "@fontsource-variable", "golos-text", "files", name);
    await cp(source, path.join(dist, "fonts", name));
    size += (await readFile(source)).length;
  }
  return size;
}

async function weigh(fontBytes) {
  const weights = { fonts: fontBytes / 1024 };
  for (const name of Object.keys(limits)) {
    if (name !== "fonts") {
      weights[name] = gzipSync(await readFile(path.join(dist, name)), { level: 9 }).length / 1024;
    }
  }
  const line = Object.entries(weights).map(([name, kib]) => `${name} ${kib.toFixed(1)}/${limits[name]}`);
  console.log(`assets, KiB gzipped of limit: ${line.join(", ")}`);
  const heavy = Object.keys(limits).filter((name) => weights[name] > limits[name]);
  if (heavy.length > 0) {
    throw new Error(`too heavy: ${heavy.join(", ")}`);
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([styles("portal"), styles("survey"), script(), sprite()]);
await weigh(await copyFonts());
await rm(finished, { recursive: true, force: true });
await rename(dist, finished);
