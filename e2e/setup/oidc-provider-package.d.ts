/** As much of it as tests use; the package comes without types. */
declare module "oidc-provider" {
  import type { RequestListener, Server } from "node:http";

  export type ProviderConfiguration = {
    clients: { client_id: string; client_secret: string; redirect_uris: string[] }[];
    cookies: { keys: string[] };
    claims: Record<string, string[]>;
    findAccount(
      context: unknown,
      accountId: string,
    ): { accountId: string; claims(): Record<string, unknown> & { sub: string } };
  };

  export default class Provider {
    constructor(issuer: string, configuration: ProviderConfiguration);
    callback(): RequestListener;
    listen(port: number, host: string, listening: () => void): Server;
  }
}
