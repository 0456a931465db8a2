/** Texts on the page whose contrast is below WCAG AA (4.5 to 1). Runs in the page. */
export function faintTexts(): string[] {
  const channels = (color: string): number[] => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  };
  const over = (top: number[], below: number[]): number[] => {
    const alpha = top[3]!;
    return [0, 1, 2].map((index) => top[index]! * alpha + below[index]! * (1 - alpha)).concat(1);
  };
  const backgroundOf = (element: Element): number[] => {
    const own = channels(getComputedStyle(element).backgroundColor);
    if (own[3]! > 0.999 || !element.parentElement) return own;
    return over(own, backgroundOf(element.parentElement));
  };
  const light = (color: number[]): number => {
    const [red, green, blue] = color.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };

  const faint: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].filter(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    const box = element.getBoundingClientRect();
    if (
      words.length === 0 ||
      box.width < 2 ||
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    )
      continue;
    const background = backgroundOf(element);
    const [one, other] = [light(over(channels(getComputedStyle(element).color), background)), light(background)].sort(
      (a, b) => b - a,
    );
    const contrast = (one! + 0.05) / (other! + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${element.className}: ${element.textContent}`);
  }
  return faint;
}
