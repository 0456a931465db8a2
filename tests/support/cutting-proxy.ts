import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between a client and PostgreSQL, and cuts the connection when a commit is done and its reply on the way. */
export interface CuttingProxy {
  /** The database's URL through here. */
  readonly url: string;
  /** Replies to commits that were lost so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** @param isCut  asked at each commit */
export async function startCuttingProxy(databaseUrl: string, isCut: () => boolean): Promise<CuttingProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    let isDoomed = false;
    let held = Buffer.alloc(0);
    client.on("data", (sent) => {
      // The text of a query ends with NUL. @source PostgreSQL manual, message formats
      if (sent.includes("COMMIT\0") && isCut()) isDoomed = true;
      database.write(sent);
    });
    database.on("data", (reply) => {
      held = Buffer.concat([held, reply]);
      if (isDoomed && held.includes("COMMIT\0")) {
        cuts += 1;
        client.destroy();
        database.destroy();
        return;
      }
      // What came before the commit in one piece with it is answered first; one that failed is answered with a rollback.
      if (isDoomed && !held.includes("ROLLBACK\0")) return;
      isDoomed = false;
      client.write(held);
      held = Buffer.alloc(0);
    });
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get cuts() {
      return cuts;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
