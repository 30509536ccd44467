import { request } from "undici";
import { pickRule } from "./rules.ts";
import { type Scheme, signed } from "./sign.ts";
import type { World } from "./world.ts";

/** As the guide advises: half a minute, five, thirty. */
export const RETRY_AFTER_MS: readonly number[] = [30_000, 300_000, 1_800_000];
const TIMEOUT_MS = 10_000;

/** A message that is owed, with what came of it so far. */
export type Message = {
  id: string;
  event: string;
  orderId: string | null;
  state: "pending" | "delivered" | "failed" | "lost";
  tries: { at: string; status: number | null }[];
};

export type Hook = { url: string; secret: string; scheme: Scheme };

export type Messenger = {
  /** Owes a message; whoever wants may wait until it was first sent. */
  tell(event: string, orderId: string | null, skus: readonly string[], data: object): Promise<void>;
  messages(): readonly Message[];
  close(): void;
};

/** Sends messages to the address that was set, signed over their very bytes, and tries again. */
export function createMessenger(world: World): Messenger {
  const all: Message[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let heldBack: (() => Promise<void>)[] = [];
  let isClosed = false;

  const later = (ms: number, run: () => void): void => {
    if (isClosed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };

  async function post(message: Message, body: string, wrong: boolean): Promise<void> {
    const { hook } = world;
    if (!hook || isClosed) return;
    const at = new Date(world.now());
    const secret = wrong ? `${hook.secret.slice(0, -8)}AAAAAAA=` : hook.secret;
    const status = await request(hook.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...signed(hook.scheme, { id: message.id, body, at }, secret),
      },
      body,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    }).then(
      async (answer) => {
        await answer.body.dump();
        return answer.statusCode;
      },
      () => null,
    );
    message.tries.push({ at: at.toISOString(), status });
    if (status !== null && status >= 200 && status < 300) {
      message.state = "delivered";
      return;
    }
    const waitMs = world.settings.retryAfterMs[message.tries.length - 1];
    if (waitMs === undefined) message.state = "failed";
    else later(waitMs, () => void post(message, body, wrong));
  }

  return {
    async tell(event, orderId, skus, data) {
      if (!world.hook) return;
      const fault = pickRule(world.rules, "message", { event, skus }, world.settings.seed) ?? {};
      const id = world.newId("evt");
      const message: Message = { id, event, orderId, state: "pending", tries: [] };
      all.push(message);
      if (fault.lose) {
        message.state = "lost";
        return;
      }
      const told = {
        ...data,
        ...(fault.unknownReference && { reference: "nobody-knows-this", order_id: "ord_unknown" }),
        ...(fault.status !== undefined && { status: fault.status }),
        ...(fault.noCodes && { items: [] }),
      };
      const timestamp = new Date(world.now()).toISOString();
      const body = fault.junk
        ? '{"event": '
        : JSON.stringify({ event, event_id: id, timestamp, data: told });
      const send = async (): Promise<void> => {
        for (let times = 0; times <= (fault.repeat ?? 0); times++) {
          await post(message, body, fault.wrongSignature === true);
        }
      };
      if (fault.behindNext) {
        heldBack.push(send);
      } else if (fault.lateMs !== undefined) {
        later(fault.lateMs, () => void send());
      } else {
        const next = heldBack;
        heldBack = [];
        await send();
        for (const held of next) await held();
      }
    },
    messages: () => all,
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
