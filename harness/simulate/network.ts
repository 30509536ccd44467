/** What lies between a process and the supplier: it loses, delays and spoils, as the seed says. */
import type { Caller, Request } from "#lib/suppliers/http/call.ts";
import type { Exchange } from "#lib/suppliers/http/outcome.ts";
import { parseJson } from "#lib/suppliers/http/parse-json.ts";
import { draw, drawBetween, drawOne } from "./chance.ts";
import { noteSend } from "./checks/sends.ts";
import type { FaultKind } from "./faults.ts";
import { FIND_PATH, moreAfter, NOT_THERE } from "./overlay.ts";
import type { Process } from "./scheduler.ts";
import { nature } from "./scheduler.ts";
import type { ShopReply } from "./shop.ts";
import { never } from "./simulated-db.ts";
import type { Simulation } from "./simulation.ts";
import { noteShown, tellTales } from "./tales.ts";
import { traitsOf } from "./traits.ts";
import type { Sent } from "./truth.ts";

const WRITE_DEADLINE_MS = 30_000;
const READ_DEADLINE_MS = 15_000;

/** `push`: no call, but what the supplier tells by itself. */
export type Endpoint = "create" | "pay" | "get" | "find" | "list" | "push" | "other";

/** One request on its way, and the name that its draws go by. */
export type Call = {
  endpoint: Endpoint;
  /** The order of ours that it is made for; null where it is for none. */
  orderId: string | null;
  occasion: string;
  /** Of a list: only the orders in one state were asked for. */
  isByState?: boolean;
};

const BEFORE_EFFECT: FaultKind[] = ["lost_before", "error_before", "rate_limited", "odd_refusal"];
const AFTER_EFFECT: FaultKind[] = [
  "lost_after",
  "error_after",
  "truncated",
  "html",
  "empty",
  "wrong_types",
  "slow",
];
const LATE: FaultKind[] = ["very_late_landing", "late_landing"];

/** Each call in flight was made by somebody; set for the moment in which the adapter is called. */
export type Tag = { orderId: string | null };

/** @param now the process's own clock */
export function openNetwork(sim: Simulation, process: Process, now: () => Date): Caller {
  return {
    async call(request) {
      const call = nameCall(sim, request);
      const fault = faultOf(sim, call);
      sim.reached.add("request_unsent");
      await sim.step(process, "request_unsent");
      if (fault === "not_sent") {
        await sim.scheduler.park(
          process,
          "connecting",
          drawBetween(0, 5_000, sim.plan.seed, "connect", call.occasion),
        );
        return notSent("the supplier could not be reached (simulated)");
      }
      const firstByteAt = now();
      if (request.notAfter && !(firstByteAt <= request.notAfter)) {
        return notSent("the time for sending was over");
      }
      await noteSend(sim, process, call);
      const exchange = send(sim, process, request, call, fault, firstByteAt);
      sim.reached.add("request_sent");
      await sim.step(process, "request_sent");
      const answer = await exchange;
      // The dead get no answers; whatever they had sent goes its way all the same.
      if (!process.alive) return never();
      sim.reached.add("answer_read");
      await sim.step(process, "answer_read");
      if (answer.kind === "answered" && answer.body.kind === "json") {
        noteShown(sim, call.endpoint, answer.body.json);
      }
      return answer;
    },
    close: async () => undefined,
  };
}

const notSent = (problem: string): Exchange => ({ kind: "not_sent", problem });

function nameCall(sim: Simulation, { path, body }: Request): Call {
  const route = path.split("?")[0] ?? "";
  const endpoint: Endpoint =
    route === "/api/orders/"
      ? body === null
        ? "list"
        : "create"
      : route.endsWith("/pay")
        ? "pay"
        : route.startsWith(FIND_PATH)
          ? "find"
          : route.startsWith("/api/orders/")
            ? "get"
            : "other";
  const orderId = sim.tag?.orderId ?? null;
  const whose = orderId === null ? "-" : (sim.indexOf.get(orderId) ?? "?");
  const name = `${endpoint}/${whose}`;
  const turn = (sim.callsMade.get(name) ?? 0) + 1;
  sim.callsMade.set(name, turn);
  return { endpoint, orderId, occasion: `${name}/${turn}` };
}

function faultOf(sim: Simulation, { endpoint, occasion }: Call): FaultKind | null {
  if (isOut(sim)) return "not_sent";
  if (!sim.plan.readsFail && endpoint !== "create" && endpoint !== "pay") return null;
  if (endpoint === "create" && neverLands(sim, occasion)) return "lost_before";
  if (endpoint === "pay" && sim.faults.fires("pay_unclear", occasion)) {
    const kinds = ["lost_before", "lost_after", "late_landing", "error_after"] as const;
    return drawOne(kinds, sim.plan.seed, "pay", occasion);
  }
  const kinds = [
    "not_sent" as const,
    ...(endpoint === "create" || endpoint === "pay" ? LATE : []),
    ...BEFORE_EFFECT,
    ...AFTER_EFFECT,
  ];
  return kinds.find((kind) => sim.faults.fires(kind, occasion)) ?? null;
}

/** Drawn once an order, and true of its first few creates, even when nothing else goes wrong any more. */
function neverLands(sim: Simulation, occasion: string): boolean {
  const order = occasion.split("/")[1] ?? "";
  if (occasion.endsWith("/1") && sim.faults.fires("never_lands", `order/${order}`)) {
    sim.neverLands.set(order, drawBetween(1, 4, sim.plan.seed, "never lands", order));
  }
  const left = sim.neverLands.get(order) ?? 0;
  sim.neverLands.set(order, left - 1);
  return left > 0;
}

const isOut = ({ plan, elapsed }: Simulation): boolean =>
  plan.supplierOut !== null &&
  elapsed() >= plan.supplierOut.fromMs &&
  elapsed() < plan.supplierOut.toMs;

/** From the first byte to what came back; what the supplier does of it goes on whoever waits. */
async function send(
  sim: Simulation,
  process: Process,
  request: Request,
  call: Call,
  fault: FaultKind | null,
  firstByteAt: Date,
): Promise<Exchange> {
  const { seed } = sim.plan;
  const isWrite = request.body !== null;
  const deadlineMs = isWrite ? WRITE_DEADLINE_MS : READ_DEADLINE_MS;
  const wait = (ms: number) => sim.scheduler.park(process, "waiting", ms);
  const within = (least: number, most: number) =>
    drawBetween(least, most, seed, "network", call.occasion);
  const what = `${call.occasion}${fault ? `: ${fault}` : ""}`;
  sim.trace.note("network", `${process.name} sends ${what}`);

  const sent: Sent | null =
    call.endpoint === "create"
      ? {
          orderId: call.orderId ?? "",
          process: process.name,
          sentAt: sim.scheduler.now(),
          supplierOrderId: null,
          landedAt: null,
        }
      : null;
  if (sent) sim.truth.creates.push(sent);
  const land = (afterMs: number) => landAt(sim, request, call, sent, afterMs);
  const broken = (): Exchange => ({
    kind: "no_answer",
    problem: "the connection broke after the request was sent (simulated)",
    firstByteAt,
  });
  const answered = (reply: ShopReply): Exchange => readReply(sim, reply, firstByteAt);

  switch (fault) {
    case "lost_before":
      await wait(within(50, deadlineMs));
      return broken();
    case "error_before":
      await wait(within(20, 2_000));
      return answered(serverError(sim, call));
    case "rate_limited":
      await wait(within(20, 500));
      return answered(tooMany(sim, call));
    case "odd_refusal":
      await wait(within(20, 500));
      return answered(oddRefusal(sim, call));
    case "late_landing":
    case "very_late_landing":
      void land(lateBy(sim, call, fault));
      await wait(fault === "late_landing" ? within(1_000, deadlineMs) : deadlineMs);
      return broken();
    default:
      break;
  }

  const landing = land(within(5, 400));
  if (fault === "lost_after") {
    await wait(within(500, deadlineMs));
    return broken();
  }
  const reply = await landing;
  await wait(fault === "slow" ? within(4_000, deadlineMs - 500) : within(5, 200));
  if (fault === "error_after") return answered(serverError(sim, call));
  return answered(
    fault === null || fault === "slow"
      ? tellTales(sim, { ...call, isByState: request.path.includes("status=") }, reply)
      : garbled(fault, reply),
  );
}

/** Inside the bound that Keyhold reckons with, list and all; or, where the profile has it, well beyond. */
function lateBy(sim: Simulation, call: Call, fault: FaultKind): number {
  const { settlingMs } = sim.plan.account;
  const share = draw(sim.plan.seed, "late", call.occasion);
  return fault === "late_landing"
    ? Math.floor(settlingMs * (0.05 + 0.55 * share))
    : Math.floor(settlingMs * (1.2 + 0.8 * share)) + 90_000;
}

async function landAt(
  sim: Simulation,
  request: Request,
  call: Call,
  sent: Sent | null,
  afterMs: number,
): Promise<ShopReply> {
  const { headers, body } = request;
  const path = pathThere(sim, request, call);
  if (body !== null) sim.underway += 1;
  await sim.scheduler.park(nature(), `lands ${call.occasion}`, afterMs);
  const method = body === null ? "GET" : "POST";
  if (call.endpoint === "create" && sim.faults.fires("price_moves", call.occasion)) {
    const { items } = JSON.parse(body ?? "{}") as { items?: { itemId: string }[] };
    for (const { itemId } of items ?? []) sim.shop.raisePrice(itemId);
  }
  const reply = answerThere(sim, call, { method, path, headers, body });
  if (body !== null) sim.underway -= 1;
  if (sent && reply.status === 201) {
    const { id } = JSON.parse(reply.text) as { id: string };
    Object.assign(sent, { supplierOrderId: id, landedAt: sim.scheduler.now() });
    // Under a guarded reference a repeat is answered with what the first one made.
    if (!sim.truth.makers.has(id)) sim.truth.makers.set(id, sent);
  }
  if (body !== null) {
    const made = sent?.supplierOrderId ? ` → ${sent.supplierOrderId.slice(0, 8)}` : "";
    sim.trace.note("supplier", `${call.occasion} takes effect: ${reply.status}${made}`);
    sim.moneyMoved = true;
  }
  return reply;
}

/** How often a repeat under a known reference is refused, and isn't answered with the order. */
const REFUSES_REPEATS = 0.15;
const EXISTS = '{"code":"ORDER_ALREADY_EXISTS","detail":"There is an order with this reference"}';

/** Orders are searched for on pages 0 to this one. */
const LAST_PAGE = 2;
const pageOf = (path: string): number => Number(/[?]page=(\d+)$/.exec(path)?.[1] ?? 0);

/** What the supplier makes of it; some mind our reference. */
function answerThere(
  sim: Simulation,
  { endpoint, orderId, occasion }: Call,
  request: Parameters<Simulation["shop"]["request"]>[0],
): ShopReply {
  const { duplicateGuard } = traitsOf(sim.plan.traits);
  const isGuarded = duplicateGuard === "reference" && sim.plan.account.mindsReference;
  const minds = endpoint === "find" || (endpoint === "create" && isGuarded);
  if (!minds) return sim.shop.request(request);
  const known = [...sim.truth.makers].find(([, sent]) => sent.orderId === orderId)?.[0];
  if (endpoint === "find") {
    const page = pageOf(request.path);
    // The same page each time: what lands there once that was read, a search passes by.
    const home = drawBetween(0, LAST_PAGE, sim.plan.seed, "found on page", orderId ?? "-");
    if (!known || page !== home) {
      const text = page < LAST_PAGE ? moreAfter(page) : NOT_THERE;
      return { status: 200, headers: {}, text };
    }
  }
  if (!known) return sim.shop.request(request);
  if (endpoint === "create" && draw(sim.plan.seed, "repeat", occasion) < REFUSES_REPEATS) {
    return { status: 409, headers: {}, text: EXISTS };
  }
  const path = `/api/orders/${known}`;
  const reply = sim.shop.request({ ...request, method: "GET", path, body: null });
  return endpoint === "create" && reply.status === 200 ? { ...reply, status: 201 } : reply;
}

/** As the supplier takes it: pages of its own size, and a filter that it may mind or not. */
function pathThere(sim: Simulation, { path }: Request, { occasion }: Call): string {
  const { pageRows } = sim.plan.account;
  const sized = pageRows ? path.replace(/limit=\d+/, `limit=${pageRows}`) : path;
  if (!sized.includes("status=")) return sized;
  const filtered = sim.faults.fires("filter_ignored", occasion)
    ? sized.replace(/status=\w+&/, "")
    : sized;
  return sim.faults.fires("page_repeated", occasion)
    ? filtered.replace(/offset=\d+/, "offset=0")
    : filtered;
}

function readReply(
  sim: Simulation,
  { status, headers, text }: ShopReply,
  firstByteAt: Date,
): Exchange {
  const parsed = parseJson(text);
  return {
    kind: "answered",
    status,
    retryAfter: headers["retry-after"] ?? null,
    date: sim.plan.account.sendsDate ? sim.shop.clock().toUTCString() : null,
    body: parsed.ok
      ? { kind: "json", json: parsed.json }
      : { kind: "unreadable", problem: parsed.problem },
    firstByteAt,
  };
}

function serverError(sim: Simulation, { occasion }: Call): ShopReply {
  const status = drawOne([500, 502, 503, 504], sim.plan.seed, "status", occasion);
  const text =
    status === 500
      ? '{"code":"INTERNAL_ERROR","detail":"Something went wrong"}'
      : "<html>bad gateway</html>";
  return { status, headers: {}, text };
}

function tooMany(sim: Simulation, { occasion }: Call): ShopReply {
  const { seed } = sim.plan;
  const seconds = drawBetween(1, 90, seed, "seconds", occasion);
  const date = new Date(sim.shop.clock().getTime() + seconds * 1_000).toUTCString();
  const forms = [String(seconds), String(seconds), date, null, "-5", "soon", ""] as const;
  const header = drawOne(forms, seed, "retry-after", occasion);
  return {
    status: 429,
    headers: header === null ? {} : { "retry-after": header },
    text: '{"code":"TOO_MANY_REQUESTS","detail":"Slow down"}',
  };
}

/** Answers that say little, in place of a plain yes or no. Nothing was done. */
function oddRefusal(sim: Simulation, { occasion }: Call): ShopReply {
  const status = drawOne([301, 307, 401, 403, 404, 408, 409], sim.plan.seed, "odd", occasion);
  if (status === 401) {
    return { status, headers: {}, text: '{"code":"UNAUTHORIZED","detail":"The key was revoked"}' };
  }
  return { status, headers: {}, text: status === 404 ? "<html>not here</html>" : "" };
}

function garbled(fault: FaultKind, { status, headers, text }: ShopReply): ShopReply {
  switch (fault) {
    case "truncated":
      return { status, headers, text: text.slice(0, Math.ceil(text.length / 2)) };
    case "html":
      return { status: 200, headers, text: "<!doctype html><title>Just a moment</title>" };
    case "empty":
      return { status, headers, text: "" };
    default:
      return { status, headers, text: text.replaceAll(/:"[^"]*"/g, ":7") };
  }
}
