/** Several processes that run seeds at once; which one runs a seed makes no difference to it. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Message, Order, Report } from "./batch.ts";
import type { ControlName } from "./controls/controls.ts";

const BATCH = fileURLToPath(new URL("./batch.ts", import.meta.url));

export type RunOrder = Extract<Order, { kind: "run" }>;

export type Pool = {
  /** Gives every process a fresh database, with something missing from it or not. */
  open(control: ControlName | null): Promise<void>;
  /** Runs the orders as processes become free, until none is left or `report` answers "stop". */
  run(orders: Iterable<RunOrder>, report: (report: Report) => "stop" | undefined): Promise<void>;
  close(): Promise<void>;
};

export function openPool(processes: number, adminUrl: string): Pool {
  const children = Array.from({ length: processes }, () =>
    fork(BATCH, { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] }),
  );
  return {
    async open(control) {
      // One after the other: a template can't be copied twice at once.
      for (const child of children) await ask(child, { kind: "open", adminUrl, control });
    },
    async run(orders, report) {
      const queue = orders[Symbol.iterator]();
      let stopped = false;
      await Promise.all(
        children.map(async (child) => {
          for (let next = queue.next(); !next.done && !stopped; next = queue.next()) {
            const answer = await ask(child, next.value);
            if (answer.kind === "done" && report(answer) === "stop") stopped = true;
          }
        }),
      );
    },
    async close() {
      await Promise.all(
        children.map(
          (child) =>
            new Promise((resolve) => {
              child.once("exit", resolve);
              if (child.connected) child.disconnect();
              else if (child.exitCode !== null) resolve(null);
            }),
        ),
      );
    },
  };
}

function ask(child: ChildProcess, order: Order): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      forget();
      resolve(message as Message);
    };
    const onExit = (code: number | null) => {
      forget();
      const what = order.kind === "run" ? ` while it ran seed ${order.seed}` : "";
      reject(new Error(`A process of the simulation ended with code ${code}${what}.`));
    };
    const forget = () => {
      child.off("message", onMessage);
      child.off("exit", onExit);
    };
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.send(order);
  });
}
