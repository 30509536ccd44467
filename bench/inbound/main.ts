/** A process that takes messages, or works on them: `prepare` it, and `stop` it, as often as the parent likes. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { ASKED_EVERY_MS } from "#lib/inbound/inbox-policy.ts";
import { workOnInbox } from "#lib/inbound/work-on-inbox.ts";
import { answerQuestions } from "../world/answer-questions.ts";
import { openBareServer } from "./bare-server.ts";
import { SLUG } from "./messages.ts";
import { openPushed, openRouteServer } from "./route-server.ts";

type Role = "route" | "bare" | "worker";
let stop: () => Promise<void> = async () => undefined;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/${SLUG}`;
}

async function prepare({ role, databaseUrl }: { role: Role; databaseUrl: string }) {
  if (role === "bare") {
    const { server, close } = await openBareServer(databaseUrl);
    stop = async () => {
      server.closeAllConnections();
      server.close();
      await close();
    };
    return listen(server);
  }
  const keyhold = await openPushed(databaseUrl);
  if (role === "route") {
    const server = openRouteServer(keyhold);
    stop = async () => {
      server.closeAllConnections();
      server.close();
      await keyhold.close();
    };
    return listen(server);
  }
  const ending = new AbortController();
  const working = (async () => {
    while (!ending.signal.aborted) {
      await workOnInbox({ ...keyhold, stop: ending.signal });
      await wait(ASKED_EVERY_MS);
    }
  })();
  stop = async () => {
    ending.abort();
    await working;
    await keyhold.close();
  };
  return null;
}

answerQuestions({ prepare, stop: () => stop() });
