import type { Endpoint } from "./state.ts";

const kept = 2000;

export type LoggedRequest = {
  at: string;
  method: string;
  path: string;
  query: string;
  endpoint: Endpoint | null;
  /** Null when the reply was lost on purpose. */
  status: number | null;
  ruleIds: readonly string[];
};

/** The latest requests in memory, newest last, without bodies or keys. */
export function createRequestLog() {
  let total = 0;
  let recent: LoggedRequest[] = [];
  return {
    add(request: LoggedRequest) {
      total++;
      recent.push(request);
      if (recent.length > kept * 2) recent = recent.slice(-kept);
    },
    read: () => ({ total, items: recent.slice(-kept) }),
    clear() {
      total = 0;
      recent = [];
    },
  };
}

export type RequestLog = ReturnType<typeof createRequestLog>;
