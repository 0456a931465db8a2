import { expect, test } from "vitest";
import { checkWeChat } from "../../../adapters/wechat/check.ts";

test("the doctor finds the packages that are there", async () => {
  expect(await checkWeChat("wechaty-puppet-service")).toMatch(/^wechaty 1\.\S+ with wechaty-puppet-service/);
});

test("and says of others what to install", async () => {
  await expect(checkWeChat("wechaty-puppet-of-nobody")).rejects.toMatchObject({
    code: "wechat-not-installed",
    advice: expect.stringContaining("npm install wechaty-puppet-of-nobody"),
  });
});
