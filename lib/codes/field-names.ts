/** What a field of a code may be, by what suppliers call it. */
export type PartName =
  | "code"
  | "pin"
  | "serial"
  | "expiry"
  | "expiryYear"
  | "expiryMonth"
  | "expiryDay"
  | "url"
  | "esim"
  | "esimAddress"
  | "esimMatchingId"
  | "iccid"
  | "confirmationCode";

/** Names without case, spaces, dashes and underscores. Of two names in one list the earlier is the better. */
const NAMES: Record<PartName, readonly string[]> = {
  code: [
    "code",
    "codes",
    "vouchercode",
    "giftcode",
    "giftcardcode",
    "cardcode",
    "redeemcode",
    "redemptioncode",
    "couponcode",
    "activationcode",
    "activationkey",
    "licensekey",
    "productkey",
    "cdkey",
    "gamekey",
    "key",
    "voucher",
    "cardnumber",
  ],
  pin: ["pin", "pincode", "cardpin", "securitypin", "pinnumber"],
  serial: ["serial", "serialnumber", "serialno", "cardserial", "cardserialnumber", "sn"],
  expiry: [
    "expiry",
    "expirydate",
    "expirationdate",
    "expiration",
    "expiresat",
    "expireat",
    "expires",
    "expireson",
    "expiredate",
    "expired",
    "expirytime",
    "validuntil",
    "validto",
    "validtill",
    "validthru",
    "validthrough",
    "bestbefore",
    "redeemby",
    "useby",
    "expdate",
    "exp",
    "expy",
    "dateofexpiry",
    "expirydatetime",
    "expirationtime",
    "expirationdatetime",
    "expiredat",
    "expiredon",
    "validtodate",
    "validuntildate",
    "validbefore",
    "goodthru",
    "goodthrough",
    "gooduntil",
    "bestbeforedate",
    "redeembefore",
    "redeembydate",
    "redeemuntil",
    "redeemableuntil",
    "usebefore",
    "usebydate",
    "activatebefore",
    "activateby",
  ],
  expiryYear: ["expyear", "expiryyear", "expirationyear", "expireyear", "expyy", "expyyyy"],
  expiryMonth: ["expmonth", "expirymonth", "expirationmonth", "expiremonth", "expmm"],
  expiryDay: ["expday", "expiryday", "expirationday", "expireday", "expdd"],
  url: [
    "url",
    "link",
    "redeemurl",
    "redemptionurl",
    "redeemlink",
    "activationurl",
    "activationlink",
    "claimurl",
    "claimlink",
    "giftlink",
    "codeurl",
  ],
  esim: ["lpa", "qrtext", "qr", "qrcode", "qrdata", "qrcodetext", "activationstring", "esim"],
  esimAddress: ["smdpaddress", "smdp", "smdpplus", "smdpplusaddress", "smdpserver"],
  esimMatchingId: ["matchingid", "activationcode", "activation"],
  iccid: ["iccid"],
  confirmationCode: ["confirmationcode"],
};

/** `Expiry Date`, `expiry_date` and `expiryDate` are one name. */
const plainName = (label: string): string =>
  label.length > 60 ? "" : label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** How well a label names the part: 0 is best; null where it names something else. */
export function namesPart(label: string, part: PartName): number | null {
  const at = NAMES[part].indexOf(plainName(label));
  return at < 0 ? null : at;
}
