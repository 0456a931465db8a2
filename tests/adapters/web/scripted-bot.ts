import type { Adapter, Deliver, Incoming, Sender } from "../../../bot/ports.ts";

/** Stands in for the bot: one buy of apples, counted in memory, answered in the ways that an adapter knows. */
export class ScriptedBot {
  readonly heard: Incoming[] = [];
  private readonly adapter: Adapter;
  private readonly quantities = new Map<string, { who: Sender; quantity: number }>();
  private post: string | undefined;

  constructor(adapter: Adapter) {
    this.adapter = adapter;
  }

  /** Hand this to `start`. Answers come after the events count as stored, as the bot's do. */
  readonly deliver: Deliver = async (events) => {
    this.heard.push(...events);
    void this.answerAll(events);
  };

  private async answerAll(events: readonly Incoming[]): Promise<void> {
    for (const event of events) await this.answer(event);
  }

  private async answer(event: Incoming): Promise<void> {
    const chat = event.chat.id;
    switch (event.type) {
      case "membership":
      case "notice":
      case "moved":
      case "reacted":
        return;
      case "recall":
        this.quantities.delete(event.id);
        return this.showTally(chat);
      case "button":
        return this.pressed(event.chat.id, event.message, event.data, event.id);
      case "text":
      case "edit":
        return this.read(chat, event.id, event.sender, event.text, event.type === "edit");
      default:
        throw new Error(`unknown event ${JSON.stringify(event satisfies never)}`);
    }
  }

  private async pressed(chat: string, message: string, data: string, press: string): Promise<void> {
    if (data === "open") {
      this.post = message;
      await this.showTally(chat);
      await this.adapter.pin(chat, message);
      await this.adapter.answerPress(press, "The buy is open.");
    } else {
      await this.adapter.edit(chat, message, { text: "Not opened." });
      await this.adapter.answerPress(press);
    }
  }

  private async read(chat: string, id: string, who: Sender, text: string, isEdit: boolean): Promise<void> {
    if (text.startsWith("/open")) {
      const buttons = [
        [
          { label: "Open it", data: "open" },
          { label: "Cancel", data: "cancel" },
        ],
      ];
      await this.adapter.post(
        chat,
        {
          text: "This is what I read:\n\n1. Fuji apples, $3.50/kg\nCloses today 20:01\n\nOpen this buy for the chat?",
          buttons,
        },
        { replyTo: id },
      );
    } else if (text === "/my") {
      const mine = [...this.quantities.values()].filter((order) => order.who.id === who.id);
      const sum = mine.reduce((all, { quantity }) => all + quantity, 0);
      await this.adapter.whisper({ chat, to: who.id, replyTo: id }, { text: `Your order: ${sum} kg of Fuji apples.` });
    } else if (/\?|？/.test(text)) {
      await this.adapter.react(chat, id, "unclear");
      const buttons = [[{ label: "Fuji", data: "which:1" }], [{ label: "Gala", data: "which:2" }]];
      await this.adapter.whisper({ chat, to: who.id, replyTo: id }, { text: "Which apples do you mean?", buttons });
    } else {
      const quantity = Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
      if (Number.isNaN(quantity)) return;
      this.quantities.set(id, { who, quantity });
      await this.adapter.react(chat, id, isEdit ? "changed" : "booked");
      await this.showTally(chat);
    }
  }

  private async showTally(chat: string): Promise<void> {
    if (this.post === undefined) return;
    const orders = [...this.quantities.values()];
    const sum = orders.reduce((all, { quantity }) => all + quantity, 0);
    const lines = orders.map(({ who, quantity }, index) => `${index + 1}. ${who.name}  ${quantity} kg`);
    const text = [
      "🍎 Fuji apples, $3.50/kg",
      "Closes today 20:01. Write +2 to order.",
      "",
      `Ordered: ${sum} kg`,
      ...lines,
    ].join("\n");
    const buttons = [
      [
        { label: "+1", data: "more" },
        { label: "My order", data: "mine" },
      ],
    ];
    await this.adapter.edit(chat, this.post, { text, buttons });
  }
}
