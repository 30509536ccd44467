/** A receiver for trying: prints every genuine event that is sent to it. */
import { describeEvent } from "./describe-event.ts";
import { readOptions } from "./options.ts";
import { type Receiver, startReceiver } from "./server.ts";

function fail(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentence =
    code === "EADDRINUSE" ? "The port is in use. Choose another with --port." : message;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(): Promise<Receiver> {
  const options = readOptions(process.argv.slice(2), process.env);
  const receiver = await startReceiver(options, {
    event: (event) => say(options.isJson ? JSON.stringify({ event }) : describeEvent(event)),
    refused: (why) => say(options.isJson ? JSON.stringify({ refused: why }) : `refused: ${why}`),
  });
  const { port } = receiver;
  say(
    options.isJson
      ? JSON.stringify({ listening: { port } })
      : `Listening on http://127.0.0.1:${port}/ for events that are signed with its secret.`,
  );
  return receiver;
}

const receiver = await start().catch(fail);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches a whole process group, so the same wish may arrive twice.
    if (stopping) return;
    stopping = true;
    receiver.close().then(() => process.exit(0), fail);
  });
}
