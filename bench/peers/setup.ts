/** Installs what the engine is compared with into this folder: TensorFlow.js (96 MB), and in a .venv (from PyPI, 5 GB on Linux) PyTorch, Keras and what their programs need. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const run = (command: string, ...given: string[]) => {
  process.stdout.write(`${command} ${given.join(" ")}\n`);
  execFileSync(command, given, { cwd: import.meta.dirname, stdio: "inherit" });
};

run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
if (!existsSync(`${import.meta.dirname}/.venv`)) run("python3", "-m", "venv", ".venv");
run(
  ".venv/bin/pip",
  "install",
  "--quiet",
  "numpy",
  "torch==2.15.0",
  "torchvision",
  "keras",
  "pandas",
  "scikit-learn",
  "onnx",
  "safetensors",
);
