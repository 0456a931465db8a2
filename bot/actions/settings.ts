import { isZone } from "../../core/time/zone.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { quoted, say, wordsOf } from "../replies/replies.ts";
import type { Community, CommunityChange, Language, Place } from "../store.ts";
import { askAgain, type Choice, choiceButtons, undoing } from "./choices.ts";

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/^(en|english|英文|英语|英語)$/i, "en"],
  [/^(zh-hans|简体|简体中文|中文|chinese|simplified)$/i, "zh-hans"],
  [/^(zh-hant|繁體|繁体|繁體中文|traditional)$/i, "zh-hant"],
];

const LANGUAGE_NAMES = LANGUAGES.map(([, language]) => language);

const OFF = /^(off|no|none|0|关|關|不要)$/i;

/** How each setting reads what is written behind its name; undefined for what is none. */
const SETTINGS: readonly {
  /** As it is shown, and offered where it has values to offer. */
  readonly called: string;
  readonly name: RegExp;
  readonly read: (value: string) => CommunityChange | undefined;
  /** Values that are offered where one could not be read. */
  readonly values?: readonly string[];
}[] = [
  { called: "language", name: /^(language|语言|語言)$/i, read: readLanguage, values: LANGUAGE_NAMES },
  { called: "zone", name: /^(zone|timezone|时区|時區)$/i, read: (zone) => (isZone(zone) ? { zone } : undefined) },
  {
    called: "currency",
    name: /^(currency|货币|貨幣|币种|幣種)$/i,
    read: readCurrency,
    values: ["SGD", "CNY", "HKD", "TWD", "MYR", "USD", "EUR", "GBP"],
  },
  { called: "quiet", name: /^(quiet|免打扰|免打擾|静音|靜音)$/i, read: readQuiet, values: ["22:00-07:00", "off"] },
  {
    called: "lastcall",
    name: /^(lastcall|最后提醒|最後提醒|催单|催單)$/i,
    read: readLastCall,
    values: ["10", "30", "off"],
  },
  { called: "payments", name: /^(payments?|付款提醒|催款)$/i, read: readPayments, values: ["on", "off"] },
];

/** `/settings`: shows the community's settings; with a name and a value, changes one. */
export async function changeSettings(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const { community } = doer.place;
  const [, name = "", value = ""] = /^(\S{1,20})\s{1,10}(.{1,60})$/su.exec(text) ?? [];
  const change = SETTINGS.find((setting) => setting.name.test(name))?.read(value.trim());
  const words = wordsOf(doer.language);
  if (text && !change) {
    const setting = SETTINGS.find((each) => each.name.test(name || text));
    const unread = setting && name === "" ? [] : [say(words.settingUnknown, { text: quoted(text) })];
    const values = (setting?.values ?? []).map((each) => ({ label: each, rest: [name || text, each] }));
    return whisper(parts, doer, {
      text: [...unread, ...shown(community, doer, command)].join("\n"),
      ...choiceButtons(doer, values.length > 0 ? values : settingChoices()),
    });
  }
  if (!change) {
    const text = shown(community, doer, command).join("\n");
    return whisper(parts, doer, { text, ...choiceButtons(doer, settingChoices()) });
  }
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    await tx.setCommunity(community.id, change);
    if (change.language) await tx.setChatLanguage(doer.place, change.language);
    const [actor, source] = [doer.person.id, sourceOf(doer)];
    const before = Object.fromEntries(
      Object.keys(change).map((key) => [key, community[key as keyof Community] ?? null]),
    );
    await tx.audit({ community: community.id, actor, verb: "settings-changed", source, before, after: { ...change } });
  });
  if (change.language) await showMenu(parts, doer.place, change.language);
  const { quiet, ...rest } = { ...community, ...change };
  const changed: Community = { ...rest, ...(quiet && { quiet }) };
  const done = [words.settingChanged, ...shown(changed, doer, command)].join("\n");
  whisper(parts, doer, { text: done, ...choiceButtons(doer, [undoing(doer)]) });
}

/** The settings of which values are offered then. */
function settingChoices(): readonly Choice[] {
  return SETTINGS.flatMap(({ called, values }) => (values ? [{ label: called, rest: [called] }] : []));
}

/** `/settings me zh-hant`: the language in which somebody wants to be written to, in all their chats; `auto` as they write. */
export async function setOwnLanguage(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const value = text
    .replace(/^(me|我)(?!\S)/iu, "")
    .replace(/^\s*(language|语言|語言)\s/iu, "")
    .trim();
  const language = readLanguage(value)?.language;
  const { platform } = doer.place;
  if (!language && !/^(auto|自动|自動)$/i.test(value)) {
    const how = say(wordsOf(doer.language).ownLanguage, { command });
    const choices = [...LANGUAGE_NAMES, "auto"].map((each) => ({ label: each, rest: ["me", each] }));
    return askAgain(parts, doer, how, { choices, said: value });
  }
  await parts.store.change((tx) => tx.setPersonLanguage(platform, doer.person.externalId, language));
  whisper(parts, doer, { text: wordsOf(language ?? doer.language).settingChanged });
}

/** The chat's menu of commands follows its language. One that does not is a nuisance, no loss. */
export async function showMenu({ adapters, log }: Parts, place: Place, language: Language): Promise<void> {
  await adapters
    .get(place.platform)
    ?.showMenu?.(place.externalChat, language)
    .catch((fault: unknown) => {
      log.warn({ chat: place.chat, err: fault }, "the menu of commands was not changed");
    });
}

function shown(
  { language, zone, currency, quiet, lastCallMinutes, remindPayment }: Community,
  doer: Doer,
  command: string,
) {
  const words = wordsOf(doer.language);
  const { off, on } = words;
  const hours = quiet ? `${clock(quiet.from)}-${clock(quiet.until)}` : off;
  return [
    say(words.settings, { command }),
    `• language ${language}`,
    `• zone ${zone}`,
    `• currency ${currency}`,
    `• quiet ${hours} ${words.settingNotes.quiet}`,
    `• lastcall ${lastCallMinutes || off} ${words.settingNotes.lastcall}`,
    `• payments ${remindPayment ? on : off} ${words.settingNotes.payments}`,
  ];
}

function readLanguage(value: string): CommunityChange | undefined {
  const language = LANGUAGES.find(([pattern]) => pattern.test(value))?.[1];
  return language && { language };
}

/** Only currencies that exist: the runtime knows them. */
function readCurrency(value: string): CommunityChange | undefined {
  const currency = value.toUpperCase();
  return Intl.supportedValuesOf("currency").includes(currency) ? { currency } : undefined;
}

function readQuiet(value: string): CommunityChange | undefined {
  if (OFF.test(value)) return { quiet: null };
  const match = /^(\d{1,2})(?:[:：](\d{2}))?\s?[-–~到至]\s?(\d{1,2})(?:[:：](\d{2}))?$/.exec(value);
  if (!match) return undefined;
  const [, fromHour, fromMinute = 0, untilHour, untilMinute = 0] = match;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const until = (Number(untilHour) * 60 + Number(untilMinute)) % 1440;
  const isClock = from < 1440 && Number(fromMinute) < 60 && Number(untilMinute) < 60 && Number(untilHour) <= 24;
  return isClock && from !== until ? { quiet: { from, until } } : undefined;
}

function readLastCall(value: string): CommunityChange | undefined {
  if (OFF.test(value)) return { lastCallMinutes: 0 };
  const match = /^(\d{1,4})\s?(?:m|min|mins|minutes|分|分钟|分鐘)?$/i.exec(value);
  const minutes = Number(match?.[1]);
  return match && minutes <= 10_080 ? { lastCallMinutes: minutes } : undefined;
}

function readPayments(value: string): CommunityChange | undefined {
  if (OFF.test(value)) return { remindPayment: false };
  return /^(on|yes|开|開)$/i.test(value) ? { remindPayment: true } : undefined;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
