import { utf8 } from "./utf8.ts";

/** Data objects by their two-digit ids, in the order in which they are written; a nested one is a template. */
export type EmvObjects = readonly (readonly [id: string, value: string | EmvObjects])[];

/**
 * The text of a merchant-presented EMV code, closed by its checksum.
 *
 * @source EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, 3.2 and 4.7.3
 */
export function emvText(objects: EmvObjects): string {
  const text = `${encode(objects)}6304`;
  return text + crc16(text).toString(16).toUpperCase().padStart(4, "0");
}

function encode(objects: EmvObjects): string {
  return objects
    .map(([id, value]) => {
      const text = typeof value === "string" ? value : encode(value);
      if (text.length > 99) throw new Error(`An EMV data object holds 99 characters, ${id} has ${text.length}.`);
      return id + String(text.length).padStart(2, "0") + text;
    })
    .join("");
}

/** CRC-16 with polynomial 0x1021 from 0xFFFF, over the text's UTF-8. @source ISO/IEC 13239, as EMV wants it */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (const byte of utf8(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc;
}
