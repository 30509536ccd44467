import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { createLog } from "./log.ts";
import { listen, notify, type Topic } from "./notify.ts";

const RECONNECT_MS = 10;

const database = await createTestDatabase();
afterAll(() => database.drop());

/** Listens until the test ends; resolves once the listener is on. */
async function hear(url = database.url): Promise<{ topics: Topic[]; close(): Promise<void> }> {
  const topics: Topic[] = [];
  const log = createLog("error", []);
  const { close } = listen(url, log, (topic) => topics.push(topic), RECONNECT_MS);
  onTestFinished(close);
  await vi.waitFor(() => expect(topics).toEqual(["engine"]), { interval: 5, timeout: 15_000 });
  topics.length = 0;
  return { topics, close };
}

const tell = (...topics: Topic[]) => database.db.$transaction((tx) => notify(tx, topics));
const until = (assertion: () => void) => vi.waitFor(assertion, { interval: 5, timeout: 15_000 });

describe("notify and listen", () => {
  it("tells every listener once the transaction has committed", async () => {
    const [one, other] = await Promise.all([hear(), hear()]);
    await database.db.$transaction(async (tx) => {
      await notify(tx, ["order:o1", "balance"]);
      await tell("work");
      await until(() => expect(one.topics).toEqual(["work"]));
    });
    await until(() => expect(one.topics).toEqual(["work", "order:o1", "balance"]));
    await until(() => expect(other.topics).toEqual(one.topics));
  });

  it("tells nothing of a transaction that was rolled back", async () => {
    const { topics } = await hear();
    const failing = database.db.$transaction(async (tx) => {
      await notify(tx, ["order:lost"]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await tell("catalog");
    await until(() => expect(topics).toEqual(["catalog"]));
  });

  it("tells a topic once a transaction, however often it is said", async () => {
    const { topics } = await hear();
    await tell("balance", "balance", "order:o1", "balance");
    await tell("work");
    await until(() => expect(topics).toEqual(["balance", "order:o1", "work"]));
  });

  it("comes back after its backend was killed, and says that news may have been missed", async () => {
    const { topics } = await hear();
    const killed = await database.db.$queryRaw<{ pid: number }[]>`
      select pid, pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query = 'listen keyhold'`;
    expect(killed).toHaveLength(1);
    await until(() => expect(topics).toEqual(["engine"]));
    await tell("order:o2");
    await until(() => expect(topics).toEqual(["engine", "order:o2"]));
  });

  it("waits for a database that isn't there yet", async () => {
    const later = `later_${process.pid}_${Date.now()}`;
    const url = new URL(database.url);
    url.pathname = `/${later}`;
    const lines: string[] = [];
    const topics: Topic[] = [];
    const log = createLog("warn", [], (line) => lines.push(line));
    const listener = listen(url.href, log, (topic) => topics.push(topic), RECONNECT_MS);
    await until(() => expect(lines.length).toBeGreaterThan(1));
    expect(topics).toEqual([]);
    await database.db.$executeRawUnsafe(`create database ${later}`);
    await until(() => expect(topics).toEqual(["engine"]));
    await listener.close();
    await database.db.$executeRawUnsafe(`drop database ${later} with (force)`);
  });

  it("is silent once closed", async () => {
    const { topics, close } = await hear();
    await close();
    await tell("balance");
    const left = await database.db.$queryRaw`
      select pid from pg_stat_activity
      where datname = current_database() and query = 'listen keyhold'`;
    expect(left).toEqual([]);
    expect(topics).toEqual([]);
  });

  it("can be closed while it is connecting", async () => {
    const topics: Topic[] = [];
    const lines: string[] = [];
    const log = createLog("warn", [], (line) => lines.push(line));
    await listen(database.url, log, (topic) => topics.push(topic), RECONNECT_MS).close();
    await tell("balance");
    expect([...topics, ...lines]).toEqual([]);
  });
});
