/** Why a webhook's address is refused as it stands; outsiders' words are chosen by it. */
export type UrlRefusal =
  | "malformed"
  | "too_long"
  /** Not https. */
  | "scheme"
  /** Name or password in the address. */
  | "userinfo"
  | "port"
  /** `#…` is never sent. */
  | "fragment"
  /** A name of the own network or machine, or one that is nobody's. */
  | "local_name"
  /** An IP address that isn't public. */
  | "not_public";

export class UrlRefused extends Error {
  readonly reason: UrlRefusal;

  constructor(reason: UrlRefusal) {
    super(`the address is refused: ${reason}`);
    this.name = "UrlRefused";
    this.reason = reason;
  }
}

/** The host is, or leads to, an address that isn't public. The message tells no address. */
export class AddressRefused extends Error {
  readonly code = "ADDRESS_REFUSED";

  constructor(message = "the host leads to an address that isn't public") {
    super(message);
    this.name = "AddressRefused";
  }
}

/** Passwords, keys and codes would be there for everyone on the way to read. */
export class PlainRefused extends Error {
  readonly code = "ERR_TLS_PLAIN";

  constructor() {
    super("without TLS it is for addresses in one's own network only");
    this.name = "PlainRefused";
  }
}

/** The name has no address now. */
export class NameUnresolved extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`the host's name can't be resolved (${code})`);
    this.name = "NameUnresolved";
    this.code = code;
  }
}

export class ConnectTimeout extends Error {
  readonly code = "ETIMEDOUT";

  constructor() {
    super("no connection in time");
    this.name = "ConnectTimeout";
  }
}

/** Before it stood. */
export class ConnectionClosed extends Error {
  readonly code = "ECONNRESET";

  constructor() {
    super("the connection was closed while it was made");
    this.name = "ConnectionClosed";
  }
}
