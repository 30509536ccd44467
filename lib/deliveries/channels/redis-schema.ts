import { z } from "zod";
import { host, line, port, secretText, trustedCertificates } from "./fields-schema.ts";

/** How a Redis is reached, for the stream and for BullMQ alike. */
export const redisConnection = {
  host,
  port: port.default(6379),
  tls: z.boolean().default(false),
  db: z.int().min(0, "number").max(1023, "number").default(0),
  /** Of Redis 6 and newer; without one only the password is shown. */
  user: line(128).optional(),
  trustedCertificates,
};

export const redisSecretsSchema = z.strictObject({ password: secretText.optional() });

const connection = z.object(redisConnection);
export type RedisConnection = z.infer<typeof connection>;
export type RedisSecrets = z.infer<typeof redisSecretsSchema>;

/** As people write it, without user and password. */
export const placeOf = ({
  tls,
  host: name,
  port: at,
  db,
}: Pick<RedisConnection, "tls" | "host" | "port" | "db">): string =>
  `${tls ? "rediss" : "redis"}://${name.includes(":") ? `[${name}]` : name}:${at}/${db}`;

/**
 * Takes `redis://user:password@host:6379/0` (or `rediss://`, which is TLS) apart, as forms and the command line
 * are given it; null where it is no such address.
 */
export function parseRedisUrl(
  text: string,
): { connection: z.input<typeof connection>; secrets: RedisSecrets } | null {
  if (!/^rediss?:\/\//i.test(text.trim()) || !URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  const database = /^\/?(\d*)$/.exec(url.pathname);
  if (!database || !url.hostname || url.search || url.hash) return null;
  const user = decodePart(url.username);
  const password = decodePart(url.password);
  if (user === null || password === null) return null;
  return {
    connection: {
      host: url.hostname,
      port: url.port ? Number(url.port) : 6379,
      tls: url.protocol.toLowerCase() === "rediss:",
      db: Number(database[1] || 0),
      ...(user ? { user } : {}),
    },
    secrets: password ? { password } : {},
  };
}

function decodePart(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
