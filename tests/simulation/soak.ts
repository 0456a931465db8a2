import { World } from "./world.ts";

// node --expose-gc soak.js <seed> <weeks>: plays one week after the other in this process, and prints as JSON what it came
// to, and how many bytes were in use after each, when all that can be given back has been.
const [seed = 1, weeks = 2] = process.argv.slice(2).map(Number);

/** Eight chats, a buy a day in each. */
const BUYS = 8 * 7;

const [wrong, bytes]: [string[], number[]] = [[], []];
let [faults, deaths] = [0, 0];
for (let week = 0; week < weeks; week += 1) {
  const played = await new World(seed + week, BUYS).play();
  wrong.push(...played.wrong.map((words) => `week ${seed + week}: ${words}`));
  for (const times of played.faults.values()) faults += times;
  deaths += played.deaths;
  gc!();
  bytes.push(process.memoryUsage().heapUsed);
}
console.log(JSON.stringify({ wrong, bytes, faults, deaths }));
