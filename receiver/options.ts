import { parseArgs } from "node:util";

export type ReceiverOptions = { port: number; secrets: string[]; isJson: boolean };

const SECRET = /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/;

/** From the command line and, for what it leaves out, the environment. Throws a sentence for what it doesn't know. */
export function readOptions(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): ReceiverOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: "string" },
      secret: { type: "string", multiple: true },
      json: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port ?? (environment.RECEIVER_PORT || 4020));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error("--port is a number from 0 to 65535; 0 takes a free one.");
  }
  const secrets = values.secret ?? environment.RECEIVER_SECRET?.split(/[\s,]+/).filter(Boolean);
  if (!secrets?.length) {
    throw new Error(
      "Give the endpoint's signing secret with --secret whsec_… (twice while it is being changed).\n" +
        "You see it once: on the endpoint's page when you add it, or as `secret` from\n" +
        `  npm run keyhold -- endpoint add --channel webhook --url http://127.0.0.1:${port}/ --events '*' --untested`,
    );
  }
  if (!secrets.every((secret) => SECRET.test(secret))) {
    throw new Error("A signing secret begins with whsec_, and base64 follows.");
  }
  return { port, secrets, isJson: values.json };
}
