import { randomUUID } from "node:crypto";
import { FileBox } from "file-box";
import { mock, PuppetMock } from "wechaty-puppet-mock";
import type { Puppet } from "../../../adapters/wechat/puppet.ts";

/** How the next message of ours goes wrong: nothing was sent; it was sent and nobody says so; nobody knows. */
export type Fault = "unreachable" | "reply-lost" | "broken" | "no-files";

/** A message as somebody sees it. */
export interface Seen {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly mentions: readonly string[];
}

export type Contact = mock.ContactMock;
export type Room = mock.RoomMock;

const IMAGE = 6;
const RECALLED = 13;

/**
 * WeChat's servers, as far as the account sees them: people, rooms, and what was said. Real wechaty plays on it through
 * puppets made by `open`, one for each login.
 */
export class FakeWeChat {
  readonly mocker = new mock.Mocker();
  readonly self: Contact;
  readonly said: Seen[] = [];
  /** What our account has sent beside words. */
  readonly files: { readonly to: string; readonly name: string; readonly data: Buffer }[] = [];
  /** By message: what people have shown. */
  readonly pictures = new Map<string, Uint8Array>();
  /** Group nicknames: "room:person" → name. */
  readonly nicknames = new Map<string, string>();
  /** Puppets of the web protocol give our own messages no id. */
  givesIds = true;
  /** Questions of these names are never answered. */
  readonly hangs = new Set<
    "roomMemberRawPayload" | "roomMemberList" | "roomList" | "messageSendText" | "messageFile"
  >();
  /** A login without a QR code, as with a kept login. */
  logsInAtOnce = true;
  failNext: Fault | undefined;
  /** The puppet sends words alone. */
  sendsNoFiles = false;
  logins = 0;
  puppet: FakePuppet | undefined;

  constructor() {
    this.self = this.person("plusone", "Plusone");
  }

  /** A puppet for one more login. */
  open(): FakePuppet {
    const mocker = this.mocker as unknown as { _puppet: undefined };
    mocker._puppet = undefined; // it takes one for its whole life
    this.puppet = new FakePuppet(this);
    return this.puppet;
  }

  asPuppet(): Puppet {
    return this.open() as unknown as Puppet;
  }

  person(id: string, name: string, more: { friend?: boolean } = {}): Contact {
    return this.mocker.createContact({ id, name, friend: more.friend ?? false, alias: "", phone: [] });
  }

  /** @param id  with an "@", by which the mock knows rooms */
  room(id: string, topic: string, ...members: Contact[]): Room {
    const memberIdList = [this.self, ...members].map((each) => each.id);
    return this.mocker.createRoom({ id, topic, memberIdList, ownerId: members[0]?.id ?? "", adminIdList: [] });
  }

  /** A room that a new login no longer knows under its id. */
  forget(room: Room): void {
    this.mocker.cacheRoomPayload.delete(room.id);
  }

  /** Somebody who is no longer in a room. */
  forgetMember(room: Room, person: string): void {
    room.payload.memberIdList = room.payload.memberIdList.filter((id) => id !== person);
  }

  /** @returns the message's id */
  says(who: Contact, where: Room | Contact, text: string, more: Partial<{ id: string; at: Date }> = {}): string {
    const id = this.put(who, where, text, more);
    this.puppet?.emit("message", { messageId: id });
    return id;
  }

  /** Shows a picture; without data, one that the puppet cannot hand over. @returns the message's id */
  shows(who: Contact, where: Room | Contact, data?: Uint8Array): string {
    const id = this.put(who, where, "", { type: IMAGE });
    if (data) this.pictures.set(id, data);
    this.puppet?.emit("message", { messageId: id });
    return id;
  }

  /** The same message again, as puppets sometimes bring it. */
  repeats(id: string): void {
    this.puppet?.emit("message", { messageId: id });
  }

  recalls(who: Contact, where: Room, message: string): void {
    const id = this.put(who, where, message, { type: RECALLED });
    this.puppet?.emit("message", { messageId: id });
  }

  put(
    who: Contact,
    where: Room | Contact,
    text: string,
    { id = randomUUID() as string, at = new Date(), type = 7, mentions = [] as readonly string[] } = {},
  ): string {
    const isRoom = where.id.includes("@");
    this.mocker.MessageMock.create({
      ...{ id, text, type, timestamp: at.getTime(), talkerId: who.id },
      ...(isRoom ? { roomId: where.id, mentionIdList: mentions } : { listenerId: where.id }),
    } as Parameters<typeof this.mocker.MessageMock.create>[0]);
    this.said.push({ id, from: who.id, to: where.id, text, mentions });
    return id;
  }

  /** What our account has said in a room or to a person. */
  heardIn(where: { readonly id: string }): readonly Seen[] {
    return this.said.filter(({ from, to }) => from === this.self.id && to === where.id);
  }
}

/** The puppet, with what the stock mock leaves out: ids, mentions, nicknames, signs of life, and faults on demand. */
export class FakePuppet extends PuppetMock {
  private readonly fake: FakeWeChat;
  isDeaf = false;
  private readonly waiting: (() => void)[] = [];

  constructor(fake: FakeWeChat) {
    super({ mocker: fake.mocker });
    this.fake = fake;
  }

  override async onStart(): Promise<void> {
    await super.onStart();
    setImmediate(() => {
      if (this.fake.logsInAtOnce) this.logIn();
      else this.emit("scan", { qrcode: "https://login.weixin.qq.com/l/abc", status: 2 });
    });
  }

  logIn(): void {
    this.fake.logins++;
    this.login(this.fake.self.id);
  }

  override ding(data?: string): void {
    if (this.isDeaf) return;
    setImmediate(() => {
      this.emit("dong", { data: data ?? "" });
      this.emit("heartbeat", { data: "" }); // or the puppet's own watchdog would end the login after a minute
    });
  }

  /** Where it hangs, nothing comes back, and no error either. */
  private hanging(name: FakeWeChat["hangs"] extends Set<infer Name> ? Name : never): Promise<void> | undefined {
    return this.fake.hangs.has(name) ? new Promise((resolve) => this.waiting.push(resolve)) : undefined;
  }

  /** What hangs is answered after all. */
  letGo(): void {
    this.fake.hangs.clear();
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  override async roomMemberList(room: string): Promise<string[]> {
    await this.hanging("roomMemberList");
    return super.roomMemberList(room);
  }

  override async messageFile(id: string) {
    await this.hanging("messageFile");
    const data = this.fake.pictures.get(id);
    return data ? FileBox.fromBuffer(Buffer.from(data), "photo.jpg") : super.messageFile(id);
  }

  /** Signs of life come at any time, also while a login is still being taken in. */
  override async roomList(): Promise<string[]> {
    this.emit("heartbeat", { data: "" });
    await this.hanging("roomList");
    return super.roomList();
  }

  // @ts-expect-error the stock mock gives no id, which real puppets do
  override async messageSendText(to: string, text: string, mentions: string[] = []): Promise<string | undefined> {
    const { failNext, mocker } = this.fake;
    this.fake.failNext = undefined;
    await this.hanging("messageSendText");
    if (failNext === "unreachable") throw new Error("14 UNAVAILABLE: No connection established");
    if (failNext === "broken") throw new Error(`500 could not send ${text}`);
    const where = to.includes("@") ? mocker.RoomMock.load(to) : mocker.ContactMock.load(to);
    const id = this.fake.put(this.fake.self, where, text, { mentions });
    this.emit("message", { messageId: id }); // an account hears itself
    if (failNext === "reply-lost") throw new Error("4 DEADLINE_EXCEEDED: Deadline exceeded");
    return this.fake.givesIds ? id : undefined;
  }

  override async messageSendFile(to: string, file: { name: string; toBuffer(): Promise<Buffer> }) {
    if (this.fake.failNext === "no-files" || this.fake.sendsNoFiles)
      throw new Error("Wechaty Puppet Unsupported API Error.");
    const where = to.includes("@") ? this.fake.mocker.RoomMock.load(to) : this.fake.mocker.ContactMock.load(to);
    this.fake.files.push({ to: where.id, name: file.name, data: await file.toBuffer() });
    return undefined;
  }

  override async roomMemberRawPayload(room: string, person: string) {
    await this.hanging("roomMemberRawPayload");
    const member = await super.roomMemberRawPayload(room, person);
    const roomAlias = this.fake.nicknames.get(`${room}:${person}`);
    return { ...member, ...(roomAlias && { roomAlias }) };
  }
}
