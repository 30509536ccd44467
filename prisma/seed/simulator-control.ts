import { request } from "undici";

export type SimulatorControl = {
  /** Answers the rule's id. */
  addRule(match: Record<string, unknown>, does: Record<string, unknown>): Promise<string>;
  removeRule(id: string): Promise<void>;
  removeRules(): Promise<void>;
  /** Somebody else orders with the same account, and pays. */
  placeForeign(product: string, quantity: number): Promise<void>;
  setBalance(currency: string, available: string): Promise<void>;
  /** Every order that the simulator really holds, whatever it answered. */
  truth(): Promise<{ orders: { id: string }[] }>;
};

/** The simulator's control port; see simulator/README.md. Throws when it refuses. */
export function openSimulatorControl(url: string): SimulatorControl {
  async function call(
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<unknown> {
    const response = await request(new URL(path, url), {
      method,
      headers: { "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400)
      throw new Error(`The simulator refused ${method} ${path}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
  return {
    async addRule(match, does) {
      return String(
        ((await call("POST", "/rules", { match, do: does })) as { id: string | number }).id,
      );
    },
    async removeRule(id) {
      await call("DELETE", `/rules/${id}`);
    },
    async removeRules() {
      await call("DELETE", "/rules");
    },
    async placeForeign(product, quantity) {
      await call("POST", "/orders", { items: [{ product, quantity }], pay: true, currency: "usd" });
    },
    async setBalance(currency, available) {
      await call("POST", "/balance", { currency, available });
    },
    async truth() {
      return (await call("GET", "/truth")) as { orders: { id: string }[] };
    },
  };
}
