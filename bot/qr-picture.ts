/** Level M bears a sixth of the code unread; four modules of white around it. @source EPC069-12 (M); ISO/IEC 18004 (margin) */
const LOOK = { errorCorrectionLevel: "M", margin: 4, width: 420 } as const;

/** A QR code as a PNG, black on white. */
export async function qrPicture(text: string): Promise<Uint8Array> {
  const { toBuffer } = await import("qrcode");
  return toBuffer(text, { ...LOOK, type: "png" });
}

/** The same as an address for a page. */
export async function qrAddress(text: string): Promise<string> {
  const { toDataURL } = await import("qrcode");
  return toDataURL(text, { ...LOOK, type: "image/png" });
}
