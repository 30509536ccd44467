/** The supplier: the simulator as a process of its own, and its control port. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "undici";
import type { z } from "zod";
import type { newRuleSchema } from "#simulator/control/rules.ts";
import type { ForeignOrder } from "#simulator/foreign-order.ts";
import { type Child, startChild } from "./child.ts";
import { until } from "./moments.ts";
import type { ChaosPlan } from "./plan.ts";

export type SupplierRule = z.input<typeof newRuleSchema>;

export const START_BALANCE = "1000000";
const START_MS = 20_000;

export type ChaosSupplier = {
  child: Child;
  url: string;
  apiKey: string;
  addRule(rule: SupplierRule): Promise<string>;
  removeRule(id: string): Promise<void>;
  removeRules(): Promise<void>;
  /** Somebody else orders with the account; answers the id, or null where it was refused. */
  orderForAnother(order: ForeignOrder): Promise<string | null>;
  truth(): Promise<unknown>;
  requests(): Promise<{ total: number; items: LoggedRequest[] }>;
};

/** What the checker reads of one request. */
export type LoggedRequest = { at: string; endpoint: string | null; method: string; path: string };

export async function startSupplier(plan: ChaosPlan, folder: string): Promise<ChaosSupplier> {
  const apiKey = `chaos_${randomBytes(18).toString("base64url")}`;
  const flags = {
    "--port": "0",
    "--control-port": "0",
    "--data": join(folder, "simulator.json"),
    "--seed": String(plan.seed),
    "--api-key": apiKey,
    "--balance": `usd=${START_BALANCE}`,
    "--complete-ms": "1500-6000",
    // Some orders wait long enough to run out unpaid; most don't.
    "--payment-window-ms": "180000",
  };
  const args = ["--import", "tsx", "simulator/main.ts", ...Object.entries(flags).flat()];
  if (plan.account.createCharges) args.push("--create-charges");
  const child = startChild("simulator", args, process.env, folder);
  const listening = () => /\{"listening":(\{.*?\})\}/.exec(readFileSync(child.logFile, "utf8"));
  const isUp = await until(() => child.hasEnded() || listening() !== null, START_MS, 50);
  const [, ports] = listening() ?? [];
  if (!isUp || ports === undefined) {
    throw new Error(`The simulator did not start:\n${child.lastWords()}`);
  }
  const { port, controlPort } = JSON.parse(ports) as { port: number; controlPort: number };

  async function control<Answer>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown) {
    const { statusCode, body: answer } = await request(`http://127.0.0.1:${controlPort}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: statusCode, json: (await answer.json()) as Answer };
  }

  return {
    child,
    url: `http://127.0.0.1:${port}`,
    apiKey,
    async addRule(rule) {
      const { status, json } = await control<{ id?: string; error?: string }>(
        "POST",
        "/rules",
        rule,
      );
      if (status !== 201 || json.id === undefined) {
        throw new Error(`The simulator takes no rule ${JSON.stringify(rule)}: ${json.error}`);
      }
      return json.id;
    },
    removeRule: async (id) => void (await control("DELETE", `/rules/${id}`)),
    removeRules: async () => void (await control("DELETE", "/rules")),
    async orderForAnother(order) {
      const { json } = await control<{ id?: string }>("POST", "/orders", order);
      return json.id ?? null;
    },
    truth: async () => (await control<unknown>("GET", "/truth")).json,
    requests: async () =>
      (await control<{ total: number; items: LoggedRequest[] }>("GET", "/requests")).json,
  };
}
