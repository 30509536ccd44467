import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Order, type State, stateSchema } from "./state.ts";

const writeDelayMs = 200;

export type Store = {
  readonly state: State;
  /** Says that the state changed. It is written within a moment. */
  touch(): void;
  /** Resolves once every change made so far is in the file; rejects when it can't be written. */
  flush(): Promise<void>;
  replace(state: State): void;
};

/** A state in memory, gone with the process. */
export function memoryStore(empty: () => State): Store {
  let state = empty();
  return {
    get state() {
      return state;
    },
    touch() {},
    flush: () => Promise.resolve(),
    replace(next) {
      state = next;
    },
  };
}

/**
 * Opens the state in `file`. Throws a sentence for a file that isn't ours. The file is replaced
 * whole, so a process killed at any moment leaves the old or the new one.
 */
export async function openStore(file: string, empty: () => State): Promise<Store> {
  let state = (await load(file)) ?? empty();
  let changed = 0;
  let saved = 0;
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  const settledTexts = new WeakMap<Order, string>();

  async function write(): Promise<void> {
    const writingChange = changed;
    const temporary = `${file}.${process.pid}.tmp`;
    await writeFile(temporary, serialise(state, settledTexts));
    await rename(temporary, file);
    saved = writingChange;
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const wanted = changed;
    // Whoever comes while a write is running waits for it and then shares the next one.
    while (saved < wanted) {
      writing ??= write().finally(() => {
        writing = null;
      });
      await writing;
    }
  }

  return {
    get state() {
      return state;
    },
    touch() {
      changed++;
      timer ??= setTimeout(() => {
        timer = null;
        flush().catch((error) => process.stderr.write(`Could not write ${file}: ${error}\n`));
      }, writeDelayMs).unref();
    },
    flush,
    replace(next) {
      state = next;
    },
  };
}

async function load(file: string): Promise<State | null> {
  await mkdir(dirname(file), { recursive: true });
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} is not a simulator state file. Delete it, or name another with --data.`,
      { cause: error },
    );
  }
}

/** A settled order never changes again, so its text is made once: a write stays cheap with many. */
function serialise(state: State, settledTexts: WeakMap<Order, string>): string {
  const { orders, ...rest } = state;
  const texts = orders.map((order) => {
    const known = settledTexts.get(order);
    if (known !== undefined) return known;
    const text = JSON.stringify(order);
    if (order.settled !== null) settledTexts.set(order, text);
    return text;
  });
  return `${JSON.stringify(rest).slice(0, -1)},"orders":[\n${texts.join(",\n")}\n]}\n`;
}
