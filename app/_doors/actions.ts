import type { Right } from "./rights.ts";

/** The id of nothing at all: what is somebody else's, or nobody's. */
export const NOBODYS = "01a1fce4-0d33-734b-960a-001e736339d2";
const REASON = "a reason that is long enough";
const VERSION = "2020-01-01T00:00:00.000Z";
const order = { orderId: NOBODYS, reason: REASON, picture: "none" };
const supplier = { kind: "nothing", slug: "nobodys", name: "Nobody's", config: {}, secrets: {} };
const noMessages = {
  matching: { orderId: NOBODYS },
  upTo: NOBODYS,
  seenAt: "2026-01-01T00:00:00.000Z",
  reason: REASON,
};

/** The right that an action wants, and arguments that get as far as its being asked. */
type ActionDoor = readonly [right: Right, ...args: readonly unknown[]];

/**
 * Every server action there is, by its file. With these arguments an action changes nothing even for
 * whoever may call it: they are about things that aren't there, or make no sense to the verb.
 */
export const ACTIONS: Readonly<Record<string, Readonly<Record<string, ActionDoor>>>> = {
  "app/(console)/alerts/actions.ts": {
    decideAction: [
      "alerts.act",
      { decision: { kind: "wake" }, target: { alerts: [{ id: NOBODYS, version: 0 }] } },
    ],
    notePressedAction: ["alerts.act", NOBODYS, "look_now", null],
  },
  "app/(console)/balance/actions.ts": {
    acceptRemainderAction: ["balance.record", NOBODYS, "1.00", REASON],
    recordTopUpAction: ["balance.record", {}],
    voidTopUpAction: ["balance.record", NOBODYS, REASON],
  },
  "app/(console)/codes/import/actions.ts": {
    beginImportAction: [
      "codes.import",
      {
        ...{ id: NOBODYS, product: { id: NOBODYS }, source: "nothing", digest: "0".repeat(64) },
        ...{ total: 1, anew: false, cost: null, currency: null },
      },
    ],
    checkRowsAction: ["codes.import", NOBODYS, []],
    resumeImportAction: ["codes.import", NOBODYS, ""],
    stopImportAction: ["codes.import", NOBODYS],
    takeRowsAction: ["codes.import", NOBODYS, []],
  },
  "app/(console)/codes/reveal-actions.ts": {
    noteCopyAction: ["codes.reveal", NOBODYS, false],
    revealCodeAction: ["codes.reveal", NOBODYS, REASON],
  },
  "app/(console)/codes/stock-actions.ts": {
    closeComplaintAction: ["codes.mark", { complaintId: NOBODYS, outcome: "refused" }],
    correctExpiryAction: ["codes.mark", { codeId: NOBODYS, expiresOn: null, reason: REASON }],
    findCodeAction: ["codes.find", "nobody's code"],
    handOutAction: ["codes.hand_out", { way: "link", customerRef: "nobody", codeIds: [NOBODYS] }],
    markBadAction: ["codes.mark", { codeId: NOBODYS, reason: REASON }],
    openComplaintAction: ["codes.mark", { codeId: NOBODYS, kind: "wrong", evidence: REASON }],
    releaseAction: ["codes.mark", { codeIds: [NOBODYS], reason: REASON }],
    renewLinkAction: ["codes.hand_out", { handOutId: NOBODYS }],
    replaceAction: ["codes.hand_out", { codeId: NOBODYS, way: "link" }],
    reserveAction: ["codes.mark", { customerRef: "nobody", codeIds: [NOBODYS] }],
    revokeLinkAction: ["codes.hand_out", NOBODYS],
    setLowLineAction: ["codes.stock", { stockProductId: NOBODYS, lowLine: null }],
    unmarkBadAction: ["codes.mark", { codeId: NOBODYS, reason: REASON }],
  },
  "app/(console)/deliveries/actions.ts": {
    resendAction: ["deliveries.send", NOBODYS],
    startJobAction: ["deliveries.send", { id: NOBODYS, kind: "drop", filter: {} }],
    stopJobAction: ["deliveries.send", NOBODYS],
  },
  "app/(console)/orders/actions.ts": {
    lookNowAction: ["orders.look", NOBODYS],
    placeOrderAction: ["orders.place", {}],
  },
  "app/(console)/orders/dossier-actions.ts": {
    mailDossierAction: ["alerts.act", { dossierId: NOBODYS, endpointId: NOBODYS, to: "nobody" }],
    makeDossierAction: ["alerts.act", NOBODYS],
  },
  "app/(console)/prove-action.ts": {
    proveAgainAction: ["signed in", ""],
  },
  // Everybody's own. A wrong password, a code that is none: nothing changes by them.
  "app/(console)/settings/audit/actions.ts": {
    askToExportAction: ["audit.export"],
  },
  "app/(console)/settings/api-keys/actions.ts": {
    changeKeyAction: ["api_keys.manage", {}],
    createKeyAction: ["api_keys.manage", {}],
    revokeKeyAction: ["api_keys.manage", NOBODYS],
    rotateKeyAction: ["api_keys.manage", NOBODYS],
  },
  "app/(console)/settings/account/actions.ts": {
    changeOwnPasswordAction: ["signed in", "not the password", "short"],
    confirmSecondFactorAction: ["signed in", ""],
    connectElsewhereAction: ["signed in", ""],
    disconnectElsewhereAction: ["signed in", "nobody's"],
    endOwnSecondFactorAction: ["signed in"],
    endOwnSessionsAction: ["signed in", NOBODYS],
    offerSecondFactorAction: ["signed in"],
    renewRecoveryCodesAction: ["signed in"],
  },
  "app/(console)/settings/endpoints/actions.ts": {
    addEndpointAction: ["endpoints.manage", { channel: "webhook" }],
    deleteEndpointAction: ["endpoints.manage", NOBODYS, REASON],
    editEndpointAction: ["endpoints.manage", { id: NOBODYS, version: VERSION }],
    enableEndpointAction: ["deliveries.send", NOBODYS],
    findChatsAction: ["endpoints.manage", { id: NOBODYS }],
    pauseEndpointAction: ["deliveries.send", NOBODYS, REASON],
    resumeEndpointAction: ["deliveries.send", NOBODYS],
    rotateSecretAction: ["endpoints.manage", NOBODYS, false],
    tryDraftAction: ["endpoints.manage", { channel: "webhook" }],
    tryEndpointAction: ["deliveries.send", NOBODYS],
  },
  "app/(console)/settings/escalation/actions.ts": {
    deletePolicyAction: ["alerts.configure", { id: NOBODYS, version: VERSION }],
    movePolicyAction: ["alerts.configure", { id: NOBODYS, version: VERSION, by: 1 }],
    savePolicyAction: ["alerts.configure", { id: NOBODYS, version: VERSION }],
  },
  "app/(console)/settings/people/actions.ts": {
    changePersonAction: ["people.manage", { id: NOBODYS }],
    disablePersonAction: ["people.manage", NOBODYS, REASON],
    enablePersonAction: ["people.manage", NOBODYS],
    disconnectPersonAction: ["people.manage", NOBODYS, REASON],
    endSecondFactorAction: ["people.manage", NOBODYS, REASON],
    endSessionsAction: ["people.manage", NOBODYS, null],
    invitePersonAction: ["people.manage", {}],
    personLinkAction: ["people.manage", NOBODYS],
  },
  "app/(console)/settings/runbooks/actions.ts": {
    restoreRunbookAction: ["alerts.configure", { kind: "nothing", locale: "en", version: 0 }],
    saveRunbookAction: [
      "alerts.configure",
      { kind: "nothing", locale: "en", version: 0, markdown: "" },
    ],
  },
  "app/(console)/settings/suppliers/actions.ts": {
    addSupplierAction: ["suppliers.manage", supplier],
    configureSupplierAction: ["suppliers.manage", "nobodys", { isExclusive: true }],
    editSupplierAction: [
      "suppliers.manage",
      { id: NOBODYS, revision: 0, name: "Nobody's", config: {} },
    ],
    pauseSupplierAction: [
      "suppliers.manage",
      { id: NOBODYS, what: "ordering", minutes: 1, reason: REASON },
    ],
    resumeSupplierAction: ["suppliers.manage", NOBODYS, "ordering"],
    rotateSupplierSecretAction: [
      "suppliers.manage",
      { id: NOBODYS, name: "apiKey", value: null, atOnce: false },
    ],
    testSupplierAction: ["suppliers.manage", "nobodys"],
    testSupplierDraftAction: ["suppliers.manage", supplier],
  },
  "app/(console)/supplier-orders/actions.ts": {
    adoptSupplierOrderAction: [
      "orders.decide",
      { orderId: NOBODYS, supplierOrderId: "none", reason: REASON, picture: null },
    ],
    declareNotCreatedAction: ["orders.decide", order],
    giveUpOrderAction: ["orders.decide", order],
    markForeignAction: [
      "orders.decide",
      { supplierId: NOBODYS, supplierOrderId: "none", reason: REASON },
    ],
  },
  "app/(console)/suppliers/inbox/actions.ts": {
    replayMessageAction: ["suppliers.manage", NOBODYS, REASON],
    replayMessagesAction: ["suppliers.manage", noMessages],
    setAsideMessageAction: ["suppliers.manage", NOBODYS, REASON],
    setAsideMessagesAction: ["suppliers.manage", noMessages],
  },

  // Whom they are for stands in the session that is half open, or in the link.
  "app/invite/actions.ts": {
    acceptUserLinkAction: ["anybody", "no link", "a password that is long enough"],
    peekUserLinkAction: ["anybody", "no link"],
  },
  "app/login/actions.ts": {
    confirmAtSignInAction: ["half signed in", ""],
    offerAtSignInAction: ["half signed in"],
    passSecondStepAction: ["half signed in", ""],
  },
  // What they open stands in the secret that they are given.
  "app/claim/actions.ts": {
    openClaimAction: ["anybody", NOBODYS, "not the secret", null],
    peekClaimAction: ["anybody", NOBODYS, "not the secret"],
  },
  // A cookie of the caller's own browser, and the caller's own session.
  "app/_server/preferences.ts": {
    setLocale: ["anybody", "en"],
    setTheme: ["anybody", "system"],
  },
  "app/_server/sign-out.ts": {
    signOut: ["anybody"],
  },
};
