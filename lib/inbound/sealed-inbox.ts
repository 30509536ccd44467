import type { Sealer } from "#lib/platform/seal.ts";
import type { SealedTable } from "#lib/platform/sealed-table.ts";

const place = (id: string): string => `inbox_messages|sealed|${id}`;

/** Messages may bring codes. */
export const SEALED_INBOX: SealedTable = {
  table: "inbox_messages",
  key: "id",
  column: "sealed",
  boundTo: place,
};

/** A message is bytes, of any kind; a seal is made of text. */
export const sealMessage = (sealer: Sealer, id: string, raw: Buffer): string =>
  sealer.seal(raw.toString("latin1"), place(id));

/** Rejects with a `SealError` where it doesn't open. */
export async function openMessage(sealer: Sealer, id: string, sealed: string): Promise<Buffer> {
  return Buffer.from(await sealer.open(sealed, place(id)), "latin1");
}
