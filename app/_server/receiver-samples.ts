import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** As the receivers' documentation has them; what is missing there is left out here. */
const FILES = [
  { language: "TypeScript", name: "receiver.ts" },
  { language: "Python", name: "receiver.py" },
  { language: "PHP", name: "receiver.php" },
  { language: "Go", name: "receiver.go" },
] as const;

let read: Promise<{ language: string; text: string }[]> | undefined;

/** Receivers that verify signatures, for people to copy. */
export function receiverSamples(): Promise<{ language: string; text: string }[]> {
  read ??= readAll();
  return read;
}

async function readAll(): Promise<{ language: string; text: string }[]> {
  const all = await Promise.all(
    FILES.map(async ({ language, name }) => ({
      language,
      text: await readFile(join(process.cwd(), "docs", "receivers", name), "utf8").catch(() => ""),
    })),
  );
  return all.filter(({ text }) => text !== "");
}
