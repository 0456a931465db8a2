import jsQR from "jsqr";
import { PNG } from "pngjs";

/** What a scanner reads in a picture of a code. */
export function scanned(picture: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(picture));
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}
