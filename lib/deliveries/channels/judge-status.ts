import type { SendOutcome } from "../channel.ts";
import type { ErrorKind } from "../types.ts";

/** What a web server's answer means for the try. */
export function judgeStatus(
  status: number,
  answer: string,
  waitMs: number | undefined,
): SendOutcome {
  if (status >= 200 && status < 300) return { kind: "accepted", status, answer };
  const errorKind = errorKindOf(status);
  return {
    kind: "refused",
    errorKind,
    status,
    answer,
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

function errorKindOf(status: number): ErrorKind {
  if (status >= 300 && status < 400) return "redirected";
  if (status === 401 || status === 403 || status === 407) return "credentials";
  if (status === 408) return "timeout";
  if (status === 410) return "gone";
  if (status === 429) return "limited";
  return status >= 500 ? "broken" : "refused";
}
