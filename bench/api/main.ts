/** A process that takes orders over the API: `prepare` it, and `stop` it, as often as the parent likes. */
import type { AddressInfo } from "node:net";
import { placeOverApi } from "#app/api/v1/orders/place-over-api.ts";
import { createKey } from "#lib/api/create-key.ts";
import { HIGHEST_RATE } from "#lib/api/key-policy.ts";
import { answerQuestions } from "../world/answer-questions.ts";
import { serveHandler } from "../world/handler-server.ts";
import { openKeyhold } from "../world/keyhold.ts";

const NOWHERE = { address: null, correlationId: null };
let stop: () => Promise<void> = async () => undefined;

async function prepare({ databaseUrl, supplierUrl }: { databaseUrl: string; supplierUrl: string }) {
  const keyhold = await openKeyhold(databaseUrl, supplierUrl);
  const wish = { name: "bench", scopes: ["orders:write" as const], ratePerMinute: HIGHEST_RATE };
  const made = await createKey(keyhold, { kind: "job", name: "bench" }, wish, NOWHERE);
  if (made.kind !== "made") throw new Error("No key was made.");
  const sending = new Set<Promise<unknown>>();
  const place = placeOverApi((work) => {
    const one = new Promise((resolve) => setImmediate(resolve)).then(work);
    sending.add(one);
    void one.finally(() => sending.delete(one));
  });
  const server = serveHandler(keyhold, (request) =>
    place(request, { params: Promise.resolve(undefined) }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = async () => {
    await Promise.all(sending);
    server.closeAllConnections();
    server.close();
    await keyhold.close();
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api/v1/orders`, key: made.key };
}

answerQuestions({ prepare, stop: () => stop() });
