import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openDb } from "./db.ts";

const database = await createTestDatabase();
afterAll(() => database.drop());

/** The end of a server's message "ready for a query, in no transaction". */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

function shutdownNotice(): Buffer {
  const fields = "SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0";
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/** A server that is shut down, time and again, in the very moment in which it says that it is ready. */
async function dyingServer(cuts: number): Promise<{ url: string; server: Server }> {
  const { hostname, port } = new URL(database.url);
  let left = cuts;
  const server = createServer((client) => {
    const real = connect(Number(port), hostname);
    client.pipe(real);
    for (const socket of [client, real]) socket.on("error", () => undefined);
    client.on("close", () => real.destroy());
    real.on("close", () => client.destroy());
    real.on("data", (chunk) => {
      if (left === 0 || !chunk.subarray(-READY.length).equals(READY)) return client.write(chunk);
      left -= 1;
      return client.end(Buffer.concat([chunk, shutdownNotice()]));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, server };
}

it("a connection that is cut while nobody listens to it ends no process", async () => {
  const { url, server } = await dyingServer(3);
  const db = openDb(url);
  const ask = () => db.$transaction((tx) => tx.$queryRaw<{ one: number }[]>`select 1 as one`);
  for (let cut = 0; cut < 3; cut++) await expect(ask()).rejects.toThrow();
  expect(await ask()).toEqual([{ one: 1 }]);
  await db.$disconnect();
  server.close();
});
