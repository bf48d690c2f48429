// Runs a program that was built for WebAssembly and prints what it printed: node run.mjs PROGRAM.wasm
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const { run, output, output_len, memory } = instance.exports;
const right = run();
process.stdout.write(Buffer.from(memory.buffer, output(), output_len()));
process.exit(right ? 0 : 1);
