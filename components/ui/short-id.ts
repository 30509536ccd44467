/** The first and last characters of a long id; the ends are what people compare. */
export function shortId(id: string, head = 4, tail = 6): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}
