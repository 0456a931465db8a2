import fc from "fast-check";
import type { TextIn } from "../../bot/ports.ts";
import type { Store } from "../../bot/store.ts";
import { checkLines, checkList } from "./check.ts";
import { expect, type Said } from "./model.ts";
import { Stage } from "./stage.ts";
import { OFFERS, type Wish, wordsOf } from "./wishes.ts";

const OFFER = OFFERS[0]!;

/** What may be done to a buy. */
export const STEPS = ["order", "edit", "recall", "close", "reopen", "settle"] as const;
export type Step = (typeof STEPS)[number];

/** A buy, as simple as it can be told: what everybody's words mean now, and what counts once they are over. */
interface Model {
  status: "open" | "closed" | "settled";
  readonly said: { readonly event: TextIn; wish: Wish | undefined }[];
  /** What the final list was made of. */
  listed: readonly Said[];
  closings: number;
  settlements: number;
}

type Run = fc.AsyncCommand<Model, Stage>;

/**
 * Any run of orders, changes, closings, reopenings and settlements comes to what the model says of it, after each step.
 *
 * @param onStep  is told of each step that was taken
 */
export async function checkModel(
  runs: { readonly seed: number; readonly numRuns: number },
  onStep: (step: Step) => void = () => {},
  spoil?: (store: Store) => Store,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands(onStep), { maxCommands: 16 }), async (steps) => {
      const stage = new Stage(spoil);
      await stage.says("leader", `/open ${OFFER.announcement}\nCloses in 9 hours`);
      await stage.says("leader", "ok");
      const model: Model = { status: "open", said: [], listed: [], closings: 0, settlements: 0 };
      await fc.asyncModelRun(() => ({ model, real: stage }), steps);
    }),
    runs,
  );
}

const person = fc.constantFrom("u1", "u2", "u3");
const item = fc.integer({ min: 1, max: OFFER.items.length });
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ type: fc.constant("add" as const), item, count: fc.constantFrom(1, 2, 3, 4, -1, -2) }),
  fc.record({ type: fc.constant("set" as const), item, count: fc.integer({ min: 1, max: 5 }) }),
  fc.constant({ type: "cancel" as const }),
);

/** Each kind of step, with when it can be taken and what it does to the model and to Plusone. */
function commands(onStep: (step: Step) => void): fc.Arbitrary<Run>[] {
  const step = (name: Step, words: string, can: Run["check"], take: Run["run"]): Run => ({
    check: can,
    toString: () => words,
    run: async (model, stage) => {
      onStep(name);
      await take(model, stage);
      const wrong = compare(model, stage);
      if (wrong.length > 0) throw new Error(`after "${words}": ${wrong.join("; ")}`);
    },
  });
  const of = (model: Model, no: number) => model.said[no % model.said.length]!;
  const hasSaid = ({ said }: Readonly<Model>) => said.length > 0;
  const isStatus = (status: Model["status"]) => (model: Readonly<Model>) => model.status === status;
  return [
    fc.tuple(person, wish).map(([who, means]) => {
      const words = wordsOf(means, OFFER, []);
      return step(
        ...(["order", `${who}: ${words}`, () => true] as const),
        async ({ said }, stage) => void said.push({ event: await stage.says(who, words), wish: means }),
      );
    }),
    fc.tuple(fc.nat(20), wish).map(([no, means]) => {
      const words = wordsOf(means, OFFER, []);
      return step("edit", `edit ${no}: ${words}`, hasSaid, async (model, stage) => {
        const said = of(model, no);
        await stage.edits(said.event, words);
        if (said.wish) said.wish = means;
      });
    }),
    fc.nat(20).map((no) =>
      step("recall", `recall ${no}`, hasSaid, async (model, stage) => {
        const said = of(model, no);
        await stage.recalls(said.event);
        said.wish = undefined;
      }),
    ),
    fc.constant(
      step("close", "close", isStatus("open"), async (model, stage) => {
        await stage.says("leader", "/close");
        Object.assign(model, { status: "closed", listed: known(model), closings: model.closings + 1 });
      }),
    ),
    fc.constant(
      step("reopen", "reopen", isStatus("closed"), async (model, stage) => {
        await stage.says("leader", "/reopen 2 hours");
        await stage.says("leader", "ok");
        model.status = "open";
      }),
    ),
    fc.constant(
      step(
        ...(["settle", "settle"] as const),
        (model) => model.status === "closed" && expect(OFFER, model.listed).orders.size > 0,
        async (model, stage) => {
          await stage.says("leader", "/settle");
          await stage.says("leader", "ok");
          Object.assign(model, { status: "settled", settlements: model.settlements + 1 });
        },
      ),
    ),
  ];
}

/** What everybody's words mean by now. */
function known({ said }: Model): readonly Said[] {
  return said.flatMap(({ event: { sender, sentAt, position }, wish }) =>
    wish ? [{ person: sender.id, at: sentAt.getTime(), position, wish }] : [],
  );
}

function compare(model: Model, { database, buy, people }: Stage): readonly string[] {
  const expected = expect(OFFER, model.status === "open" ? known(model) : model.listed);
  const notices = (kind: string) => database.outgoing.where("buy", buy.id).filter((each) => each.kind === kind).length;
  const counts = `${notices("final-list")} lists, ${notices("settlement")} settlements`;
  const due = `${model.closings} lists, ${model.settlements} settlements`;
  return [
    ...checkLines({ database }, buy, people, { ...expected, status: model.status }),
    ...(model.status === "open" ? [] : checkList({ database }, buy, expected)),
    ...(counts === due ? [] : [`it said ${counts}, and not ${due}`]),
  ];
}
