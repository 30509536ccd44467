/**
 * What a command has started, and how each of it is stopped. Whatever ends the command (its own end,
 * a failure, Ctrl-C) goes through here, so that it stops everything it started, newest first.
 */
const started = [];
let stopping = null;
let stoppingSince = 0;
const hurry = new AbortController();
/** npm passes on the Ctrl-C that the terminal has sent to everybody already: one press, two signals. */
const samePressMs = 1_000;

/** Registers how something is stopped; answers the function that takes it off the list again. */
export function onShutdown(stop) {
  started.push(stop);
  return () => {
    const index = started.indexOf(stop);
    if (index >= 0) started.splice(index, 1);
  };
}

/** Whether the command is on its way out, so that nothing new is begun. */
export function isShuttingDown() {
  return stopping !== null;
}

/** Never: what is awaited once the command is on its way out, and its end is left to the exit. */
export function forever() {
  return new Promise(() => {});
}

/** Kills after so many ms, or as soon as somebody won't wait; answers how to call it off. */
export function killAfter(patienceMs, kill) {
  const timer = setTimeout(kill, patienceMs);
  if (hurry.signal.aborted) kill();
  hurry.signal.addEventListener("abort", kill, { once: true });
  return () => {
    clearTimeout(timer);
    hurry.signal.removeEventListener("abort", kill);
  };
}

/** Stops everything, one after the other; a second call joins the first. */
export function shutDown() {
  stopping ??= (async () => {
    for (let stop = started.pop(); stop; stop = started.pop()) {
      await stop().catch((error) => process.stderr.write(`${error.message}\n`));
    }
  })();
  return stopping;
}

/**
 * Lets Ctrl-C, a closed terminal and SIGTERM end the command in order. `exitCode` maps the signal's
 * usual code (130, 129, 143) to the one that is answered. A second one kills what is still running.
 */
export function shutDownOnSignals({ exitCode = (code) => code, say = () => {} } = {}) {
  for (const [signal, number] of [
    ["SIGINT", 2],
    ["SIGHUP", 1],
    ["SIGTERM", 15],
  ]) {
    process.on(signal, () => {
      if (isShuttingDown()) {
        if (Date.now() - stoppingSince > samePressMs) hurry.abort();
        return;
      }
      stoppingSince = Date.now();
      say("\nStopping … (Ctrl-C again doesn't wait)");
      shutDown().then(() => process.exit(exitCode(128 + number)));
    });
  }
}
