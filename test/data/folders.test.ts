/** Folders of pictures, one sub-folder a class: what becomes a row, what is said, what is refused; and CIFAR-10's files. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { subjectOf as programOf } from "../../src/cli/code.ts";
import { tableOf, workOf } from "../../src/cli/what.ts";
import { program } from "../../src/code/program/index.ts";
import { type Dataset, fileOf } from "../../src/data/dataset.ts";
import { loadDataset } from "../../src/data/node/load.ts";
import { parseCifar } from "../../src/data/sources/cifar.ts";
import { gathered } from "../../src/data/stored.ts";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { audit } from "../../src/trials/examine.ts";
import { subjectOf } from "../../src/trials/subject.ts";

const at = mkdtempSync(join(tmpdir(), "unstuck-folders-"));
const write = (path: string, bytes: Uint8Array | string): void => {
  mkdirSync(dirname(join(at, path)), { recursive: true });
  writeFileSync(join(at, path), bytes);
};
const grey = (value: number, width = 4, height = 3) =>
  sharp(Buffer.alloc(width * height, value), { raw: { width, height, channels: 1 } }).toColourspace("b-w");
const coloured = (value: number, width = 4, height = 3) =>
  sharp(Buffer.alloc(3 * width * height, value), { raw: { width, height, channels: 3 } });
const png = async (path: string, picture: Sharp): Promise<void> => write(path, await picture.png().toBuffer());

const planOf = (source: string, more: object = {}): Plan =>
  parsePlan({
    data: { source, target: "class", validation: { fraction: 0.25, split: "stratified" }, ...more },
    network: [{ layer: "flatten" }, { layer: "dense", units: 2, activation: "softmax" }],
    training: { loss: "sparseCategoricalCrossentropy", batchSize: 4, epochs: 2 },
  });
const load = (source: string, more?: object, memory?: number): Promise<Dataset> =>
  loadDataset(planOf(source, more), at, [], memory);
const classes = ({ table: { target } }: Dataset) => (target.kind === "classes" ? target : null);

/** A chunk of a PNG file. */
function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
/** A small file that claims `side` × `side` pixels. */
function bomb(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(1e6))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("a folder of pictures", () => {
  it("is a row for each picture, class by class", async () => {
    await png("plain/cats/b.png", grey(20));
    await png("plain/cats/a.png", grey(10));
    await png("plain/dogs/c.png", grey(30));
    const dataset = await load("plain");
    const { shape, x, rows } = dataset.table;
    expect([rows, shape]).toEqual([3, [3, 4, 1]]);
    expect([0, 12, 24].map((i) => x[i])).toEqual([10, 20, 30]);
    expect(classes(dataset)).toMatchObject({ names: ["cats", "dogs"], encoding: "text" });
    expect([...classes(dataset)!.labels]).toEqual([0, 0, 1]);
    const dropped = (await load("plain", { drop: [0] })).table;
    expect([0, 1].map((i) => fileOf(dropped, i))).toEqual(["cats/b.png", "dogs/c.png"]);
    expect(dataset.notes.join()).toContain("0 = cats (2), 1 = dogs (1)");
  });

  it("says where numbers sort otherwise as text", async () => {
    for (const name of ["1", "2", "10"]) await png(`numbers/${name}/a.png`, grey(Number(name)));
    const dataset = await load("numbers");
    expect(classes(dataset)!.names).toEqual(["1", "10", "2"]);
    expect([...dataset.table.x].filter((_, i) => i % 12 === 0)).toEqual([1, 10, 2]);
    expect(dataset.notes.join()).toContain('"10" comes before "2"');
  });

  it.each([
    {
      name: "the commonest size",
      sizes: [
        [4, 3],
        [4, 3],
        [9, 9],
      ],
      shape: [3, 4, 1],
    },
    {
      name: "else the median of each side",
      sizes: [
        [4, 3],
        [6, 9],
        [5, 4],
      ],
      shape: [4, 5, 1],
    },
    {
      name: "at most 224 pixels a side",
      sizes: [
        [448, 100],
        [448, 100],
      ],
      shape: [50, 224, 1],
    },
  ])("is brought to $name", async ({ name, sizes, shape }) => {
    for (const [i, [width, height]] of sizes.entries()) await png(`${name}/${i % 2}/${i}.png`, grey(7, width, height));
    const { table, notes } = await load(name);
    expect(table.shape).toEqual(shape);
    expect(table.x.every((value) => value === 7)).toBe(true);
    expect(notes.join()).toMatch(/another size/);
  });

  it("has three channels once one is coloured, of any format", async () => {
    await png("colour/a/grey.png", grey(9));
    write("colour/a/x.jpg", await coloured(9).jpeg().toBuffer());
    write("colour/b/x.webp", await coloured(9).webp({ lossless: true }).toBuffer());
    write("colour/b/x.tif", await coloured(9).tiff().toBuffer());
    await png("colour/b/clear.png", coloured(9).ensureAlpha(0.5));
    await png("colour/b/deep.png", coloured(9).toColourspace("rgb16"));
    const { table, notes } = await load("colour");
    expect([table.rows, table.shape]).toEqual([6, [3, 4, 3]]);
    expect(table.x.every((value) => Math.abs(value - 9) <= 1)).toBe(true);
    expect(notes.join()).toContain("1 of 6 pictures is grey");
  });

  it("leaves out what is no picture or damaged, and says so", async () => {
    for (const name of ["a", "b"]) for (const i of [1, 2]) await png(`odd/${name}/${i}.png`, grey(50 * i));
    const whole = await grey(100, 64, 64).png().toBuffer();
    write("odd/a/cut.png", whole.subarray(0, whole.length - 40));
    write("odd/a/no.jpg", "not a picture");
    write("odd/b/bomb.png", bomb(50_000));
    write("odd/b/.hidden.png", whole);
    write("odd/b/notes.txt", "text");
    write("odd/readme.md", "text");
    mkdirSync(join(at, "odd/none"));
    mkdirSync(join(at, "odd/a/deeper"));
    write("secret.png", whole);
    symlinkSync(join(at, "secret.png"), join(at, "odd/a/out.png"));
    symlinkSync(join(at, "plain"), join(at, "odd/c"));
    symlinkSync("nowhere", join(at, "odd/a/broken.png"));
    symlinkSync("1.png", join(at, "odd/a/3.png"));
    const dataset = await load("odd");
    expect([...dataset.table.x].filter((_, i) => i % 12 === 0)).toEqual([50, 100, 50, 50, 100]);
    expect([...classes(dataset)!.labels]).toEqual([0, 0, 0, 1, 1]);
    const notes = dataset.notes.join("\n");
    expect(notes).toMatch(/3 of 8 pictures .*a\/cut.png.*a\/no.jpg.*b\/bomb.png \(of 50000 × 50000 pixels\)/);
    expect(notes).toMatch(/: b\/notes.txt, readme.md/);
    expect(notes).toMatch(/Sub-folders.*: none/);
    expect(notes).toMatch(/: a\/deeper/);
    expect(notes).toMatch(/not followed: a\/broken.png, a\/out.png, c/);
    expect(notes).not.toContain("hidden");
  });

  it.each([
    { name: "empty", files: [], why: /the folder is empty/ },
    { name: "flat", files: ["a.png", "b.png"], why: /pictures \(2\)/ },
    { name: "single", files: ["a/a.png"], why: /one sub-folder \(a\)/ },
    { name: "mixed", files: ["a/a.png", "b/b.wav"], why: /pictures \(1\) and sounds \(1\)/ },
    { name: "parts", files: ["train/a/a.png", "val/a/a.png"], why: /"source": "parts\/train".*"parts\/val"/ },
    { name: "deep", files: ["all/a/a.png", "all/b/b.png"], why: /\(all\).*deep\/all/ },
    { name: "other", files: ["a/a.bmp", "b/b.bmp"], why: /a.bmp, b.bmp .*Convert/ },
    { name: "text", files: ["a/a.txt"], why: /neither pictures nor sounds: a.txt/ },
    { name: "fakes", files: ["a/a.png", "b/b.png"], why: /none of its pictures can be read; a\/a.png is damaged/ },
  ])("$name is refused", async ({ name, files, why }) => {
    mkdirSync(join(at, name), { recursive: true });
    for (const file of files) write(`${name}/${file}`, "x");
    await expect(load(name)).rejects.toThrow(why);
    await expect(load(name)).rejects.toMatchObject({ name: "UserError" });
  });

  it("of validation takes size and channels of the training source", async () => {
    await png("valid/dogs/a.png", coloured(30, 8, 8));
    await png("valid/cats/a.png", coloured(10, 8, 8));
    const { validation } = await load("plain", { validation: { source: "valid" } });
    expect(validation).toMatchObject({ rows: 2, shape: [3, 4, 1] });
    expect([validation!.x[0], validation!.x[12]]).toEqual([10, 30]);
  });

  it("is read in the same order and size by a program", async () => {
    const plan = planOf("plain", { validation: null });
    const dataset = await load("plain", { validation: null });
    const text = program(programOf(plan, dataset, makeLane(plan, dataset, 1)), "keras");
    expect(text).toContain('enumerate(["cats", "dogs"])');
    expect(text).toContain('.convert("L").resize((4, 3)');
  });

  it("is what a verb can be given", async () => {
    for (const [i, name] of ["a", "b", "a", "b", "a", "b"].entries())
      await png(`given/${name}/${i}.png`, grey(i, 40, 40));
    const { plan, proposed } = await workOf(join(at, "given"), {});
    expect(plan.data).toMatchObject({ source: "given", target: "class", scale: { divideBy: 255 } });
    expect(JSON.stringify(plan.network)).toContain("conv2d");
    expect(proposed).toBeDefined();
    expect((await tableOf(join(at, "given"), { target: ["kind"] })).plan.data.target).toBe("kind");
  });
});

describe("rows on disk", async () => {
  // Two folders, because what was read last is remembered.
  for (const folder of ["near", "far"])
    for (let i = 0; i < 40; i++)
      await png(`${folder}/${"ab"[i % 2]}/${i}.png`, grey((37 * i) % 251, 6, 6).linear(1, i % 2));

  const told = async (plan: Plan, dataset: Dataset): Promise<string> => {
    const all: unknown[] = [];
    const options = { seeds: [1], snapshots: 2, predictions: true, weights: true, test: true };
    for await (const event of graphEngine(onnxRuntime(1)).train(plan, dataset, options))
      all.push(event.type === "steps" ? event.loss : event.type === "epoch" ? event.validation : event);
    return JSON.stringify(all.flat(), (_, value) => (value instanceof Float32Array ? [...value] : value));
  };

  it.each(["none", "standard", "minmax", { divideBy: 255 }])(
    "are trained to the same bits, scale %j",
    async (scale) => {
      const more = { scale, test: { fraction: 0.1, split: "random" }, drop: [3, 5] };
      const [near, far] = [await load("near", more), await load("far", more, 1)];
      expect([near.table.stored, far.table.x.length]).toEqual([undefined, 0]);
      expect(far.notes.join()).toContain("read from disk");
      expect(await told(planOf("far", more), far)).toBe(await told(planOf("near", more), near));
    },
  );

  it("beside rows in memory, and in workers", async () => {
    const scores = async (source: string, memory?: number) => {
      const plan = planOf(source, { validation: { source: "plain" } });
      const jobs = localJobs((of) => loadDataset(of, at, [], memory), 2);
      const found: Record<number, unknown> = {};
      const work = [
        { plan, seed: 1 },
        { plan, seed: 2 },
        { plan, seed: 1, variation: { kind: "zeroed-inputs" as const } },
      ];
      for await (const { job, event } of jobs.run(work))
        if (event.type === "end") found[job] = [event.train, event.validation];
      await jobs.close();
      return found;
    };
    // 40 pictures of 36 pixels are more than 1,000 bytes, 3 are not.
    expect(await scores("far", 1000)).toEqual(await scores("near"));
  });

  it("that repeat another are dropped", async () => {
    for (const folder of ["twice", "again"])
      for (const [i, value] of [1, 2, 1, 3, 2, 1].entries())
        await png(`${folder}/${i < 4 ? "a" : "b"}/${i}.png`, grey(value));
    const [near, far] = [await load("twice", { drop: "duplicates" }), await load("again", { drop: "duplicates" }, 1)];
    expect([...near.table.fileRows!]).toEqual([0, 1, 3, 4, 5]);
    expect(far.table.fileRows).toEqual(near.table.fileRows);
    expect(gathered(far.table.stored!, [0, 1, 2, 3, 4], 12)).toEqual(near.table.x);
  });

  it("are measured by a sample, and counted whole", async () => {
    const [near, far] = [await load("near"), await load("far", {}, 1)].map(
      (dataset, i) => audit(subjectOf(planOf(["near", "far"][i]), {}, dataset), 1).known,
    );
    expect(far.profile).toEqual(near.profile);
    expect(far.baselines).toEqual(near.baselines);
  });

  it("leave no file behind", () => {
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith("unstuck-") && existsSync(join(tmpdir(), name, "rows"))),
    ).toEqual([]);
  });
});

describe("CIFAR-10", () => {
  const record = (label: number, by: number) =>
    Uint8Array.from([label, ...Array.from({ length: 3072 }, (_, i) => (Math.floor(i / 1024) * 100 + by) % 256)]);

  it("has planes of colour", () => {
    const { rows, labels, pixels } = parseCifar(Uint8Array.from([...record(3, 1), ...record(9, 2)]), "x.bin");
    expect([rows, [...labels], [...pixels.subarray(0, 6)], pixels[3072]]).toEqual([
      2,
      [3, 9],
      [1, 101, 201, 1, 101, 201],
      2,
    ]);
  });

  it("of 100 classes has two labels", () => {
    const { labels } = parseCifar(Uint8Array.from([19, ...record(99, 1)]), "x.bin");
    expect([...labels]).toEqual([99]);
  });

  it.each([
    ["cut off", record(3, 1).subarray(1)],
    ["a label too high", record(10, 1)],
    ["empty", new Uint8Array()],
  ])("%s is refused", (_, bytes) => {
    expect(() => parseCifar(bytes, "x.bin")).toThrow(/x.bin/);
  });

  it("is read from a file or a folder, the test batch aside", async () => {
    write("cifar/data_batch_2.bin", record(2, 0));
    write("cifar/data_batch_1.bin", Uint8Array.from([...record(1, 0), ...record(3, 0)]));
    write("cifar/test_batch.bin", record(5, 0));
    write("cifar/batches.meta.txt", "airplane");
    const dataset = await load("cifar", { validation: { source: "cifar/test_batch.bin" } });
    expect(dataset.table.shape).toEqual([32, 32, 3]);
    expect([...classes(dataset)!.labels]).toEqual([1, 3, 2]);
    expect(dataset.validation!.rows).toBe(1);
    expect(dataset.notes.join()).toContain("test_batch.bin");
    expect((await load("cifar", {}, 1)).table.stored).toBeDefined();
  });
});
