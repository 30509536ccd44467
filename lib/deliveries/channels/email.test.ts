import PostalMime from "postal-mime";
import { afterEach, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { selfSigned } from "#lib/platform/testing/self-signed.ts";
import type { OpenEndpoint } from "../channel.ts";
import {
  EXAMPLE_ID,
  exampleMessage,
  messageWithCodes,
  messageWithLink,
} from "../testing/example-message.ts";
import { freePort } from "../testing/free-port.ts";
import { type MailServer, openMailServer } from "../testing/mail-server.ts";
import { openSilentServer } from "../testing/silent-server.ts";
import { emailChannel } from "./email.ts";
import type { EmailConfig, EmailSecrets } from "./email-schema.ts";

const LINK = "https://ops.example.com/claim/7#canary-claim-secret";
const PASSWORD = "canary-mail-password";
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channel = emailChannel(guard);
const tls = selfSigned(["localhost", "127.0.0.1"]);
const patience = () => AbortSignal.timeout(5_000);

const servers: MailServer[] = [];

async function serve(options: Parameters<typeof openMailServer>[0] = {}): Promise<MailServer> {
  const server = await openMailServer(options);
  servers.push(server);
  return server;
}

function endpointAt(
  port: number,
  config: Record<string, unknown> = {},
  secrets: EmailSecrets = {},
  version = "1",
): OpenEndpoint<EmailConfig, EmailSecrets> {
  const settings = {
    host: "localhost",
    port,
    security: "none",
    from: "Shop <shop@example.com>",
    to: ["owner@example.com"],
    ...config,
  };
  return { id: "mail", name: "Owner", version, ...channel.parse(settings, secrets) };
}

afterEach(async () => {
  await channel.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe("emailChannel", () => {
  it("sends a mail in text and HTML, with the event's id as its own", async () => {
    const server = await serve();
    const message = exampleMessage();
    expect(await channel.send(endpointAt(server.port), message, patience())).toMatchObject({
      kind: "accepted",
      status: 250,
    });
    const mail = await PostalMime.parse(server.mails[0] ?? "");
    expect(mail).toMatchObject({
      messageId: `<${EXAMPLE_ID}@example.com>`,
      subject: "Order completed: web-1042",
      from: { name: "Shop", address: "shop@example.com" },
      to: [{ address: "owner@example.com" }],
      date: "2026-11-21T18:30:00.000Z",
    });
    expect(mail.headers).toContainEqual(
      expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
    );
    expect(mail.text).toContain("2 × Steam Wallet <25> & more (2 of 2 codes stored)");
    expect(mail.text).toContain("Total: 50.00 USD");
    expect(mail.text).toContain(message.consoleUrl);
    expect(mail.html).toContain("Steam Wallet &lt;25&gt; &amp; more");
    expect(mail.html).toContain(`<a href="${message.consoleUrl}"`);
  });

  it("goes to whom a notice or a dossier names, and of nothing else to anybody but its own", async () => {
    const server = await serve();
    const to = { name: "Asha", address: "asha@example.com" };
    const send = async (type: string, data: Record<string, unknown>) => {
      const message = exampleMessage(data, { type });
      await channel.send(endpointAt(server.port), message, patience());
      return PostalMime.parse(server.mails.at(-1) ?? "");
    };
    const notice = { key: "supplier_down", severity: "critical", about: "FoxReload", to };
    expect(await send("alert.notice", notice)).toMatchObject({
      subject: "Critical: Supplier down (FoxReload)",
      to: [{ address: "asha@example.com" }],
    });
    expect(await send("alert.notice", { ...notice, to: undefined })).toMatchObject({
      to: [{ address: "owner@example.com" }],
    });
    expect(await send("order.completed", { to })).toMatchObject({
      to: [{ address: "owner@example.com" }],
    });
    const text = "Supplier order: 7f9c\n\nWhat we saw:\n  paid";
    const dossier = await send("order.dossier", { text, dossier: { status: "paid" }, to });
    expect(dossier).toMatchObject({
      subject: "About your order 990011",
      attachments: [{ filename: "dossier.json", mimeType: "application/json" }],
    });
    expect(dossier.text).toContain(text);
    expect(dossier.html).toContain("What we saw:");
  });

  it("writes Hindi", async () => {
    const server = await serve();
    await channel.send(endpointAt(server.port, { language: "hi" }), exampleMessage(), patience());
    const mail = await PostalMime.parse(server.mails[0] ?? "");
    expect(mail.subject).toBe("ऑर्डर पूरा: web-1042");
    expect(mail.text).toContain("कुल राशि: 50.00 USD");
    expect(mail.html).toContain('<html lang="hi">');
  });

  it("carries codes and claim links in the body, never in the subject or a header", async () => {
    const server = await serve();
    const endpoint = endpointAt(server.port);
    await channel.send(endpoint, messageWithCodes(["CANARY-<1>", "CANARY-2"]), patience());
    await channel.send(endpoint, messageWithLink(LINK), patience());
    const [codes, link] = await Promise.all(server.mails.map((mail) => PostalMime.parse(mail)));
    expect(codes?.text).toContain("  CANARY-<1>\n  CANARY-2");
    expect(codes?.html).toContain("CANARY-&lt;1&gt;");
    expect(link?.text).toContain(LINK);
    for (const mail of [codes, link]) {
      expect(JSON.stringify([mail?.subject, mail?.headers])).not.toMatch(/canary/i);
    }
  });

  it("lets nothing in a text become a header or mark-up", async () => {
    const server = await serve();
    const clientRef = "x\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>";
    await channel.send(endpointAt(server.port), exampleMessage({ clientRef }), patience());
    const mail = await PostalMime.parse(server.mails[0] ?? "");
    expect(mail.bcc).toBeUndefined();
    expect(mail.to).toHaveLength(1);
    expect(mail.html).not.toContain("<script>");
  });

  it("keeps its connections, and opens another after an edit", async () => {
    const server = await serve();
    const endpoint = endpointAt(server.port);
    for (let times = 0; times < 3; times++) {
      await channel.send(endpoint, exampleMessage(), patience());
    }
    expect(server.connections()).toBe(1);
    await channel.send(endpointAt(server.port, {}, {}, "2"), exampleMessage(), patience());
    expect(server.connections()).toBe(2);
    expect(server.mails).toHaveLength(4);
  });

  it.each(["tls", "starttls"] as const)(
    "signs in over %s to a server of one's own authority, and to no other",
    async (security) => {
      const login = { user: "shop", password: PASSWORD };
      const server = await serve({ ...tls, secure: security === "tls", login });
      const config = { security, user: "shop" };
      const trusted = { ...config, trustedCertificates: tls.cert };
      expect(
        await channel.send(
          endpointAt(server.port, trusted, { password: PASSWORD }),
          exampleMessage(),
          patience(),
        ),
      ).toMatchObject({ kind: "accepted" });
      const wrong = await channel.send(
        endpointAt(server.port, trusted, { password: "wrong-password" }, "2"),
        exampleMessage(),
        patience(),
      );
      expect(wrong).toMatchObject({ kind: "refused", errorKind: "credentials", status: 535 });
      expect(JSON.stringify(wrong)).not.toContain("wrong-password");
      expect(
        await channel.send(
          endpointAt(server.port, config, { password: PASSWORD }, "3"),
          exampleMessage(),
          patience(),
        ),
      ).toMatchObject({ kind: "failed", errorKind: "tls" });
      expect(server.mails).toHaveLength(1);
    },
  );

  it("never signs in, or sends, to a server without the STARTTLS that it is set to", async () => {
    const server = await serve({
      disabledCommands: ["STARTTLS"],
      login: { user: "shop", password: PASSWORD },
    });
    const endpoint = endpointAt(
      server.port,
      { security: "starttls", user: "shop" },
      { password: PASSWORD },
    );
    expect(await channel.send(endpoint, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "tls",
    });
    expect(server.mails).toHaveLength(0);
  });

  it("tells refusals for good from those for now", async () => {
    const server = await serve({
      refuse: (recipient) =>
        recipient.startsWith("nobody")
          ? { code: 550, text: "no such user here" }
          : recipient.startsWith("busy")
            ? { code: 451, text: "try again later" }
            : null,
    });
    const to = (address: string) => endpointAt(server.port, { to: [address] }, {}, address);
    expect(
      await channel.send(to("nobody@example.com"), exampleMessage(), patience()),
    ).toMatchObject({
      kind: "refused",
      errorKind: "refused",
      status: 550,
      answer: expect.stringContaining("no such user here"),
    });
    expect(await channel.send(to("busy@example.com"), exampleMessage(), patience())).toMatchObject({
      kind: "refused",
      errorKind: "broken",
      status: 451,
    });
    const some = endpointAt(server.port, { to: ["nobody@example.com", "owner@example.com"] });
    expect(await channel.send(some, exampleMessage(), patience())).toMatchObject({
      kind: "accepted",
      answer: expect.stringContaining("not for nobody@example.com"),
    });
  });

  it("tells where nobody listens, and takes no more than its time where nobody answers", async () => {
    expect(
      await channel.send(endpointAt(await freePort()), exampleMessage(), patience()),
    ).toMatchObject({ kind: "failed", errorKind: "connect" });
    const silent = await openSilentServer();
    const mute = endpointAt(silent.port, {}, {}, "mute");
    expect(await channel.send(mute, exampleMessage(), AbortSignal.timeout(300))).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
    await expect.poll(silent.connections).toBe(0);
    await silent.stop();
    const server = await serve({ onMailFrom: () => undefined });
    const endpoint = endpointAt(server.port, {}, {}, "2");
    expect(await channel.send(endpoint, exampleMessage(), AbortSignal.timeout(300))).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
  });

  it("never connects to a private address that the configuration doesn't name", async () => {
    const server = await serve();
    const strict = emailChannel(createOutboundGuard({ allowPrivate: false, privateHosts: [] }));
    const outcome = await strict.send(endpointAt(server.port), exampleMessage(), patience());
    expect(outcome).toMatchObject({ kind: "failed", errorKind: "address_refused" });
    expect(server.connections()).toBe(0);
  });

  it("shows what it sends without codes, links and password", () => {
    for (const message of [messageWithCodes(["CANARY-1"]), messageWithLink(LINK)]) {
      const shown = channel.show(
        endpointAt(25, { user: "shop", security: "tls" }, { password: PASSWORD }),
        message,
      );
      expect(shown.to).toBe("smtp://localhost:25");
      expect(shown.body).toContain("Order completed: web-1042");
      expect(JSON.stringify(shown)).not.toMatch(/canary/i);
    }
  });
});
