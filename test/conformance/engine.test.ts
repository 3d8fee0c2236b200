/** Our engine on each of its runtimes keeps to what every engine keeps to. */
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { interpreter } from "../../src/engine/interpreter.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { engineConforms } from "./engine.ts";

engineConforms("onnxruntime", graphEngine(onnxRuntime(1)));
engineConforms("the interpreter", graphEngine(interpreter));
