import { UrlRefused } from "./outbound-errors.ts";
import { addressKind } from "./public-address.ts";

/** Where a connection may lead beside what is public. */
export type AddressPolicy = { ownNetwork: boolean };

/** A webhook's address, taken apart as it will be connected to. */
export type WebAddress = {
  /** In its one spelling: to be stored. */
  href: string;
  origin: string;
  /** Name or address, without brackets. */
  host: string;
  port: number;
  tls: boolean;
  /** With the query. */
  path: string;
};

const LONGEST = 2048;
const PORTS = [443, 8443];

/**
 * Names that never lead to somebody else's public host: special-use domains (RFC 6761 and its registry) and what
 * networks use for themselves.
 */
const LOCAL_NAME =
  /^[^.]+$|(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|onion|alt|arpa)$/;

/** Whether anything may be sent there, so far as the text alone tells. Throws `UrlRefused`. */
export function checkUrl(text: string, policy: AddressPolicy): WebAddress {
  if (text.length > LONGEST) throw new UrlRefused("too_long");
  // The parser would drop these, or take them for slashes; nobody means them.
  if (/[\s\\]|\p{C}/u.test(text)) throw new UrlRefused("malformed");
  if (!URL.canParse(text)) throw new UrlRefused("malformed");
  const url = new URL(text);
  const tls = url.protocol === "https:";
  if (!tls && !(policy.ownNetwork && url.protocol === "http:")) throw new UrlRefused("scheme");
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text)) {
    throw new UrlRefused("userinfo");
  }
  if (text.includes("#")) throw new UrlRefused("fragment");
  const port = Number(url.port || (tls ? 443 : 80));
  if (port === 0 || !(policy.ownNetwork || PORTS.includes(port))) throw new UrlRefused("port");
  const host = plainHost(url.hostname);
  checkHost(host, policy);
  return { href: url.href, origin: url.origin, host, port, tls, path: url.pathname + url.search };
}

function checkHost(host: string, policy: AddressPolicy): void {
  const kind = addressKind(host);
  if (kind !== null && !mayLead(kind, policy)) throw new UrlRefused("not_public");
  if (kind !== null) return;
  if (host === "" || host.length > 253 || host.split(".").includes("")) {
    throw new UrlRefused("malformed");
  }
  if (!policy.ownNetwork && LOCAL_NAME.test(host)) throw new UrlRefused("local_name");
}

/** Without the brackets of an address, or the dot at a name's end. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");

export const mayLead = (kind: ReturnType<typeof addressKind>, policy: AddressPolicy): boolean =>
  kind === "public" || (kind === "own_network" && policy.ownNetwork);
