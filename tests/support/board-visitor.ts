import { expect } from "vitest";
import type { FakePerson } from "./fake-chat.ts";

/** Where leaders reach the board in tests; it listens elsewhere, as behind a proxy. */
export const BOARD_URL = "https://board.example.org";

/** Settings of a Plusone with a board of its own. */
export const BOARD_SETTINGS = { PLUSONE_BOARD_URL: BOARD_URL, PLUSONE_BOARD_LISTEN: "127.0.0.1:0" };

/** A browser without scripts: it keeps a cookie, and sends forms as they stand in a page. */
export class BoardVisitor {
  /** Where the board listens. */
  readonly #base: string;
  /** Whose pages it shows, as far as it knows. */
  readonly #origin: string;
  cookie = "";

  constructor(base: string, origin = BOARD_URL) {
    this.#base = base;
    this.#origin = origin;
  }

  /** Asks for a link in the chat and follows it. */
  static async of(person: FakePerson, base: string): Promise<BoardVisitor> {
    const visitor = new BoardVisitor(base);
    expect((await visitor.enter(await linkOf(person))).status).toBe(303);
    return visitor;
  }

  /** Presses the button of the page that a link opens. */
  async enter(link: string): Promise<Response> {
    const answer = await this.send(link, {});
    this.cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? this.cookie;
    return answer;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#base + path, { headers: { cookie: this.cookie, ...headers }, redirect: "manual" });
  }

  async page(path: string): Promise<string> {
    const answer = await this.get(path);
    expect(answer.status, path).toBe(200);
    return answer.text();
  }

  async send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#base + path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { cookie: this.cookie, origin: this.#origin, ...headers },
      redirect: "manual",
    });
  }

  /** Sends the form of a page whose button says this, with what was filled in. */
  async press(page: string, label: RegExp, filled: Record<string, string> = {}): Promise<Response> {
    const { action, fields } = formOf(page, label);
    return this.send(action, { ...fields, ...filled });
  }
}

/** The name of the field of a page that is for this. */
export function fieldOf(page: string, label: string): string {
  const field = (page.match(/<(?:input|textarea)[^>]*>/g) ?? []).find((each) =>
    plain(each).includes(`aria-label="${label}"`),
  );
  expect(field, `a field for ${label}`).toBeDefined();
  return plain(/name="([^"]*)"/.exec(field!)![1]!);
}

/** The path of the link that somebody is given in the chat. */
export async function linkOf(person: FakePerson, host = /board\.example\.org/): Promise<string> {
  await person.says("/board");
  const { text } = await person.hears(host);
  return new URL(/https?:\S+/.exec(text)![0]).pathname;
}

/** A form as it stands in a page: the first with such a button. */
export function formOf(page: string, label: RegExp): { action: string; fields: Record<string, string> } {
  const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((each) => (each.match(/<button[\s\S]*?<\/button>/g) ?? []).some((text) => label.test(text)));
  expect(form, `a form with ${label}`).toBeDefined();
  const inputs = form!.matchAll(/<(?:input type="hidden"|button) name="([^"]*)" value="([^"]*)"/g);
  const fields = [...inputs].map(([, name = "", value = ""]) => [name, plain(value)]);
  return { action: plain(/action="([^"]*)"/.exec(form!)![1]!), fields: Object.fromEntries(fields) };
}

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
