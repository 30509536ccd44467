import { describe, expect, test } from "vitest";
import { pastDeadline } from "../http/past-deadline.fixture.ts";
import { answer, type Reply } from "../http/raw-server.fixture.ts";
import type { Json, Outcome, Supplier, SupplierOrder } from "../port.ts";
import { describePush } from "./describe-push.fixture.ts";
import { bytes, callsOf, DEADLINE_MS, json, NOW, scripted, short } from "./script.fixture.ts";
import { CODE, KEY, ORDER_ID, REFERENCE, type Subject } from "./subject.fixture.ts";

type Row = [when: string, reply: Reply, expected: Expected, ends?: "at its deadline"];
type Expected = string | { read: string; write: string };

/** What a proxy may have said without the supplier refuses a read only. */
const unlessWrite = (read: string): Expected => ({ read, write: "unknown" });
const HTML = "<html><body>Bad gateway</body></html>";

/** What holds for every supplier, whatever its words. */
const ROWS: Row[] = [
  ["reset after the request", (socket) => socket.resetAndDestroy(), "unknown"],
  ["closed after the request", (socket) => socket.end(), "unknown"],
  ["no answer in time", () => undefined, "unknown", "at its deadline"],
  ["garbage instead of HTTP", bytes("SSH-2.0-OpenSSH_9.2\r\n"), "unknown"],
  ["cut off in the headers", bytes("HTTP/1.1 200 OK\r\ncontent-le"), "unknown"],
  ["200, empty", bytes(answer(200, "")), "unknown"],
  ["200, HTML", bytes(answer(200, HTML, { "content-type": "text/html" })), "unknown"],
  ["200, not an object", bytes(answer(200, '"ok"')), "unknown"],
  ["200, an object that says nothing", json(200, {}), "unknown"],
  ["200, too deep", bytes(answer(200, `${"[".repeat(500)}${"]".repeat(500)}`)), "unknown"],
  ["200, too large", json(200, { x: "x".repeat(17 * 1024 * 1024) }), "unknown"],
  ["200, says that it is gzip", json(200, {}, { "content-encoding": "gzip" }), "unknown"],
  ...[301, 302, 307, 308].map(
    (status): Row => [
      `${status}`,
      bytes(`HTTP/1.1 ${status} X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n`),
      "unknown",
    ],
  ),
  ...[500, 502, 503, 504].map(
    (status): Row => [`${status}`, json(status, { error: "down" }), "unknown"],
  ),
  ["408", json(408, { error: "slow" }), "unknown"],
  ["401, HTML", bytes(answer(401, HTML)), unlessWrite("auth")],
  ["403, HTML", bytes(answer(403, HTML)), unlessWrite("auth")],
  ["429, HTML", bytes(answer(429, HTML)), unlessWrite("rate_limited")],
  ["429 with Retry-After", bytes(answer(429, HTML, { "retry-after": "5" })), "rate_limited"],
  ["400, HTML", bytes(answer(400, HTML)), "unknown"],
];

/** Every adapter passes this against a server that answers as its own supplier would, and as none should. */
export function describeConformance(subject: Subject): void {
  const traits = subject.connect("http://127.0.0.1:1", { deadlineMs: 1, now: () => NOW }).traits;
  const calls = callsOf(subject, { traits } as Supplier);
  const wordOf = (state: keyof Subject["words"]): string =>
    subject.words[state] ?? Object.values(subject.words)[0] ?? "";
  const whole = (): Json =>
    subject.order({ word: wordOf("processing"), codes: [], reference: REFERENCE });
  const asFound = (name: string, order: Json): Json =>
    name === "findOrder" && subject.found ? subject.found.of([order]) : order;

  describe(`${subject.name}: outcomes`, () => {
    describe.each(calls)("%s", (name, kind, ask) => {
      test.each(ROWS)("%s", async (_, reply, expected, ends) => {
        const script = await scripted(subject, reply);
        const call = () => ask(script.supplier);
        const called = () => expect(script.calls()).toHaveLength(1);
        const outcome = await (ends ? pastDeadline(DEADLINE_MS, call, called) : call());
        expect(short(outcome)).toBe(typeof expected === "string" ? expected : expected[kind]);
        expect(script.calls(), "sent exactly once").toHaveLength(1);
        expect(outcome.timing?.firstByteAt).toEqual(NOW);
      });

      test("the order, whole, is accepted; cut off anywhere it is not", async () => {
        const text = answer(200, JSON.stringify(asFound(name, whole())), {
          date: NOW.toUTCString(),
        });
        const accepted = await ask((await scripted(subject, bytes(text))).supplier);
        expect(short(accepted)).toBe("accepted");
        expect(accepted.timing).toEqual({ firstByteAt: NOW, supplierClock: NOW });
        let cutAt = 0;
        const cut = await scripted(subject, (socket) => socket.end(text.slice(0, cutAt)));
        for (; cutAt < text.length; cutAt += 7) {
          expect(short(await ask(cut.supplier)), `cut at byte ${cutAt}`).toBe("unknown");
        }
      });

      test("a refusal in its own words is one, without the key", async () => {
        const { status, body } = subject.refusal;
        const { supplier } = await scripted(subject, json(status, body));
        const outcome = await ask(supplier);
        expect(short(outcome)).toBe("balance");
        expect(JSON.stringify(outcome)).not.toContain(KEY);
      });

      test("an address where nobody listens was not called", async () => {
        const options = { deadlineMs: 2_000, now: () => NOW };
        const supplier = subject.connect("http://127.0.0.1:1", options);
        const outcome = await ask(supplier);
        await supplier.close();
        expect(short(outcome)).toBe("transient");
        expect(outcome.timing).toEqual({ firstByteAt: null, supplierClock: null });
      });
    });
  });

  describe(`${subject.name}: sending`, () => {
    test.each([
      ["a millisecond late", new Date(NOW.getTime() - 1)],
      ["no time at all", new Date(Number.NaN)],
    ])("%s: not one byte of an order is written", async (_, notAfter) => {
      const script = await scripted(subject, json(200, whole()));
      const outcome = await script.supplier.createOrder(subject.newOrder, { notAfter });
      expect(short(outcome)).toBe("transient");
      expect(outcome.timing?.firstByteAt ?? null).toBeNull();
      expect(script.calls()).toHaveLength(0);
    });

    test("a closed account sends nothing", async () => {
      const script = await scripted(subject, json(200, whole()));
      await script.supplier.close();
      expect(short(await script.supplier.createOrder(subject.newOrder, { notAfter: NOW }))).toBe(
        "transient",
      );
      expect(script.calls()).toHaveLength(0);
    });

    test("what it has no flag or guard for is never bought for real", async () => {
      const script = await scripted(subject, json(200, whole()));
      const mock = { ...subject.newOrder, isMock: true };
      const outcome = await script.supplier.createOrder(mock, { notAfter: NOW });
      if (traits.testMode === "flag") expect(script.calls()).toHaveLength(1);
      if (traits.testMode === "none") {
        expect(short(outcome)).toBe("validation");
        expect(script.calls()).toHaveLength(0);
      }
    });

    test("our reference goes along where it guards or is searched for", async () => {
      const script = await scripted(subject, json(200, whole()));
      await script.supplier.createOrder(subject.newOrder, { notAfter: NOW });
      const isNeeded = traits.duplicateGuard === "reference" || traits.findsByReference;
      if (isNeeded) expect(script.calls()[0]).toContain(REFERENCE);
    });
  });

  describe(`${subject.name}: traits`, () => {
    const offered: [string, boolean, (supplier: Supplier) => Promise<Outcome<unknown>>][] = [
      ["payOrder", traits.payStep === "separate", (to) => to.payOrder(ORDER_ID, { notAfter: NOW })],
      ["getOrder", traits.readsOrders, (to) => to.getOrder(ORDER_ID)],
      ["findOrder", traits.findsByReference, (to) => to.findOrder(REFERENCE, null)],
      ["listOrders", traits.listsOrders, (to) => to.listOrders(null)],
      ["getBalances", traits.balance !== "none", (to) => to.getBalances()],
    ];
    test.each(offered)("%s is made or refused, as they say", async (_, isOffered, ask) => {
      const script = await scripted(subject, json(200, whole()));
      const outcome = await ask(script.supplier);
      expect(script.calls().length > 0).toBe(isOffered);
      if (!isOffered) {
        expect(outcome).toMatchObject({
          kind: "refused",
          refusal: { code: "not_offered" },
          timing: { firstByteAt: null },
        });
      }
    });

    test("a reference that is searched for and found, not found, or not answered for", async () => {
      const { found } = subject;
      expect(found !== undefined).toBe(traits.findsByReference);
      if (!found) return;
      const find = async (status: number, body: Json) =>
        (await scripted(subject, json(status, body))).supplier.findOrder(REFERENCE, null);
      const other = subject.order({ word: wordOf("processing"), codes: [], reference: "another" });
      expect(await find(200, found.of([whole()]))).toMatchObject({
        kind: "accepted",
        value: { kind: "order", order: { supplierOrderId: ORDER_ID } },
      });
      expect(await find(found.none.status, found.none.body)).toMatchObject({
        kind: "accepted",
        value: { kind: "none" },
      });
      // Each of these could pass for "it was never made", and it would be made again.
      const another = await find(200, found.of([other]));
      expect(another.kind === "accepted" ? another.value.kind : "unknown").toMatch(/unknown|more/);
      for (const [status, body] of [
        [200, {}],
        [404, { detail: "Not Found" }],
        [404, "no such page"],
      ] as const) {
        expect((await find(status, body)).kind).toBe("unknown");
      }
    });
  });

  describe(`${subject.name}: orders`, () => {
    type State = keyof Subject["words"];
    const told = async (
      facts: Parameters<Subject["order"]>[0],
    ): Promise<Outcome<SupplierOrder>> => {
      const { supplier } = await scripted(subject, json(200, subject.order(facts)));
      return traits.readsOrders
        ? supplier.getOrder(ORDER_ID)
        : supplier.createOrder(subject.newOrder, { notAfter: NOW });
    };

    test.each(Object.entries(subject.words) as [State, string][])(
      "%s is what it calls %s",
      async (state, word) => {
        expect(await told({ word, codes: [] })).toMatchObject({ value: { state, word } });
      },
    );

    test.each(["a_word_of_tomorrow", "constructor", "__proto__", "toString"])(
      "%s is unknown, kept, and never an end",
      async (word) => {
        expect(await told({ word, codes: [] })).toMatchObject({
          value: { state: "unknown", word },
        });
      },
    );

    test("codes are in the items alone", async () => {
      const codes = traits.codes === "none" ? [] : [CODE, "CODE-BBBB-2222"];
      const outcome = await told({ word: wordOf("completed"), codes });
      if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
      const { items, ...shown } = outcome.value;
      const values = items.flatMap((item) => item.codes.map(({ value }) => value));
      expect(values).toEqual(codes);
      const rest = JSON.stringify([shown, items.map(({ codes: _, ...item }) => item)]);
      for (const code of codes) expect(rest).not.toContain(code);
      expect(rest).not.toContain(KEY);
    });

    test("another order's answer is nobody's", async () => {
      if (!traits.readsOrders) return;
      const outcome = await told({ word: wordOf("completed"), codes: [CODE], id: "o-2" });
      expect(outcome.kind).toBe("unknown");
      expect(JSON.stringify(outcome)).not.toContain(CODE);
    });
  });

  describePush(subject, traits);
}
