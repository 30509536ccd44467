import { describe, expect, it } from "vitest";
import { keepOneDatabase, openSoundDatabase, type SoundDatabase } from "./doctor.fixture.ts";

keepOneDatabase();

const one = (subject: string) => [expect.stringContaining(subject)];

const noted = (
  { db }: SoundDatabase,
  action: string,
  [objectKind, objectId]: [string, string],
  details = {},
) =>
  db.auditEntry.create({
    data: { actorKind: "job", actorName: "x", action, objectKind, objectId, details },
  });

async function revealed() {
  const sound = await openSoundDatabase();
  const id = sound.completed.codes[0]?.id ?? "";
  await sound.db.code.update({ where: { id }, data: { revealedAt: sound.ago(10) } });
  return { sound, id };
}

describe("I17: no audit, no reveal", () => {
  it("sees a code that somebody saw and nobody knows who, also among the latest", async () => {
    const { sound, id } = await revealed();
    expect(await sound.complaints()).toEqual(one(`I17 ${id} was revealed at`));
    expect(await sound.complaints({ since: sound.ago(60) })).toEqual(one(`I17 ${id}`));
  });

  it("takes a reveal, one from before codes had entries, and a claim link that was opened", async () => {
    const now = await revealed();
    await noted(now.sound, "code.revealed", ["code", now.id]);
    expect(await now.sound.complaints()).toEqual([]);

    const old = await revealed();
    const { completed } = old.sound;
    await noted(old.sound, "code.revealed", ["order", completed.id], { codeId: old.id });
    expect(await old.sound.complaints()).toEqual([]);

    const claimed = await revealed();
    const handOutId = await linked(claimed.sound, claimed.id);
    const link = await claimed.sound.db.claimLink.findFirstOrThrow({ where: { handOutId } });
    expect(await claimed.sound.complaints()).toEqual([
      expect.stringContaining(`I17 ${claimed.id}`),
      expect.stringContaining(`I17 ${link.id} is a claim link that was opened`),
    ]);
    const details = { linkId: link.id };
    await noted(claimed.sound, "claim_link.opened", ["hand_out", handOutId], details);
    expect(await claimed.sound.complaints()).toEqual([]);
  });

  it("sees that the log's trigger is switched off", async () => {
    const sound = await openSoundDatabase({ fresh: true });
    await sound.db.$executeRaw`alter table audit_entries disable trigger audit_append_only`;
    expect(await sound.complaints()).toEqual(one("I17 audit_append_only"));
  });
});

/** Hands it out by a link that was opened since. */
async function linked(sound: SoundDatabase, codeId: string): Promise<string> {
  await sound.handOut(codeId);
  const { handOutId } = await sound.db.code.findUniqueOrThrow({ where: { id: codeId } });
  await sound.db.claimLink.create({
    data: {
      id: sound.core.newId(),
      handOutId: handOutId ?? "",
      secretHash: "x",
      createdAt: sound.ago(10),
      actorName: "fixture",
      expiresAt: sound.ago(-10),
      openedAt: sound.ago(5),
    },
  });
  return handOutId ?? "";
}
