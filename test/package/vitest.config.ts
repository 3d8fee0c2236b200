/** npm run test:package: packs, installs and runs the package; half a minute, and the npm registry. */
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  test: { include: ["test/package/*.install.ts"], testTimeout: 120_000, hookTimeout: 180_000, pool: "forks" },
});
