import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export type MailServer = {
  port: number;
  /** As they came, the oldest first. */
  mails: string[];
  /** Connections made so far. */
  connections(): number;
  stop(): Promise<void>;
};

type Refusal = { code: number; text: string };

/** An SMTP server on loopback that takes every mail, unless `refuse` says otherwise of a recipient. */
export async function openMailServer(
  options: SMTPServerOptions & {
    login?: { user: string; password: string };
    refuse?: (recipient: string) => Refusal | null;
  } = {},
): Promise<MailServer> {
  const { login, refuse, ...rest } = options;
  const mails: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: login === undefined,
    ...(rest.secure || rest.key ? {} : { hideSTARTTLS: true }),
    ...rest,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.password;
      if (isRight) done(null, { user: username });
      else done(new Error("authentication failed"));
    },
    onRcptTo({ address }, _session, done) {
      const refusal = refuse?.(address) ?? null;
      if (refusal === null) return done();
      done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
