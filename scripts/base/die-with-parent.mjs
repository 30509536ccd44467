/**
 * Loaded into every long-running child with `--import`: when the command that started it is gone
 * without having stopped it (SIGKILL), the channel between them closes, and the child ends as if told to.
 */
if (process.channel) {
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 10_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Waiting for that is no reason to stay alive.
  process.channel.unref();
}
