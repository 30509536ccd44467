import { type Running, takeKind } from "./kinds.ts";

function fail(error: unknown): never {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  const sentence =
    code === "EADDRINUSE"
      ? `Port ${port} is in use. Stop what holds it, or choose another with --port and --control-port.`
      : message;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function start(): Promise<Running> {
  const { start: startKind, rest } = takeKind(process.argv.slice(2), process.env);
  return startKind(rest, process.env);
}

const simulator = await start().catch(fail);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches a whole process group, so the same wish may arrive twice.
    if (stopping) return;
    stopping = true;
    simulator.close().then(() => process.exit(0), fail);
  });
}

const { port, controlPort } = simulator;
process.stdout.write(`${JSON.stringify({ listening: { port, controlPort } })}\n`);
