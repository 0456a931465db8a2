import { type Capabilities, type Content, inPublic, type Mentions } from "./ports.ts";
import type { Claimed } from "./store.ts";
import { choicesOf } from "./without-buttons.ts";

/** Room for somebody's name and what stands between two. */
const NAME_ROOM = 40;

/**
 * Of messages that are to be said aloud, those that one message takes, the first of them always: each person's own words,
 * and below them once what all of them may press, or write instead. Where there are buttons, all have the same ones.
 */
export function together(
  claims: readonly Claimed[],
  { buttons: hasButtons, maxText }: Pick<Capabilities, "buttons" | "maxText">,
): { readonly said: readonly Claimed[]; readonly mentions: Mentions } {
  const said: { readonly claim: Claimed; readonly content: Content }[] = [];
  const choices = new Set<string>();
  const left = new Set<string>();
  let length = 0;
  for (const claim of claims) {
    const content = inPublic(claim.content) ?? { text: "" };
    const first = said[0]?.content ?? content;
    const isOther = hasButtons && JSON.stringify(content.buttons) !== JSON.stringify(first.buttons);
    if (isOther || left.has(claim.to ?? "")) {
      left.add(claim.to ?? ""); // the parts of a long word stay in their order
      continue;
    }
    const own = hasButtons ? [] : choicesOf(content).filter((choice) => !choices.has(choice));
    const more = content.text.length + NAME_ROOM + own.join("\n").length;
    if (said.length > 0 && length + more > maxText) break;
    length += more;
    said.push({ claim, content });
    if (length <= maxText) for (const choice of own) choices.add(choice);
  }
  const buttons = hasButtons ? said[0]?.content.buttons : undefined;
  return {
    said: said.map(({ claim }) => claim),
    mentions: {
      words: said.map(({ claim, content }) => ({ to: claim.to ?? "", text: content.text })),
      ...(choices.size > 0 && { below: [...choices].join("\n") }),
      ...(buttons && { buttons }),
    },
  };
}
