import { createBoardDoor, LINK_MS } from "../board/door.ts";
import type { Io } from "../cli.ts";
import { type Config, readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { createLog } from "../log.ts";
import { openStore } from "../main/database.ts";
import type { Buy, Store } from "../store.ts";
import { buysOf, choicesText } from "./buys.ts";

const USAGE = "plusone board [BUY]: BUY is the buy's number or id; a link for who leads it.";

/**
 * `plusone board`: a link to the board for whoever leads a buy, where the chat cannot give it to them alone (a WeChat room,
 * for those who are no friends of the account); while Plusone goes on running.
 */
export async function run(argv: readonly string[], { stdout }: Io): Promise<number> {
  const config = readConfig(process.env);
  const address = addressOf(config);
  if (argv.length > 1) throw fault(`"${argv.join(" ")}" is not understood.`, USAGE);
  const { store, boards, close } = await openStore(config, createLog({ level: "error" }));
  try {
    const buy = await findBuy(store, argv[0]);
    const name = (await store.namesOf(buy.community, [buy.leader])).get(buy.leader) ?? "?";
    const chat = await boards.chatOf(buy, buy.leader);
    const place = chat && (await store.placeOf(buy.community, chat));
    if (!place) throw fault(`${name} is in none of the chats of ${buy.terms.title}.`, `Name another buy. ${USAGE}`);
    const link = await createBoardDoor(boards, () => address).link(place, { id: buy.leader }, buy.language);
    const about = `${name}, ${place.community.name}`;
    stdout.write(
      `For ${about}. It opens once, within ${LINK_MS / 60_000} minutes, and whoever opens it acts as ${name}.\n${link}\n`,
    );
    return 0;
  } finally {
    await close();
  }
}

function addressOf(config: Config): string {
  if (config.board) return config.board.url;
  if (config.playground) return `http://127.0.0.1:${config.port}`;
  throw fault("The board has no address.", "Set PLUSONE_BOARD_URL, and start Plusone with it.");
}

/** The one that is named; without a name the newest, where all are of one community and one leader. */
async function findBuy(store: Store, which: string | undefined): Promise<Buy> {
  const found: Buy[] = [];
  for await (const buy of buysOf(store, which)) found.push(buy);
  const newest = found.toSorted((one, other) => other.no - one.no)[0];
  if (!newest)
    throw fault(`There is no buy${which === undefined ? "" : ` ${which}`}.`, "A leader opens one with /open.");
  if (found.every(({ community, leader }) => community === newest.community && leader === newest.leader)) return newest;
  throw fault(`There are several buys:\n${choicesText(found)}`, `Name one by its number or id. ${USAGE}`);
}

function fault(message: string, advice: string): PlusoneError {
  return new PlusoneError({ code: "board", message, advice });
}
