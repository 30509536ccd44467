/** A file's text: UTF-8, or UTF-16 where it says so, as spreadsheets write "Unicode text". */
export async function readFileText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [one, two] = bytes;
  const encoding =
    one === 0xff && two === 0xfe ? "utf-16le" : one === 0xfe && two === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
