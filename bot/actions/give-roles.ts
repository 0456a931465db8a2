import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import { isEnough } from "../rights.ts";
import type { Asked, ChangeTx, Member, Person } from "../store.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { OFFER_MS, takeOffer } from "./confirm.ts";
import { personNamed } from "./person-named.ts";
import { tellPerson } from "./tell-person.ts";

type Role = Person["role"];

/** Which role is given, by the word in front of the name. */
const GIVEN: readonly (readonly [Exclude<Role, "owner">, RegExp])[] = [
  ["resident", /^(?:remove|off|移除|撤销|撤銷|取消)(?:[\s:：]+|$)/iu],
  ["helper", /^(?:helper|帮手|幫手|助手)(?:[\s:：]+|$)/iu],
  ["leader", /^(?:add|leader|添加|增加|加)(?:[\s:：]+|$)/iu],
];

/**
 * `/leader`: who leads here. With a name, or in reply to somebody: asks them to lead; `helper` makes them a helper,
 * `remove` takes away what they are.
 */
export async function giveRole(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const [role, pattern] = GIVEN.find(([, word]) => word.test(rest)) ?? (["leader", /^/] as const);
  const name = rest.replace(pattern, "").trim();
  if (rest === "" && !doer.repliedTo && !doer.about?.person) return showRoles(parts, doer, command);
  const member = await personNamed(parts, doer, name);
  if (!member) return;
  const said =
    role === "leader" ? await offerLead(parts, doer, member) : await setRole(parts, doer, member, role, command);
  if (said) whisper(parts, doer, said);
  parts.wake();
}

async function showRoles(parts: Parts, doer: Doer, command: string): Promise<void> {
  const words = wordsOf(doer.language);
  const known = await parts.store.look((tx) => tx.rolesOf(doer.place.community.id));
  const row = (role: Role) => {
    const names = known.filter((each) => each.role === role).map(({ name }) => name);
    return names.length > 0 ? [`${words.roleNames[role]}${words.colon}${names.join(words.comma)}`] : [];
  };
  const isListed = parts.adapters.get(doer.place.platform)?.capabilities.adminList;
  const text = [
    ...row("owner"),
    ...row("leader"),
    ...row("helper"),
    ...(isListed ? [words.roles.administrators] : []),
    "",
    say(words.roles.how, { command }),
  ];
  whisper(parts, doer, { text: text.join("\n") });
}

/** Leading is work: nobody gets it who has not said yes. */
async function offerLead(parts: Parts, doer: Doer, { id, name }: Member): Promise<string | undefined> {
  const { community, chat } = doer.place;
  const words = wordsOf(doer.language);
  return parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (isEnough(roleIn(await tx.rolesOf(community.id), id), "leader")) return say(words.roles.leadsAlready, { name });
    const own = wordsOf(community.language);
    const question = parts.clock.newId();
    const data = { by: doer.person.id };
    const expiresAt = new Date(doer.at.getTime() + OFFER_MS);
    await tx.ask(community.id, chat, id, { id: question, kind: "lead", data, askedAt: doer.at, expiresAt });
    await tellPerson(parts, tx, doer, id, "role", {
      text: say(own.roles.offer, { name, by: doer.person.name, community: community.name }),
      buttons: [
        [
          { label: own.roles.yes, data: `yes:${question}`, words: own.sayYes },
          { label: own.roles.no, data: `no:${question}`, words: own.sayNo },
        ],
      ],
    });
    return say(words.roles.asked, { name });
  });
}

/** They want to: from now on they lead. */
export async function acceptLead(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { by } = asked.data as { readonly by: string };
  const words = wordsOf(doer.language);
  const said = await takeOffer(parts, doer, asked, async (tx) => {
    const { community } = doer.place;
    const before = roleIn(await tx.lockRoles(community.id), doer.person.id);
    if (!isEnough(before, "leader")) await change(tx, doer, { id: doer.person.id, before, after: "leader" }, by);
    const own = wordsOf(community.language);
    const text = say(own.roles.accepted, { name: doer.person.name });
    await tellPerson(parts, tx, doer, by, "role", { text });
    return words.roles.told.leader;
  });
  if (said) whisper(parts, doer, { text: said });
  parts.wake();
}

/** A helper is made at once, and a role is taken away at once; the person is told. */
async function setRole(
  parts: Parts,
  doer: Doer,
  { id, name }: Member,
  after: "helper" | "resident",
  command: string,
): Promise<string | Content | undefined> {
  const { community } = doer.place;
  const words = wordsOf(doer.language);
  return parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const known = await tx.lockRoles(community.id);
    const before = roleIn(known, id);
    const refusal = refusalOf(known, { id, before, after }, doer, words, name);
    if (refusal) return refusal;
    await change(tx, doer, { id, before, after });
    const own = wordsOf(community.language);
    if (id !== doer.person.id) {
      await tellPerson(parts, tx, doer, id, "role", { text: `${name}${own.colon}${own.roles.told[after]}` });
    }
    const text = say(words.roles.done, { name, role: words.roleNames[after], command });
    return { text, ...choiceButtons(doer, [undoing(doer)]) };
  });
}

interface RoleChange {
  readonly id: string;
  readonly before: Role;
  readonly after: Role;
}

/** Who owns the community hands it over themselves; somebody must lead it. */
function refusalOf(
  known: readonly Member[],
  { id, before, after }: RoleChange,
  doer: Doer,
  words: Words,
  name: string,
): string | undefined {
  if (before === after && after === "helper") return say(words.roles.same, { name, role: words.roleNames[after] });
  if (before === "owner") return say(words.roles.owns, { name });
  if (isLastLeader(known, id) && !doer.anonymous) return words.roles.last;
  return undefined;
}

/** @param by  who gave it, where not the doer */
async function change(tx: ChangeTx, doer: Doer, { id, before, after }: RoleChange, by = doer.person.id): Promise<void> {
  const { community } = doer.place;
  await tx.grantRole(community.id, id, after, by);
  await tx.audit({
    ...{ community: community.id, actor: by, verb: "role-given", source: sourceOf(doer) },
    ...{ before: { role: before }, after: { person: id, role: after } },
  });
}

/** Whether nobody would be left who leads. */
export function isLastLeader(known: readonly Member[], person: string): boolean {
  const leading = known.filter(({ role }) => isEnough(role, "leader"));
  return leading.length === 1 && leading[0]!.id === person;
}

/** What somebody is, by the list of those who are something. */
export function roleIn(known: readonly Member[], person: string): Role {
  return known.find(({ id }) => id === person)?.role ?? "resident";
}
