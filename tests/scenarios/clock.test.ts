import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../bot/system-clock.ts";
import { eventually } from "../support/eventually.ts";
import { scenario } from "../support/scenario.ts";

test("the machine's clock is set back by an hour: posts go on showing what is ordered, and the buy closes", async () => {
  let aheadMs = 3_600_000;
  const clock = vi.spyOn(systemClock, "now").mockImplementation(() => new Date(Date.now() + aheadMs));
  onTestFinished(() => clock.mockRestore());
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");
  await eventually("the post shows the order", () => /Apples.*→ 2 kg/.test(post.text));

  aheadMs = 0;
  await ada.says("+1 apples");

  await eventually("the post shows the next order", () => /Apples.*→ 3 kg/.test(post.text));
  await lin.says("/close");
  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Ada: Apples 3 kg/);
});
