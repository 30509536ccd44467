import { type Controls, NO_CONTROL } from "./control.ts";

/** The permit is asked for, and whatever is answered, the request goes out. */
export const noPermit: Controls = {
  ...NO_CONTROL,
  context(ctx) {
    const { suppliers } = ctx;
    const call: typeof suppliers.call = (core, account, order, make, permit) =>
      suppliers.call(
        core,
        account,
        order,
        make,
        permit &&
          (async () => {
            await permit();
            return true;
          }),
      );
    return { ...ctx, suppliers: { ...suppliers, call } };
  },
};
