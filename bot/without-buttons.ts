import type { Button, Capabilities, Content } from "./ports.ts";

/** Content as a platform shows it: where that has no buttons, each choice stands below the text with what to write for it. */
export function withoutButtons(content: Content, { buttons, maxText }: Capabilities): Content {
  if (buttons || !content.buttons) return content;
  const text = [content.text, ...choicesOf(content)].join("\n");
  const { buttons: _, ...rest } = content;
  return text.length <= maxText ? { ...rest, text } : rest;
}

/** What to write instead of pressing each button. */
export function choicesOf({ buttons = [] }: Pick<Content, "buttons">): readonly string[] {
  return buttons.flat().flatMap(({ label, words }: Button) => {
    if (!words) return [];
    return [label.toLowerCase() === words.toLowerCase() ? `→ ${words}` : `${label} → ${words}`];
  });
}
