const BYTES = 32;

/** A signing secret as the Standard Webhooks have it, by the browser's own source of chance. */
export function makeSigningSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES))))}`;
}
