import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { readJson } from "#components/live/read-json.ts";
import type { ProductView } from "#lib/catalog/types.ts";
import type { Draft } from "./draft.ts";

/** A price older than this is asked for again before anybody agrees to it. */
const FRESH_MS = 20_000;
/** How long the question before buying may wait for fresh prices; the price guard holds anyway. */
const PATIENCE_MS = 4_000;

/** A product's price and stock as the supplier says now. */
export const confirmedProduct = (productId: string) =>
  queryOptions({
    queryKey: ["product", productId],
    queryFn: ({ signal }) => readJson<ProductView>(`/api/live/products/${productId}`, signal),
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
  });

/** What the supplier says now of each product of the draft; those it said nothing of are left out. */
export async function askPrices(
  queries: QueryClient,
  draft: Draft,
  how: { anew: boolean },
): Promise<ProductView[]> {
  const ids = [...new Set(draft.lines.map(({ product }) => product.id))];
  const asked = ids.map(async (id) => {
    if (!how.anew) return queries.fetchQuery(confirmedProduct(id));
    const product = await readJson<ProductView>(`/api/live/products/${id}?anew=1`);
    queries.setQueryData(confirmedProduct(id).queryKey, product);
    return product;
  });
  const answers = await Promise.all(asked.map((one) => orNull(one)));
  return answers.filter((product) => product !== null);
}

/** The question is worth a moment, not more: without an answer the person decides as it is. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  const patience = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  return Promise.race([answer.catch(() => null), patience]);
}
