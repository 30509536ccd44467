/** The workers: as many as planned, each an engine as `npm run worker` starts it. */
import { type Child, startChild } from "./child.ts";
import { pauseFor } from "./moments.ts";

/** Calls under way and answers held for a database that is away are finished first. */
const PATIENCE_MS = 70_000;

export type Fleet = {
  workers(): readonly Child[];
  kill(worker: Child): Promise<void>;
  /** In order, as a new version would be rolled out. */
  replace(worker: Child): Promise<void>;
  /** Workers that ended although nobody had asked them to, in their own last words. */
  deaths(): readonly string[];
  /** Starts that came to nothing, because the database was away just then; the next one follows. */
  failedStarts(): number;
  stop(): Promise<void>;
};

export function startFleet(count: number, env: NodeJS.ProcessEnv, folder: string): Fleet {
  const workers = new Set<Child>();
  const expected = new Set<Child>();
  const deaths: string[] = [];
  let failedStarts = 0;
  let started = 0;
  let stopping = false;

  function start(): void {
    if (stopping) return;
    started += 1;
    const args = ["--import", "tsx", "lib/engine/main.ts"];
    const worker = startChild(`worker-${started}`, args, env, folder);
    workers.add(worker);
    void worker.ended.then(async ({ code, signal }) => {
      workers.delete(worker);
      if (expected.has(worker)) return;
      const how = signal ?? `code ${code}`;
      if (worker.hasSaid('"worker started"')) {
        deaths.push(`${worker.name} ended by itself (${how}):\n${worker.lastWords()}`);
      } else failedStarts += 1;
      await pauseFor(1_000);
      start();
    });
  }

  for (let each = 0; each < count; each += 1) start();

  return {
    workers: () => [...workers],
    async kill(worker) {
      expected.add(worker);
      worker.signal("SIGKILL");
      await worker.ended;
      start();
    },
    async replace(worker) {
      expected.add(worker);
      // The new one is there before the old one has finished.
      start();
      await worker.stop(PATIENCE_MS);
    },
    deaths: () => deaths,
    failedStarts: () => failedStarts,
    async stop() {
      stopping = true;
      for (const worker of workers) expected.add(worker);
      await Promise.all([...workers].map((worker) => worker.stop(PATIENCE_MS)));
    },
  };
}
