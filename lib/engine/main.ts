/** A worker process: the engine, until SIGTERM or SIGINT. Any number may run on one database. */
import { envOrExit } from "#lib/platform/env.ts";
import { SealError } from "#lib/platform/gcm.ts";
import { listen } from "#lib/platform/notify.ts";
import { runEngine } from "./run-engine.ts";
import { buildRuntime } from "./runtime.ts";
import { withPatience } from "./with-patience.ts";

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

const env = envOrExit();
const runtime = await withPatience(() => buildRuntime(env), stop.signal).catch((error) => {
  if (!(error instanceof SealError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return process.exit(1);
});
runtime.log.info("worker started");

/** At once; what is missed here a chore finds. */
function refreshSuppliers(): void {
  runtime.suppliers
    .refresh(runtime)
    .then(() => runtime.log.debug("suppliers read again"))
    .catch((error) => runtime.log.warn({ err: error }, "suppliers not read again"));
}

const worked = await runEngine(runtime, {
  kind: "worker",
  signal: stop.signal,
  onWork(wake) {
    const listening = listen(runtime.env.DATABASE_URL, runtime.log, (topic) => {
      if (topic === "work") wake("orders");
      if (topic === "outbox") wake("deliveries");
      if (topic === "suppliers") refreshSuppliers();
    });
    return () => void listening.close();
  },
});
await runtime.close();
runtime.log.info({ worked }, "worker stopped");
process.exit(0);
