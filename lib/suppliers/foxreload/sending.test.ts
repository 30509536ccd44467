import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { limits } from "../http/limits.ts";
import { pastDeadline } from "../http/past-deadline.fixture.ts";
import { answer } from "../http/raw-server.fixture.ts";
import {
  type Ask,
  calls,
  connectTo,
  DEADLINE_MS,
  NEW_ORDER,
  NOT_SENT,
  NOW,
  ORDER,
  send,
  serve,
  short,
  silence,
} from "./raw-supplier.fixture.ts";

describe.each(calls)("%s", (_, call) => {
  test.each([
    ["unused port", "http://127.0.0.1:1"],
    ["unknown name", "http://supplier.invalid"],
  ])("not sent: %s", async (_, baseUrl) => {
    const outcome = await call(connectTo(baseUrl));
    expect(outcome).toMatchObject({
      kind: "refused",
      refusal: { class: "transient", code: null, httpStatus: null },
      timing: NOT_SENT,
    });
  });

  test("not sent: TLS that is none", async () => {
    const server = await serve(silence, (socket) => socket.write("HTTP/1.1 400 X\r\n\r\n"));
    const outcome = await call(connectTo(server.baseUrl.replace("http:", "https:")));
    expect(short(outcome)).toBe("transient");
    expect(outcome.timing).toEqual(NOT_SENT);
  });

  test("not sent: TLS that never answers", async () => {
    const server = await serve(silence);
    const impatient = { connectMs: 200 };
    const outcome = await call(connectTo(server.baseUrl.replace("http:", "https:"), impatient));
    expect(short(outcome)).toBe("transient");
    expect(outcome.timing).toEqual(NOT_SENT);
    expect(server.requests).toHaveLength(0);
  });

  test("not sent: the deadline comes before the connection, and nothing is sent later", async () => {
    const server = await serve(silence);
    const to = connectTo(server.baseUrl.replace("http:", "https:"));
    const begun = () => expect(server.connections()).toBe(1);
    const outcome = await pastDeadline(DEADLINE_MS, () => call(to), begun);
    expect(short(outcome)).toBe("transient");
    expect(outcome.timing).toEqual(NOT_SENT);
  });

  test("reset at once: no effect only if connecting itself failed, and never tried again", async () => {
    const server = await serve(silence, (socket) => socket.resetAndDestroy());
    const outcome = await call(connectTo(server.baseUrl));
    expect(["transient", "unknown"]).toContain(short(outcome));
    expect(outcome.timing?.firstByteAt ?? null).toEqual(short(outcome) === "unknown" ? NOW : null);
    expect(server.connections()).toBe(1);
  });

  test("reset at the first byte", async () => {
    const server = await serve(silence, (socket) =>
      socket.once("data", () => socket.resetAndDestroy()),
    );
    const outcome = await call(connectTo(server.baseUrl));
    expect(short(outcome)).toBe("unknown");
    expect(outcome.timing).toEqual({ firstByteAt: NOW, supplierClock: null });
    expect(server.connections()).toBe(1);
  });

  test.each<[string, (socket: Socket, bytes: string) => void]>([
    ["closed", (socket, bytes) => socket.end(bytes)],
    // The bytes go out first: a reset throws away what is still waiting to be sent.
    ["reset", (socket, bytes) => socket.write(bytes, () => socket.resetAndDestroy())],
  ])("a recorded answer, %s at any byte, is never accepted", async (_, cutOff) => {
    const whole = answer(200, ORDER, { date: NOW.toUTCString() });
    let cutAt = 0;
    const server = await serve((socket) => cutOff(socket, whole.slice(0, cutAt)));
    const cut = connectTo(server.baseUrl);
    for (; cutAt < whole.length; cutAt++) {
      const outcome = await call(cut);
      expect(short(outcome), `cut at byte ${cutAt}`).toBe("unknown");
      expect(outcome.timing?.firstByteAt).toEqual(NOW);
    }
  });

  test("the same answer, whole, is accepted", async () => {
    const server = await serve(send(answer(200, ORDER)));
    expect(short(await call(connectTo(server.baseUrl)))).toBe("accepted");
  });

  test("a closed adapter sends nothing", async () => {
    const server = await serve(silence);
    const closed = connectTo(server.baseUrl);
    await closed.close();
    const outcome = await call(closed);
    expect(short(outcome)).toBe("transient");
    expect(outcome.timing).toEqual(NOT_SENT);
    expect(server.connections()).toBe(0);
  });
});

test("reads that waited too long for a connection are not sent afterwards", async () => {
  const server = await serve(silence);
  const crowded = connectTo(server.baseUrl);
  const read = () => Promise.all(Array.from({ length: 600 }, () => crowded.getOrder("o-1")));
  const sent = limits.readConnections;
  const crowd = () => expect(server.requests).toHaveLength(sent);
  const outcomes = (await pastDeadline(DEADLINE_MS, read, crowd)).map(short);
  await crowded.close();
  expect(outcomes.filter((outcome) => outcome === "unknown")).toHaveLength(sent);
  expect(outcomes.filter((outcome) => outcome === "transient")).toHaveLength(600 - sent);
  expect(server.requests).toHaveLength(sent);
});

describe("two clocks", () => {
  test.each<[string, string | null, Date | null]>([
    ["as HTTP writes it", "Sun, 01 Mar 2026 12:10:03 GMT", new Date("2026-03-01T12:10:03Z")],
    ["as it used to be written", "Sun Mar  1 11:50:00 2026", new Date("2026-03-01T11:50:00Z")],
    ["absent", null, null],
    ["junk", "some time today", null],
    ["an ISO date, which HTTP has none of", "2026-03-01T12:10:03Z", null],
  ])("the supplier's: Date %s", async (_, date, supplierClock) => {
    const headers: Record<string, string> = date === null ? {} : { date };
    for (const status of [200, 404, 503]) {
      const server = await serve(send(answer(status, ORDER, headers)));
      const outcome = await connectTo(server.baseUrl).getOrder("o-1");
      expect(outcome.timing).toEqual({ firstByteAt: NOW, supplierClock });
    }
  });

  test("ours: read at the first byte, not when the call was asked for", async () => {
    const server = await serve(send(answer(200, ORDER)));
    const times = [1, 2].map((seconds) => new Date(NOW.getTime() + seconds * 1000));
    let read = 0;
    const to = connectTo(server.baseUrl, { now: () => times[Math.min(read++, 1)] ?? NOW });
    const { timing } = await to.getOrder("o-1");
    expect(timing?.firstByteAt).toEqual(times[0]);
  });
});

describe("after the time for sending", () => {
  const writes = (notAfter: Date): [string, Ask][] => [
    ["create", (to) => to.createOrder(NEW_ORDER, { notAfter })],
    ["pay", (to) => to.payOrder("o-1", { notAfter })],
  ];

  test.each([
    ["a millisecond late", new Date(NOW.getTime() - 1)],
    ["no time at all", new Date(Number.NaN)],
  ])("%s: connected, but not one byte was written", async (_, notAfter) => {
    let bytes = 0;
    const server = await serve(send(answer(200, ORDER)), (socket) =>
      socket.on("data", (chunk) => {
        bytes += chunk.length;
      }),
    );
    const to = connectTo(server.baseUrl);
    for (const [name, write] of writes(notAfter)) {
      expect(await write(to), name).toEqual({
        kind: "refused",
        refusal: {
          class: "transient",
          code: null,
          detail: "the time for sending was over",
          httpStatus: null,
        },
        timing: NOT_SENT,
      });
    }
    // Writes have connections of their own, so both are closed: nothing can follow.
    await expect.poll(() => server.open()).toBe(0);
    expect(bytes).toBe(0);
  });

  test("the last moment is still in time", async () => {
    const server = await serve(send(answer(200, ORDER)));
    const to = connectTo(server.baseUrl);
    for (const [, write] of writes(NOW)) expect(short(await write(to))).toBe("accepted");
  });

  test("reads know no such time", async () => {
    const server = await serve(send(answer(200, ORDER)));
    expect(short(await connectTo(server.baseUrl).getOrder("o-1"))).toBe("accepted");
  });
});
