import type { Json, RefusalClass } from "../port.ts";
import { cleanText, hideSecrets } from "./clean-text.ts";
import { isObject } from "./is-object.ts";
import { limits } from "./limits.ts";

/** What a code means, spelt in upper case without underscores: both spellings are in use. */
export type KnownCodes = ReadonlyMap<string, RefusalClass>;

const MAX_CODE_CHARS = 100;

export type ErrorBody = {
  /** As the supplier spelt it. */
  code: string | null;
  detail: string;
  /** What a known code means, whatever the status it came with. */
  known: RefusalClass | null;
};

/**
 * The supplier's error envelope: an object with a `code` or any of `detail`, `message`, `error`.
 * Null when the answer is something else, for example a gateway's own JSON.
 */
export function readErrorBody(
  answer: Json,
  { codes, secrets }: { codes: KnownCodes; secrets: readonly string[] },
): ErrorBody | null {
  if (!isObject(answer)) return null;
  const words = [answer.detail, answer.message, answer.error].find(isSaid);
  const code = codeIn(answer) ?? (isObject(words) ? codeIn(words) : null);
  if (code === null && words === undefined) return null;
  const normal = (code ?? "").replaceAll("_", "").toUpperCase();
  return {
    code: code === null ? null : hideSecrets(cleanText(code, MAX_CODE_CHARS), secrets),
    detail: cleanText(hideSecrets(detailText(words ?? code ?? ""), secrets), limits.detailChars),
    known: codes.get(normal) ?? null,
  };
}

/** Words of an error in one line: a text, a FastAPI list of `{loc, msg}`, or an object. */
export function detailText(said: Json): string {
  if (typeof said === "string") return said;
  if (Array.isArray(said)) return said.slice(0, 20).map(detailText).filter(Boolean).join("; ");
  if (!isObject(said)) return said === null ? "" : String(said);
  const words = [said.msg, said.message, said.detail, said.error].find(isSaid);
  if (words === undefined) return JSON.stringify(said).slice(0, limits.detailChars * 2);
  const place = Array.isArray(said.loc) ? said.loc.filter((step) => step !== "body") : [];
  const prefix = place.length > 0 ? `${place.map(detailText).join(".")}: ` : "";
  return `${prefix}${detailText(words)}`;
}

function codeIn(object: { [key: string]: Json }): string | null {
  return typeof object.code === "string" && object.code.trim() !== "" ? object.code : null;
}

function isSaid(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "" && value !== false;
}
