/** Our engine on each of its runtimes keeps to what every engine keeps to. */
import { describe } from "vitest";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { interpreter } from "../../src/engine/interpreter.ts";
import { portable } from "../../src/engine/node/binding.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { portableInstalled } from "../engine/installed.ts";
import { engineConforms } from "./engine.ts";

engineConforms("onnxruntime", graphEngine(onnxRuntime(1)));
describe.skipIf(!portableInstalled)("WebAssembly", () => {
  engineConforms("onnxruntime-web", graphEngine(onnxRuntime(1, portable)));
});
engineConforms("the interpreter", graphEngine(interpreter));
