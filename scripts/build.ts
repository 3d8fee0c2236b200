/** Builds what is published into dist/: the sources compiled, and the runtime's parts for the CPU beside them. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");

// The fourth, Linux on arm64, would bring the installed package over 150 MB: there WebAssembly runs, or what is installed beside it.
const MACHINES = ["linux/x64", "darwin/arm64", "win32/x64"];
// The binding and the library that it names. The other files are for DirectML, or the same library again.
const PARTS = /^(onnxruntime_binding\.node|libonnxruntime\.so\.1|libonnxruntime\.1\.dylib|onnxruntime\.dll)$/;
const PORTABLE = /^(ort\.node\.min\.js|ort-wasm-simd-threaded\.(mjs|wasm))$/;

function compile(): void {
  const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
  const { status } = spawnSync(process.execPath, compiler, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  // The compiler has said why.
  if (status !== 0) process.exit(1);
}

function carryRuntime(): void {
  const { from, to } = carry("onnxruntime-node", "dist/index.js");
  copy(join(from, "dist"), join(to, "dist"), /\.js$/, 4);
  for (const machine of MACHINES) copy(join(from, "bin/napi-v6", machine), join(to, "bin/napi-v6", machine), PARTS, 2);
}

function carryPortable(): void {
  const { from, to } = carry("onnxruntime-web", "ort.node.min.js");
  copy(join(from, "dist"), to, PORTABLE, 3);
}

/** Begins to carry parts of an npm package: its licence, and what Node asks of a package. */
function carry(name: string, main: string): { from: string; to: string } {
  const from = join(ROOT, "node_modules", name);
  const to = join(DIST, "vendor", name);
  const { version, license } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  cpSync(join(ROOT, "scripts/onnxruntime"), to, { recursive: true });
  // Its files are CommonJS, and lie in a package that is not.
  const manifest = { name, version, license, type: "commonjs", main };
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return { from, to };
}

function copy(from: string, to: string, which: RegExp, expected: number): void {
  const files = readdirSync(from).filter((file) => which.test(file));
  if (files.length !== expected) throw new Error(`${from}: ${expected} files were expected, found ${files.join(", ")}`);
  mkdirSync(to, { recursive: true });
  for (const file of files) cpSync(join(from, file), join(to, file), { dereference: true });
}

rmSync(DIST, { recursive: true, force: true });
compile();
carryRuntime();
carryPortable();
