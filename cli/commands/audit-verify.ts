import { readAnchor } from "#lib/audit/anchor.ts";
import { BREAK_WORDS } from "#lib/audit/break-words.ts";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import type { ChainVerdict } from "#lib/audit/verify-chain.ts";
import { type Command, UsageProblem } from "../command.ts";

export const auditVerify: Command = {
  name: "audit verify",
  usage: "[--anchor NUMBER:HASH] [--json]",
  summary: "Follows the audit log's chain; exit code 1 where it is broken.",
  help: `Reads only, within one snapshot, from the first entry to the last; some thousand entries a second.
  --anchor  an end of the log that was noted outside, from the process's log ("audit anchor") or from a mail to
            the owners; several parted by commas. Only against one of these a cut at the end can be told for
            sure.

It names the first entry that isn't as it was written, or from which on something is gone, and why. What is
older than the chain has no hash and isn't verified.`,
  positionals: [],
  options: { anchor: { type: "string" } },
  async run({ texts }, tools) {
    const anchors = (texts.anchor?.split(",") ?? []).map((word) => {
      const anchor = readAnchor(word);
      if (anchor) return anchor;
      throw new UsageProblem(
        "--anchor has to be NUMBER:HASH, as it stands in the log or in a mail.",
      );
    });
    const verdict = await verifyAuditChain(await tools.core(), { anchors });
    return { json: verdict, text: report(verdict, anchors.length), ok: verdict.ok };
  },
};

function report({ verified, unchained, last, broken }: ChainVerdict, anchors: number): string {
  const lines = [
    `${verified} entries are as they were written.`,
    ...(unchained > 0 ? [`${unchained} are older than the chain, and can't be verified.`] : []),
    ...(last ? [`The last good one: ${last.seq}:${last.hash}`] : []),
  ];
  if (broken) return [...lines, `Broken at ${broken.seq}: ${BREAK_WORDS[broken.why]}`].join("\n");
  const held = anchors === 0 ? "" : `, and holds ${anchors === 1 ? "the anchor" : "all anchors"}`;
  return [...lines, `The chain is whole${held}.`].join("\n");
}
