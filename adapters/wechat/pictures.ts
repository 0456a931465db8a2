import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { LoginStore } from "../../bot/ports.ts";
import { within } from "./within.ts";

/** The biggest picture that is taken, in bytes: phones make photos for chats much smaller. */
export const MOST_PICTURE = 5 * 1_024 * 1_024;

/** For how long a picture waits for words about it. */
const WAIT_MS = 5 * 60_000;

/** Pictures that wait for words, of all rooms together. */
const MOST_WAITING = 500;

/** How long a puppet may take to hand over a picture. */
const FETCH_MS = 20_000;

/** What a quote of a picture says instead of it. */
const QUOTED = /^\s*\[(?:图片|圖片|照片|相片|photo|picture|image)\]\s*$/i;

/** What the first bytes of a picture say that it is. */
const KINDS: readonly (readonly [ending: string, begins: RegExp])[] = [
  ["jpg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG/],
  ["gif", /^GIF8/],
  ["webp", /^RIFF[\s\S]{4}WEBP/],
];

/** A picture as a puppet hands it over. */
export interface PictureFile {
  readonly size?: number;
  toStream(): Promise<Readable>;
}

/** Somebody has shown a picture. Ids are those of the login. */
interface Shown {
  /** A room, or a private chat. */
  readonly chat: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: number;
  take(): Promise<Taken>;
}

/** A picture that was taken, under a name by which it is found again; or why it was not. */
export type Taken = { readonly photo: string } | { readonly failed: "too-big" | "unread" };

/**
 * Pictures that people show. WeChat sends them apart from words and by no name that lasts: so the last of each room are
 * remembered, and one is fetched and kept when its sender writes something that may be about it, or somebody quotes it.
 */
export class Pictures {
  private readonly store: Pick<LoginStore, "keepPicture" | "picture">;
  private readonly now: () => Date;
  private waiting: Shown[] = [];

  constructor(store: Pick<LoginStore, "keepPicture" | "picture">, now: () => Date) {
    this.store = store;
    this.now = now;
  }

  /** A login: what the one before has shown cannot be fetched any more. */
  loggedIn(): void {
    this.waiting = [];
  }

  shown(picture: Omit<Shown, "at">): void {
    const at = this.now().getTime();
    this.waiting = [...this.waiting, { ...picture, at }].slice(-MOST_WAITING);
  }

  /**
   * The picture that words are about, fetched: the one that they quote, else what their speaker has shown just before.
   *
   * @param quote  what they quote, and whose it is
   */
  async of(
    chat: string,
    by: string,
    quote?: { readonly name: string; readonly text: string },
  ): Promise<Taken | undefined> {
    const now = this.now().getTime();
    const meant = this.waiting.findLast((shown) => {
      if (shown.chat !== chat) return false;
      if (quote) return QUOTED.test(quote.text) && shown.by.name === quote.name;
      return shown.by.id === by && now - shown.at <= WAIT_MS;
    });
    if (!meant) return undefined;
    if (!quote) this.waiting = this.waiting.filter((shown) => shown !== meant);
    return meant.take();
  }

  /** Fetches a picture and keeps it. */
  async take(fetch: () => Promise<PictureFile>): Promise<Taken> {
    const data = await within(FETCH_MS, read(fetch)).catch(() => undefined);
    if (data === "too-big") return { failed: data };
    if (!data || endingOf(data) === undefined) return { failed: "unread" };
    const photo = randomUUID();
    const isKept = await this.store.keepPicture(photo, data).then(
      () => true,
      () => false,
    );
    return isKept ? { photo } : { failed: "unread" };
  }

  /** A picture that was kept, as a file. */
  async find(photo: string): Promise<{ readonly name: string; readonly data: Uint8Array } | undefined> {
    const data = await this.store.picture(photo);
    return data && { name: `picture.${endingOf(data) ?? "jpg"}`, data };
  }
}

async function read(fetch: () => Promise<PictureFile>): Promise<Buffer | "too-big"> {
  const file = await fetch();
  if ((file.size ?? 0) > MOST_PICTURE) return "too-big";
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of await file.toStream()) {
    size += (part as Buffer).length;
    if (size > MOST_PICTURE) return "too-big"; // which ends the stream
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function endingOf(data: Uint8Array): string | undefined {
  const begin = Buffer.from(data.subarray(0, 16)).toString("latin1");
  return KINDS.find(([, begins]) => begins.test(begin))?.[0];
}
