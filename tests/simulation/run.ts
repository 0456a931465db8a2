import { playBuys } from "./play.ts";

// node run.js <seed> <buys>: plays them, and prints what they came to as JSON. A process of its own for each core.
const [seed, buys] = process.argv.slice(2).map(Number);
const { faults, deeds, ...played } = await playBuys(seed ?? 1, buys ?? 100);
console.log(JSON.stringify({ ...played, faults: [...faults], deeds: [...deeds] }));
