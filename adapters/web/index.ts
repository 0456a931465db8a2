import { join } from "node:path";
import type { Logger } from "pino";
import type { Board } from "../../bot/board/ports.ts";
import type { Adapter, Capabilities, Clock } from "../../bot/ports.ts";
import { loadAssets } from "./assets.ts";
import { type Delivery, startDelivery } from "./delivery.ts";
import { filesIn } from "./files.ts";
import type { Pace } from "./guard.ts";
import { type Live, openLive } from "./live.ts";
import type { OperatorSettings } from "./operator.ts";
import type { Person } from "./page/wire.ts";
import { PEOPLE } from "./people.ts";
import { openRoom, type Room } from "./room.ts";
import { sendingInto } from "./send.ts";
import { type Serving, serve } from "./server.ts";
import { createSite, type Health } from "./site.ts";
import { visitorOf } from "./visit.ts";

export type { Health } from "./site.ts";

/** What the playground is made of. */
export interface PlaygroundSettings {
  /** On 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** The data folder: the chat is kept in `playground.jsonl`. It exists. */
  readonly folder: string;
  readonly log: Logger;
  readonly clock: Pick<Clock, "now">;
  /** What `/healthz` answers; without it, that the server runs. */
  readonly health?: Health;
  /** Who is in the chat. The first leader has added the bot. */
  readonly people?: readonly Person[];
  /** The operator's pages; without it there are none. */
  readonly operator?: OperatorSettings | undefined;
  /** The leader's board; without it there is none. */
  readonly board?: Board | undefined;
  /** How fast visitors may write, press and so on. */
  readonly pace?: Pace;
  /** How long to wait before offering events again that the bot could not store. */
  readonly retryMs?: number;
}

/** The playground: a page with a group chat in which one visitor plays a leader and several residents. */
export interface Playground extends Adapter {
  /** Where the page is, once it has started. */
  readonly url: string;
}

const CAPABILITIES: Capabilities = {
  edit: true,
  react: true,
  buttons: true,
  pin: true,
  ephemeral: true,
  direct: false,
  recall: true,
  resends: true,
  adminList: true,
  files: true,
  maxText: 4096,
  editEveryMs: 250,
  graceMs: 300,
};

/** Nobody types as fast; a script that writes in a loop is slowed down. */
const PACE: Pace = { burst: 60, perSecond: 5 };

/** The playground, not started yet. */
export function createPlayground(settings: PlaygroundSettings): Playground {
  const { log, clock, people = PEOPLE, health = async () => ({ ok: true }), pace = PACE, retryMs = 1000 } = settings;
  const files = filesIn(join(settings.folder, "playground-files"));
  let running: { room: Room; live: Live; delivery: Delivery; serving: Serving } | undefined;

  return {
    platform: "web",
    capabilities: CAPABILITIES,
    ...sendingInto(() => running?.room, { capabilities: CAPABILITIES, clock, files }),

    get url() {
      return `http://127.0.0.1:${running?.serving.port ?? settings.port}`;
    },

    async start(deliver) {
      const assets = await loadAssets();
      const room = await openRoom({ folder: settings.folder, people, maxText: CAPABILITIES.maxText, clock });
      await files.keepOnly(new Set([...room.chat.messages.values()].flatMap(({ file }) => file?.key ?? [])));
      const live = openLive(room);
      const site = createSite({
        ...{ assets, live, health, pace, clock, log, operator: settings.operator, board: settings.board },
        visit: visitorOf(room, { maxText: CAPABILITIES.maxText, clock }),
        fileOf: async (key) => {
          const file = [...room.chat.messages.values()].find((message) => message.file?.key === key)?.file;
          const data = file && (await files.get(key));
          return data && { ...file, data };
        },
        knows: (person) => room.person(person) !== undefined,
        kept: () => running?.delivery.nudge(),
        port: () => running?.serving.port ?? settings.port,
      });
      const serving = await serve(site, settings.port).catch(async (fault: unknown) => {
        await room.close();
        throw fault;
      });
      running = { room, live, serving, delivery: startDelivery(room, { deliver, people, log, retryMs }) };
      log.info({ port: serving.port }, "playground started");
    },

    async stop() {
      if (!running) return;
      const { room, live, delivery, serving } = running;
      await delivery.stop();
      live.closeAll();
      await serving.stop();
      running = undefined;
      await room.close();
      log.info("playground stopped");
    },
  };
}
