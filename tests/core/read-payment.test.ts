import { describe, expect, test } from "vitest";
import { readPayment } from "../../core/read-payment.ts";

describe("what is said of a payment", () => {
  const names = new Set(["ada 302", "302", "1234", "王姐"]);
  const rows = [
    { said: "", read: { name: "" }, why: "one's own, all of it" },
    { said: "25.50", read: { name: "", amount: "25.50" }, why: "one's own, so much" },
    { said: "$25", read: { name: "", amount: "25" }, why: "with the currency's sign" },
    { said: "S$ 25,5", read: { name: "", amount: "25.5" }, why: "a decimal comma" },
    { said: "302", read: { name: "302" }, why: "a door that is somebody's name" },
    { said: "1234", read: { name: "1234" }, why: "a pickup code" },
    { said: "303", read: { name: "", amount: "303" }, why: "nobody's name" },
    { said: "Ada 302", read: { name: "Ada 302" }, why: "a name with a door" },
    { said: "Ada 302 25.50", read: { name: "Ada 302", amount: "25.50" }, why: "and an amount behind it" },
    { said: "Ada 30", read: { name: "Ada", amount: "30" }, why: "no whole name" },
    { said: "Ada -2.50", read: { name: "Ada", amount: "-2.50" }, why: "given back" },
    { said: "Ada −3", read: { name: "Ada", amount: "-3" }, why: "with a typographic minus" },
    { said: "Ada: RM12", read: { name: "Ada", amount: "12" }, why: "another sign" },
    { said: "王姐25元", read: { name: "王姐", amount: "25" }, why: "without a blank" },
    { said: "王姐 25", read: { name: "王姐", amount: "25" }, why: "with one" },
    { said: "Ada302", read: { name: "Ada302" }, why: "a word that ends in digits" },
    { said: "Ada", read: { name: "Ada" }, why: "a name" },
  ];
  for (const { said, read, why } of rows) {
    test(`${said || "nothing"} (${why})`, () => {
      expect(readPayment(said, (name) => names.has(name.toLowerCase()))).toEqual(read);
    });
  }
});
