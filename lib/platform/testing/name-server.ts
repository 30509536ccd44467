import { createSocket, type RemoteInfo } from "node:dgram";
import { isIP } from "node:net";

/** What a name server does when it is asked; `nth` counts the questions for a name and kind from 1. */
export type NameBehaviour = {
  a?: string[] | ((nth: number) => string[]);
  aaaa?: string[];
  /** A name that the addresses are said to belong to. */
  cname?: string;
  /** Of the addresses, in the place of the one that was asked for. */
  owner?: string;
  code?: "servfail" | "nxdomain" | "refused";
  how?: "silent" | "garbage" | "wrong_id" | "cut" | "empty_cut";
};

const CODES = { servfail: 2, nxdomain: 3, refused: 5 };
const A = 1;
const CNAME = 5;
const AAAA = 28;

/** A name server that lies as it is told to; on loopback. Names that it wasn't told of are unknown to it. */
export async function openNameServer(behaviours: Record<string, NameBehaviour>) {
  const socket = createSocket("udp4");
  const asked = new Map<string, number>();
  socket.on("message", (question: Buffer, from: RemoteInfo) => {
    const { name, kind, end } = readQuestion(question);
    const key = `${name}/${kind}`;
    const nth = (asked.get(key) ?? 0) + 1;
    asked.set(key, nth);
    const behaviour = behaviours[name] ?? { code: "nxdomain" };
    const reply = answer(question.subarray(0, end), kind, behaviour, nth);
    if (reply) socket.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function answer(question: Buffer, kind: number, behaviour: NameBehaviour, nth: number) {
  const { how, code, cname, owner } = behaviour;
  if (how === "silent") return null;
  if (how === "garbage") return Buffer.concat([question.subarray(0, 2), Buffer.alloc(40, 0xff)]);
  const addresses =
    kind === A
      ? typeof behaviour.a === "function"
        ? behaviour.a(nth)
        : (behaviour.a ?? [])
      : kind === AAAA
        ? (behaviour.aaaa ?? [])
        : [];
  const records = addresses.map((address) =>
    record(owner ?? cname ?? null, kind, addressBytes(address)),
  );
  if (cname) records.unshift(record(null, CNAME, nameBytes(cname)));
  const head = Buffer.from(question);
  if (how === "wrong_id") head.writeUInt16BE(head.readUInt16BE(0) ^ 1, 0);
  const isCut = how === "cut" || how === "empty_cut";
  head.writeUInt16BE(0x8180 | (isCut ? 0x0200 : 0) | (code ? CODES[code] : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(how === "empty_cut" ? 0 : records.length, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  return Buffer.concat(how === "empty_cut" ? [head] : [head, ...records]);
}

function readQuestion(message: Buffer): { name: string; kind: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), kind: message.readUInt16BE(at + 1), end: at + 5 };
}

/** Without an owner: of the name that was asked for. */
function record(owner: string | null, kind: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(kind, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner ? nameBytes(owner) : Buffer.from([0xc0, 12]), fixed, data]);
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function addressBytes(text: string): Buffer {
  if (isIP(text) === 4) return Buffer.from(text.split(".").map(Number));
  const [head = "", tail = ""] = text.split("::");
  const before = groups(head);
  const after = groups(tail);
  const words = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  const bytes = Buffer.alloc(16);
  for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, index * 2);
  return bytes;
}

const groups = (text: string): number[] =>
  text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
