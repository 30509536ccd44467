import { command } from "../base/command.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { runNode } from "../base/task.mjs";
import { ensureInstalled } from "../install.mjs";
import { openTestServer } from "../test-server.mjs";

/** `npm run simulate`: the engine's code in virtual time, on a PostgreSQL for throw-away databases. */
export const main = command(async (argv) => {
  await ensureInstalled();
  return simulate(argv);
});

/** The same within another command; answers the exit code. */
export async function simulate(argv) {
  const opening = openTestServer();
  onShutdown(() =>
    opening.then(
      (server) => server.stop(),
      () => {},
    ),
  );
  const { adminUrl } = await opening;
  const { code } = await runNode(["--import", "tsx", "harness/simulate/main.ts", ...argv], {
    env: { ...process.env, KEYHOLD_TEST_DATABASE_URL: adminUrl },
    show: "all",
  });
  return code;
}
