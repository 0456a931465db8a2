import { parseQuantity } from "../quantity.ts";
import type { Catalog } from "./catalog.ts";
import type { LineReading, Reading } from "./reading.ts";
import { isWholeEnough, orderOf } from "./resolve.ts";

/** A line as `writeLines` writes it. */
const WRITTEN = /^(?:"([^"\n]+)": )?#(\d{1,3})(?: \(([^\n]+)\))? ([=+-])(\d{1,6}(?:\.\d{1,3})?)(?: note: ([^\n]+))?$/;

/** Lines as the bot writes them say just that, whatever their names, options and notes would mean in somebody's mouth. */
export function readWritten(text: string, catalog: Catalog): Reading | undefined {
  const written = writtenLines(text);
  if (!written) return undefined;
  const lines: LineReading[] = [];
  for (const [, whom, number, said, sign, units, remark] of written) {
    const item = catalog.items[Number(number) - 1];
    const quantity = parseQuantity(units!)!;
    if (!item) return { kind: "unclear", reason: "unknown-item" };
    if (!isWholeEnough(item, quantity)) return { kind: "unclear", reason: "quantity" };
    const option = item.options?.find((each) => each === said);
    const note = [option === undefined ? said : undefined, remark].filter((each) => each !== undefined).join("；");
    lines.push({
      ...(sign === "="
        ? { item: item.number, op: "set", quantity }
        : { item: item.number, op: "add", quantity: sign === "-" ? -quantity : quantity }),
      ...(option !== undefined && { option }),
      ...(note !== "" && { note }),
      ...(whom !== undefined && { for: whom }),
    });
  }
  const order = orderOf(lines);
  if (!order.ok) return { kind: "unclear", reason: order.reason };
  return { kind: "order", lines: order.lines, ...(order.whom !== undefined && { for: order.whom }) };
}

/** Whether the bot has written a text, for somebody who pressed a button or ordered for another. */
export function isWritten(text: string): boolean {
  return writtenLines(text) !== undefined;
}

function writtenLines(text: string): readonly RegExpExecArray[] | undefined {
  if (text[0] !== "#" && text[0] !== '"') return undefined;
  const lines = text.split("\n").map((line) => WRITTEN.exec(line));
  return lines.every((line) => line !== null) ? lines : undefined;
}
