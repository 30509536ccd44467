/** Receivers that say back all that they are told, as web servers, mail servers and Redis may. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Server,
  type Socket,
} from "node:net";
import { SMTPServer } from "smtp-server";
import type { SelfSigned } from "#lib/platform/testing/self-signed.ts";

type Heard = { path: string; headers: IncomingHttpHeaders; body: string };

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** How a receiver may repeat what it was sent, one after the other. */
export const ECHOES: ((heard: Heard) => string)[] = [
  ({ body }) => body,
  ({ headers }) => Object.entries(headers).join("\n"),
  (heard) => JSON.stringify(heard),
  (heard) => JSON.stringify(heard).replaceAll("/", "\\/"),
  ({ body }) => body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  ({ body }) => encodeURIComponent(body),
  ({ body }) => `.${Buffer.from(body).toString("base64")}`,
  ({ headers }) => Buffer.from(JSON.stringify(headers)).toString("base64url"),
  ({ body }) => Buffer.from(body).toString("hex"),
];

/**
 * A web server that answers with the status that a path begins with (`/500/links`), and with what it was sent, in
 * another form each time. On `/telegram` and `/sqs` it refuses as those do.
 */
export async function openEcho() {
  const heard: Heard[] = [];
  const counts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? "/";
    const got = { path, headers: request.headers, body: Buffer.concat(chunks).toString() };
    heard.push(got);
    const [, first = ""] = path.split("/");
    const nth = counts.get(first + path) ?? 0;
    counts.set(first + path, nth + 1);
    const echo = ECHOES[nth % ECHOES.length]?.(got) ?? "";
    if (first === "telegram") {
      const description = `${path} ${echo}`;
      response.writeHead(400).end(JSON.stringify({ ok: false, error_code: 400, description }));
    } else if (first === "sqs") {
      const { authorization } = got.headers;
      const said = JSON.stringify({ __type: "AccessDenied", message: `${authorization} ${echo}` });
      response.writeHead(403, { "content-type": "application/x-amz-json-1.0" }).end(said);
    } else response.writeHead(Number(first)).end(echo);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: (path: string) => `http://127.0.0.1:${portOf(server)}${path}`,
    heard,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Refuses a password and says which, as it was told and as mail servers are told it. */
export async function openEchoingMail(tls: SelfSigned) {
  const heard: string[] = [];
  const server = new SMTPServer({
    secure: true,
    ...tls,
    onAuth({ username, password }, _, done) {
      heard.push(password ?? "");
      const plain = Buffer.from(`\0${username}\0${password}`).toString("base64");
      done(new Error(`not ${password}, nor AUTH PLAIN ${plain}`));
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return { port: portOf(server.server), heard, close: () => server.close() };
}

/** Speaks Redis as far as `refuses` goes (a command in capitals), and refuses that with what came with it. */
export async function openEchoingRedis(refuses: string) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      for (const command of data.toString().split(/(?<=\n)(?=\*\d+\r\n)/)) {
        const words = command.split("\r\n").filter((_, index) => index > 0 && index % 2 === 0);
        const [name = ""] = words;
        heard.push(words.join(" "));
        if (name.toUpperCase() === refuses) {
          const code = refuses === "AUTH" ? "WRONGPASS" : "NOPERM";
          socket.write(`-${code} not ${words.join(" ").replace(/[\r\n]+/g, " ")}\r\n`);
        } else if (name.toUpperCase() === "INFO") socket.write("$20\r\nredis_version:7.2.0\n\r\n");
        else socket.write("+OK\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server),
    heard,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
