/** A real OpenID provider for the browser tests: `oidc-provider.ts <port> <the console's address>`. */
import Provider from "oidc-provider";

const [port = "", consoleUrl = ""] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "keyhold",
      client_secret: "a secret of the browser tests alone",
      redirect_uris: [`${consoleUrl}/api/auth/callback/oidc`],
    },
  ],
  cookies: { keys: ["a key of the browser tests"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  // Whoever signs in there as `meera` has that address; a login with `unverified` in it isn't vouched for.
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({
      sub: accountId,
      email: `${accountId}@keyhold.example`,
      email_verified: !accountId.includes("unverified"),
    }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));
