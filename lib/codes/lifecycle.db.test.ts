import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { CODE_STATES, type CodeState, canMove } from "./lifecycle.ts";
import { createCodes, createHandOut, createStockProduct } from "./stock.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const { id: stockProductId } = await createStockProduct(db);
const handOutId = await createHandOut(db, "shop-1");
const cases = CODE_STATES.flatMap((from) =>
  CODE_STATES.map((to) => ({ from, to, may: canMove(from, to) || from === to })),
);

async function move(from: CodeState, to: CodeState): Promise<unknown> {
  const [id] = await createCodes(db, 1, {
    stockProductId,
    state: from,
    customerRef: "shop-1",
    handOutId,
  });
  return db.$executeRawUnsafe(`update codes set state = '${to}' where id = '${id}'`);
}

describe("the database holds the same table", () => {
  it.each(cases)("$from → $to: $may", async ({ from, to, may }) => {
    if (may) await expect(move(from, to)).resolves.toBe(1);
    else await expect(move(from, to)).rejects.toThrow(`cannot go from ${from} to ${to}`);
  });

  it("knows the same states", async () => {
    const [row] = await db.$queryRaw<{ states: string[] }[]>`
      select enum_range(null::code_state)::text[] as states`;
    expect(row?.states).toEqual(CODE_STATES);
  });

  it.each(["reserved", "handed_out"])("lets no code be %s for nobody", async (state) => {
    const [id] = await createCodes(db, 1, { stockProductId });
    const update = db.$executeRawUnsafe(
      `update codes set state = '${state}', hand_out_id = '${handOutId}' where id = '${id}'`,
    );
    await expect(update).rejects.toThrow("codes_for_somebody");
  });

  it("lets no code be handed out by nothing", async () => {
    const [id] = await createCodes(db, 1, { stockProductId });
    const update = db.$executeRawUnsafe(
      `update codes set state = 'handed_out', customer_ref = 'shop-1' where id = '${id}'`,
    );
    await expect(update).rejects.toThrow("codes_handed_out");
  });
});
