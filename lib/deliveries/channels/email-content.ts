import type { Message } from "../channel.ts";
import { type Told, tellMessage } from "../words/tell-message.ts";
import { WORDS } from "../words/words.ts";
import type { EmailConfig } from "./email-schema.ts";

export type EmailContent = {
  subject: string;
  text: string;
  html: string;
  attachments?: { filename: string; content: string; contentType: string }[];
};

/** A message as mail, in plain text and in HTML; subjects travel in the open and never carry a code. */
export function emailContent(
  { language }: Pick<EmailConfig, "language">,
  message: Message,
  endpointName: string,
): EmailContent {
  const told = tellMessage(message, language);
  const words = WORDS[language];
  const footer = words.footer(endpointName);
  return {
    subject: told.title,
    text: textOf(told, words.labels.codes, footer),
    html: htmlOf(told, words.labels.codes, footer, language),
    ...(message.type === "order.dossier" ? { attachments: [dossierFile(message)] } : {}),
  };
}

const dossierFile = ({ payload: { data } }: Message) => ({
  filename: "dossier.json",
  content: JSON.stringify(data.dossier, null, 2) ?? "null",
  contentType: "application/json",
});

function textOf(told: Told, codesLabel: string, footer: string): string {
  const facts = told.facts.map(({ label, value }) =>
    value.includes("\n") ? `${label}:\n${indent(value)}` : `${label}: ${value}`,
  );
  const codes = told.codes.map(
    ({ product, values }) => `${codesLabel}: ${product}\n${values.map(indent).join("\n")}`,
  );
  const links = told.links.map(({ label, url }) => `${label}:\n${url}`);
  // What mail readers know to be a signature.
  return `${[told.title, ...told.story, told.text, facts.join("\n"), ...codes, ...links].filter(Boolean).join("\n\n")}\n\n-- \n${footer}\n`;
}

const indent = (text: string): string =>
  text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");

const STYLE = {
  body: "margin:0;padding:24px;background:#f6f7f9;color:#17191c;font:15px/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans Devanagari',sans-serif",
  card: "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #dfe3e8;border-radius:8px",
  title: "margin:0 0 16px;font-size:18px;line-height:1.35",
  label: "padding:4px 16px 4px 0;color:#5b6470;vertical-align:top;text-align:left;font-weight:400",
  value: "padding:4px 0;vertical-align:top;white-space:pre-line",
  story: "margin:0 0 12px",
  text: "margin:0 0 16px;font:13px/1.5 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;word-break:break-word",
  code: "margin:4px 0;padding:8px 12px;background:#f1f3f5;border-radius:4px;font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;word-break:break-all",
  link: "display:inline-block;margin:16px 12px 0 0;padding:8px 16px;border:1px solid #1f5fd6;border-radius:6px;color:#1f5fd6;text-decoration:none",
  footer: "max-width:560px;margin:16px auto 0;color:#5b6470;font-size:13px",
} as const;

/** Styles stand inline since mail readers drop the rest; nothing is fetched from anywhere. */
function htmlOf(told: Told, codesLabel: string, footer: string, language: string): string {
  const facts = told.facts
    .map(
      ({ label, value }) =>
        `<tr><th scope="row" style="${STYLE.label}">${escaped(label)}</th><td style="${STYLE.value}">${escaped(value)}</td></tr>`,
    )
    .join("");
  const codes = told.codes
    .map(({ product, values }) => {
      const lines = values
        .map((value) => `<p style="${STYLE.code}">${escaped(value)}</p>`)
        .join("");
      return `<h2 style="margin:20px 0 4px;font-size:15px">${escaped(codesLabel)}: ${escaped(product)}</h2>${lines}`;
    })
    .join("");
  const story = told.story.map((each) => `<p style="${STYLE.story}">${escaped(each)}</p>`).join("");
  const text = told.text ? `<p style="${STYLE.text}">${escaped(told.text)}</p>` : "";
  const links = told.links
    .map(
      ({ label, url }) => `<a href="${escaped(url)}" style="${STYLE.link}">${escaped(label)}</a>`,
    )
    .join("");
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(told.title)}</title></head>`,
    `<body style="${STYLE.body}"><div style="${STYLE.card}"><h1 style="${STYLE.title}">${escaped(told.title)}</h1>${story}${text}`,
    `<table role="presentation" style="border-collapse:collapse">${facts}</table>${codes}${links}</div>`,
    `<p style="${STYLE.footer}">${escaped(footer)}</p></body></html>`,
  ].join("\n");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
