/** Whether what may be missing is installed. */
import { createRequire } from "node:module";

export const portableInstalled = (() => {
  try {
    return createRequire(import.meta.url).resolve("onnxruntime-web") !== "";
  } catch {
    console.warn("onnxruntime-web is not installed: what it computes is not tested");
    return false;
  }
})();
