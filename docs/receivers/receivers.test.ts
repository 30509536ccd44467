import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signWebhook } from "#lib/deliveries/channels/sign-webhook.ts";
import { exampleMessage } from "#lib/deliveries/testing/example-message.ts";
import { freePort } from "#lib/deliveries/testing/free-port.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const BEFORE = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;

type Headers = Record<string, string>;
type Sample = { name: string; command: (port: number) => string[]; tells: boolean };

const samples: Sample[] = [
  { name: "receiver.ts", command: () => [process.execPath, "--import", "tsx"], tells: true },
  { name: "receiver.py", command: () => ["python3"], tells: true },
  { name: "receiver.php", command: (port) => ["php", "-S", `127.0.0.1:${port}`], tells: false },
  { name: "receiver.go", command: () => ["go", "run"], tells: true },
];

const isThere = ({ command }: Sample): boolean => {
  const [program = ""] = command(0);
  return spawnSync(program, [program === "go" ? "version" : "--version"]).status === 0;
};

test("TypeScript and Python are among those that are tried", () => {
  expect(samples.filter(isThere).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["receiver.ts", "receiver.py"]),
  );
});

test.for(samples.filter((sample) => !isThere(sample)))("$name", ({ name, command }, { skip }) => {
  const reason = `${name} is not tried: there is no ${command(0)[0]} here`;
  process.stdout.write(`${reason}\n`);
  skip(reason);
});

describe.each(samples.filter(isThere))("$name", ({ name, command, tells }) => {
  const { id, body } = exampleMessage({ note: "बिजली, ü, 😀" });
  const lines: string[] = [];
  let program: ChildProcess;
  let url: string;

  const post = async (headers: Headers, text: string | Buffer = body, method = "POST" as const) => {
    const answer = await request(url, { method, headers, body: text });
    await answer.body.dump();
    return answer.statusCode;
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    const [file = "", ...args] = [...command(port), `docs/receivers/${name}`];
    program = spawn(file, args, {
      env: { ...process.env, WEBHOOK_SECRET: `${SECRET},${BEFORE}`, PORT: String(port) },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    if (program.stdout) createInterface(program.stdout).on("line", (line) => lines.push(line));
    for (let tries = 0; tries < 300; tries += 1) {
      if ((await post({}).catch(() => null)) !== null) return;
      await wait(100);
    }
    throw new Error(`${name} doesn't listen`);
  }, 60_000);
  // With its group: `go run` is only the parent of what listens.
  afterAll(() => void (program.pid && process.kill(-program.pid, "SIGKILL")));

  test("takes what is signed with either secret, once", async () => {
    for (const secrets of [[SECRET], [BEFORE], [SECRET, BEFORE], [OTHER, SECRET]]) {
      expect(await post(signWebhook({ id, body }, new Date(), secrets))).toBe(204);
    }
    if (tells) await expect.poll(() => lines).toEqual([`${id} order.completed`]);
  });

  test("refuses what is signed otherwise, earlier, later, not at all, or isn't the whole", async () => {
    const now = Date.now();
    const at = (ms: number) => signWebhook({ id, body }, new Date(now + ms), [SECRET]);
    expect(await post(signWebhook({ id, body }, new Date(), [OTHER]))).toBe(400);
    expect(await post(at(-301_000))).toBe(400);
    expect(await post(at(3_600_000))).toBe(400);
    expect(await post({})).toBe(400);
    for (const missing of Object.keys(at(0))) {
      const { [missing]: _, ...rest } = at(0) as Headers;
      expect(await post(rest)).toBe(400);
    }
    expect(await post(at(0), body.slice(0, -1))).toBe(400);
    expect(await post(at(0), `${body} `)).toBe(400);
    expect(await post(at(0), "")).toBe(400);
  });

  test("survives a sender that breaks off", async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    await wait(50);
    socket.resetAndDestroy();
    expect(await post(signWebhook({ id, body }, new Date(), [SECRET]))).toBe(204);
    expect(program.exitCode).toBeNull();
  });

  test("refuses mutants", async () => {
    const headers = signWebhook({ id, body }, new Date(), [SECRET]) as Headers;
    const bytes = Buffer.from(body);
    const statuses = new Set<number>();
    for (let at = 0; at < bytes.length; at += 7) {
      const mutant = Buffer.from(bytes);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << (at % 8));
      statuses.add(await post(headers, mutant));
    }
    for (const [header, text] of Object.entries(headers)) {
      for (let at = 0; at < text.length; at += 1) {
        const turned = String.fromCharCode(text.charCodeAt(at) ^ 1);
        const mutant = `${text.slice(0, at)}${turned}${text.slice(at + 1)}`;
        // What HTTP itself would drop or refuse isn't the sample's to judge.
        if (/^[!-~]+$/.test(mutant)) statuses.add(await post({ ...headers, [header]: mutant }));
      }
    }
    expect([...statuses]).toEqual([400]);
    expect(await post(headers)).toBe(204);
  }, 60_000);
});
