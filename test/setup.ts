/** Before every test file: drawn examples are the same in every run, so that a failure comes back. */
import fc from "fast-check";

fc.configureGlobal({ seed: 20_261_123 });
