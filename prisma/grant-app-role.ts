import { Client } from "pg";

/** Gives the console's role what it needs, and takes from it what it doesn't; see the function in the migrations. */
export async function grantAppRole(ownerUrl: string, role: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("select grant_app_role($1)", [role]);
  } finally {
    await client.end();
  }
}
