import type { EventType } from "#lib/events/types.ts";
import type { SystemSignalKey } from "#lib/signals/types.ts";
import type { MessageLanguage } from "../channels/fields-schema.ts";
import { ENGLISH } from "./english.ts";
import { HINDI } from "./hindi.ts";

/** What is told by a message that somebody sends to try an endpoint; nobody can ask for it. */
export const TEST_TYPE = "endpoint.test";

/** Of messages that people read; what alerts say is the console's (`console-words.ts`). */
export type Words = {
  titles: Record<EventType | typeof TEST_TYPE, string>;
  /** In front of whatever isn't real. */
  mock: string;
  labels: Record<
    | "customer"
    | "goods"
    | "total"
    | "supplier"
    | "supplierOrder"
    | "status"
    | "reason"
    | "since"
    | "opened"
    | "available"
    | "lowAt"
    | "okAt"
    | "about"
    | "channel"
    | "dropped"
    | "codes"
    | "orders"
    | "told"
    | "anchor"
    | "entries"
    | "at",
    string
  >;
  /** Codes that have arrived, of so many. */
  arrived(got: number, quantity: number): string;
  statuses: Record<string, string>;
  /** Those about orders, too, whose room this one doesn't know. */
  alerts: Record<SystemSignalKey, string> & Record<string, string>;
  disabledWhy: Record<string, string>;
  severities: Record<string, string>;
  /** Why somebody is told of an alert: by which policy, and as which of its steps. */
  step(policy: string, step: string, steps: string): string;
  /** One of many, named for all of them. */
  andMore(name: string, count: number): string;
  /** Who of the house it is about is the house's to know. */
  somebody: string;
  /** What an end of the audit log is good for. */
  anchorHint(anchor: string): string;
  /** To a supplier's support desk. */
  dossier(supplierOrder: string): string;
  openOrder: string;
  openConsole: string;
  openAlert: string;
  openBalance: string;
  openCodes(until: string): string;
  test: string;
  /** Why the reader gets this. */
  footer(endpoint: string): string;
};

export const WORDS: Record<MessageLanguage, Words> = { en: ENGLISH, hi: HINDI };
