import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";
import { request } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { describeEvent } from "./describe-event.ts";
import { readOptions } from "./options.ts";
import { type ReceivedEvent, type Receiver, startReceiver } from "./server.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const OLD = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const ID = "019aa000-0000-7000-8000-0000000000e1";
const PAYLOAD = {
  id: ID,
  type: "order.completed",
  version: 1,
  timestamp: "2026-11-21T18:30:00.000Z",
  data: { orderId: "019aa000-0000-7000-8000-0000000000a1", status: "completed", total: "50.00" },
};

let close: () => unknown = () => undefined;
afterEach(() => close());

async function listening(secrets = [SECRET]) {
  const events: ReceivedEvent[] = [];
  const refused: string[] = [];
  const receiver: Receiver = await startReceiver(
    { port: 0, secrets },
    { event: (event) => events.push(event), refused: (why) => refused.push(why) },
  );
  close = receiver.close;
  return { events, refused, url: `http://127.0.0.1:${receiver.port}/` };
}

function signed(body: string, secret = SECRET, at = new Date()) {
  return {
    "webhook-id": ID,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(ID, at, body),
  };
}

const post = async (url: string, body: string, headers: Record<string, string>) => {
  const answer = await request(url, { method: "POST", body, headers });
  await answer.body.dump();
  return answer.statusCode;
};

describe("a receiver", () => {
  const body = JSON.stringify(PAYLOAD);

  test("takes what is genuine, and knows it again", async () => {
    const { events, url } = await listening([SECRET, OLD]);
    expect(await post(url, body, signed(body))).toBe(204);
    expect(await post(url, body, signed(body, OLD))).toBe(204);
    expect(events).toEqual([
      { id: ID, isRepeated: false, payload: PAYLOAD },
      { id: ID, isRepeated: true, payload: PAYLOAD },
    ]);
  });

  test("refuses what isn't, is too old, or is no message", async () => {
    const { events, refused, url } = await listening();
    expect(await post(url, `${body} `, signed(body))).toBe(400);
    expect(await post(url, body, signed(body, OLD))).toBe(400);
    expect(await post(url, body, signed(body, SECRET, new Date(Date.now() - 360_000)))).toBe(400);
    expect(await post(url, body, {})).toBe(400);
    expect(await post(url, "x".repeat(1_048_577), signed(body))).toBe(413);
    expect((await request(url)).statusCode).toBe(405);
    expect(events).toEqual([]);
    expect(refused).toHaveLength(4);
  });
});

describe("an event on the terminal", () => {
  const event = (data: Record<string, unknown>, isRepeated = false): ReceivedEvent => ({
    id: ID,
    isRepeated,
    payload: { ...PAYLOAD, data },
  });

  test("is one line", () => {
    expect(describeEvent(event({ ...PAYLOAD.data, currency: "USD", isMock: true }))).toBe(
      `18:30:00  order.completed    ${PAYLOAD.data.orderId}  completed  50.00 USD  mock  ${ID}`,
    );
  });

  test("keeps codes and links to itself, and tells that they are there", () => {
    const line = describeEvent(
      event(
        { claim: { url: "https://x/secret" }, items: [{ codes: [{ value: "secret" }] }] },
        true,
      ),
    );
    expect(line).toContain("with a claim link  with its codes");
    expect(line).toContain("(again)");
    expect(line).not.toContain("secret");
  });

  test("can't paint the screen", () => {
    expect(describeEvent(event({ clientRef: "\u001b[31mred\u0007" }))).toContain("  [31mred  ");
  });
});

describe("options", () => {
  test("come from the command line, or else the environment", () => {
    expect(readOptions(["--secret", SECRET, "--secret", OLD, "--port", "0"], {})).toEqual({
      port: 0,
      secrets: [SECRET, OLD],
      isJson: false,
    });
    expect(
      readOptions(["--json"], { RECEIVER_SECRET: `${SECRET},${OLD}`, RECEIVER_PORT: "4" }),
    ).toEqual({ port: 4, secrets: [SECRET, OLD], isJson: true });
  });

  test.each([
    [[], /endpoint add/],
    [["--secret", "abc"], /begins with whsec_/],
    [["--secret", SECRET, "--port", "70000"], /--port/],
    [["--what"], /--what/],
  ])("%j is explained", (args, sentence) => {
    expect(() => readOptions(args, {})).toThrow(sentence);
  });
});

test("as a program: prints what came, for programs too, and stops in order", async () => {
  const args = ["--import", "tsx", "receiver/main.ts", "--port", "0", "--json"];
  const program: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, RECEIVER_SECRET: SECRET },
    stdio: ["ignore", "pipe", "inherit"],
  });
  close = () => program.kill("SIGKILL");
  if (!program.stdout) throw new Error("no output");
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value));
  const { listening: where } = await next();
  const body = JSON.stringify(PAYLOAD);
  expect(await post(`http://127.0.0.1:${where.port}/`, body, signed(body))).toBe(204);
  expect(await next()).toEqual({ event: { id: ID, isRepeated: false, payload: PAYLOAD } });
  program.kill("SIGTERM");
  expect(await once(program, "exit")).toEqual([0, null]);
});
