import { INBOX_PROBLEMS, type InboxProblem } from "./types.ts";

/** Why a message is in trouble: a word of ours, and what more there is to say, without anything of its content. */
export type Problem = { code: InboxProblem; detail: string | null };

const LONGEST_DETAIL = 300;

/** As it is kept. */
export const problemText = ({ code, detail }: Problem): string =>
  detail === null ? code : `${code}: ${detail.slice(0, LONGEST_DETAIL)}`;

export function readProblem(text: string | null): Problem | null {
  if (text === null) return null;
  const code = INBOX_PROBLEMS.find((one) => text === one || text.startsWith(`${one}: `));
  if (!code) return { code: "failed", detail: text };
  return { code, detail: text.slice(code.length + 2) || null };
}
