import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import type { Said, Sheet, Visitor } from "../../../bot/board/ports.ts";
import { wordsOf } from "../../../bot/replies/replies.ts";
import { isEnough } from "../../../bot/rights.ts";
import { type Pace, paced } from "../guard.ts";
import { DEEDS } from "./deeds.ts";
import { backOf, type Fields, fieldsOf, idOf, keyOf, tickOf } from "./fields.ts";
import { headed, languageOf, ownOriginOnly, refuse, sessionPaces } from "./guard.ts";
import type { BoardSettings } from "./index.ts";
import { formToken, isOwnForm, type SessionCookie, sessionCookie } from "./session.ts";
import { type Html, LEADERS_TABS, note, TABS, type Tab, type View } from "./view.ts";
import { answerPage } from "./view-answer.ts";
import { buysPage, linkPage } from "./view-buys.ts";
import { filesPage } from "./view-files.ts";
import { goodsPage } from "./view-goods.ts";
import { moneyPage } from "./view-money.ts";
import { ordersPage } from "./view-orders.ts";
import { LAYOUTS, packPage } from "./view-pack.ts";
import { pickupPage } from "./view-pickup.ts";
import { problemsPage } from "./view-problems.ts";
import { boardWordsOf } from "./words.ts";

/** A pasted chain is the longest thing that anybody sends: 20,000 characters, nine bytes each where a form carries them. */
const MOST_BODY_BYTES = 192 * 1024;

/** Links that are tried: nobody guesses one, and nobody shall keep the database busy with it. */
const ENTER_PACE: Pace = { burst: 30, perSecond: 1 };

const SECRET = /^[\w-]{43}$/;

/** What every page asks for. */
export interface PageFiles {
  readonly style: string;
  readonly script: string;
  readonly icon: string;
}

interface RouteParts extends BoardSettings {
  readonly files: () => Promise<PageFiles>;
  readonly newKey: () => string;
}

/** Somebody who is in, and the secret of their session. */
interface Entered {
  readonly visitor: Visitor;
  readonly secret: string;
}

/** The pages of a buy. */
const PAGES: Readonly<Record<Tab, (view: View, sheet: Sheet, c: Context) => Html>> = {
  orders: ordersPage,
  goods: goodsPage,
  pack: (view, sheet, c) => packPage(view, sheet, LAYOUTS.find((each) => each === c.req.query("by")) ?? "person"),
  pickup: pickupPage,
  money: moneyPage,
  problems: problemsPage,
  files: filesPage,
};

/** Every route of the board, as a site of its own. Whoever is not in sees the way in and nothing else. */
export function boardRoutes(parts: RouteParts): Hono {
  const site = new Hono();
  const { board, log, files, newKey } = parts;
  const url = () => (typeof parts.url === "string" ? parts.url : parts.url());
  const cookie = (): SessionCookie => sessionCookie(url());
  const paceOf = sessionPaces(parts.clock);

  for (const path of ["/board", "/board/*"]) site.use(path, headed(url), ownOriginOnly(url, parts.port));
  site.use("/board/*", bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuse(c, 413, "wrongForm") }));
  site.get("/board/style.css", async (c) =>
    c.body((await files()).style, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  site.get("/board/board.js", async (c) =>
    c.body((await files()).script, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );

  site.get("/board/icon.svg", async (c) => c.body((await files()).icon, 200, { "content-type": "image/svg+xml" }));

  // The link shows a button and is not used up by being looked at: chats look at every link for its preview.
  site.get("/board/enter/:link", (c) => {
    const language = languageOf(c);
    const words = boardWordsOf(language);
    const action = `/board/enter/${encodeURIComponent(c.req.param("link"))}`;
    return c.html(note(language, words.enterHead, words.enterText, button(action, words.enterButton)));
  });
  site.post("/board/enter/:link", paced(ENTER_PACE, parts.clock), async (c) => {
    const link = c.req.param("link");
    const secret = SECRET.test(link) ? await board.enter(link) : undefined;
    if (secret === undefined) return refuse(c, 410, "enterGone");
    const former = cookie().read(c);
    if (former) await board.leave(former);
    cookie().write(c, secret);
    return c.redirect("/board", 303);
  });

  /** Lets those in who have a session and may still look; what they do is up to `act`. */
  const entered = (act: (c: Context, entered: Entered) => Promise<Response>) => async (c: Context) => {
    const secret = cookie().read(c);
    if (!secret || !SECRET.test(secret)) return refuse(c, 401, "notIn");
    const againIn = await paceOf(c, secret);
    if (againIn !== undefined) {
      c.header("retry-after", againIn);
      return refuse(c, 429, "tooFast");
    }
    const visitor = await board.visitor(secret);
    return visitor ? act(c, { visitor, secret }) : refuse(c, 401, "notIn");
  };
  /** The same for a form: it must be of this session. */
  const posted = (act: (c: Context, entered: Entered, fields: Fields) => Promise<Response>) =>
    entered(async (c, who) => {
      const fields = await fieldsOf(c);
      if (!fields || !isOwnForm(who.secret, fields["token"] ?? ""))
        return refuse(c, 403, "wrongForm", who.visitor.language);
      return act(c, who, fields);
    });
  const viewOf = ({ visitor, secret }: Entered, here: string): View => ({
    ...{ visitor, newKey, here, token: formToken(secret) },
    words: boardWordsOf(visitor.language),
    said: wordsOf(visitor.language),
  });
  const sheetOf = async (c: Context, { visitor }: Entered) => {
    const id = idOf(c.req.param("id"));
    return id === undefined ? undefined : board.sheet(visitor, id);
  };

  site.get(
    "/board",
    entered(async (c, who) => pageOf(c, buysPage(viewOf(who, "/board"), await board.buys(who.visitor)))),
  );
  site.get(
    "/board/buys/:id/:tab",
    entered(async (c, who) => {
      const tab = TABS.find((each) => each === c.req.param("tab"));
      const isShut = tab !== undefined && who.visitor.who !== "leader" && LEADERS_TABS.includes(tab);
      const sheet = tab && !isShut ? await sheetOf(c, who) : undefined;
      return tab && sheet
        ? pageOf(c, PAGES[tab](viewOf(who, c.req.path), sheet, c))
        : refuse(c, 404, "notFound", who.visitor.language);
    }),
  );

  site.post(
    "/board/buys/:id/do",
    posted(async (c, who, fields) => {
      const sheet = await sheetOf(c, who);
      const what = fields["what"] ?? "";
      const deed = Object.hasOwn(DEEDS, what) ? DEEDS[what] : undefined;
      if (!sheet || !deed || !isEnough(who.visitor.who, deed.who))
        return refuse(c, 404, "notFound", who.visitor.language);
      const said = await deed.run(board, { visitor: who.visitor, sheet, key: keyOf(fields), fields });
      return answer(c, viewOf(who, backOf(fields, sheet.buy.id)), said, sheet.buy.id);
    }),
  );
  site.post(
    "/board/press",
    posted(async (c, who, fields) => {
      const buy = idOf(fields["buy"]);
      const said = await board.press(
        who.visitor,
        keyOf(fields),
        fields["data"] ?? "",
        buy === undefined ? {} : { buy },
      );
      return answer(c, viewOf(who, backOf(fields)), said, buy);
    }),
  );
  site.post(
    "/board/buys/:id/tick",
    posted(async (c, who, fields) => {
      const id = idOf(c.req.param("id"));
      const tick = tickOf(fields);
      const isDone = id && tick && (await board.tick(who.visitor, id, tick, fields["on"] === "1"));
      if (c.req.header("accept") === "application/json") return c.json({ ok: isDone === true }, isDone ? 200 : 409);
      return isDone ? c.redirect(backOf(fields, id), 303) : refuse(c, 409, "wrongForm", who.visitor.language);
    }),
  );
  site.post(
    "/board/link",
    posted(async (c, who) => {
      const link = await board.link(who.visitor);
      return link
        ? c.html(await linkPage(viewOf(who, "/board"), link))
        : refuse(c, 404, "notFound", who.visitor.language);
    }),
  );
  site.post(
    "/board/leave",
    posted(async (c, { visitor, secret }, fields) => {
      await (fields["from"] === "everywhere" ? board.leaveEverywhere(visitor) : board.leave(secret));
      cookie().clear(c);
      const words = boardWordsOf(visitor.language);
      return c.html(note(visitor.language, words.board, words.left));
    }),
  );

  site.all("/board/*", (c) => refuse(c, 404, "notFound"));
  site.onError((fault, c) => {
    log.error({ fault: fault.name, route: c.req.routePath }, "a page of the board failed");
    return refuse(c, 503, "broken");
  });
  return site;
}

function button(action: string, label: string): Html {
  return html`<form method="post" action="${action}"><button>${label}</button></form>`;
}

/** A page, or only that it shows what it showed before: phones ask again and again. The keys of its forms are new each time. */
async function pageOf(c: Context, page: Html): Promise<Response> {
  const text = String(await page);
  const shown = text.replace(/name="key" value="[^"]*"/g, "");
  const tag = `"${createHash("sha256").update(shown).digest("base64url")}"`;
  if (c.req.header("if-none-match") === tag) return c.body(null, 304, { etag: tag });
  return c.html(text, 200, { etag: tag });
}

async function answer(c: Context, view: View, said: Said, buy?: string): Promise<Response> {
  const [file] = said.documents;
  if (!file) return c.html(await answerPage(view, said, buy));
  return c.body(Uint8Array.from(file.data), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
}
