import type { Capabilities, Content } from "./ports.ts";

/** Content as a platform shows it: where that has no buttons, each choice stands below the text with what to write for it. */
export function withoutButtons(content: Content, { buttons, maxText }: Capabilities): Content {
  if (buttons || !content.buttons) return content;
  const choices = content.buttons.flat().flatMap(({ label, words }) => {
    if (!words) return [];
    return [label.toLowerCase() === words.toLowerCase() ? `→ ${words}` : `${label} → ${words}`];
  });
  const text = [content.text, ...choices].join("\n");
  const { buttons: _, ...rest } = content;
  return text.length <= maxText ? { ...rest, text } : rest;
}
