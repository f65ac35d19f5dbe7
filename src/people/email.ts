const shape =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * An e-mail as the network keeps it: trimmed and in lower case, so that one person has one account. Null when it is
 * not an address; accents before or after the @ are not taken (few mail servers do).
 */
export function emailOf(typed: string): string | null {
  const email = typed.trim().toLowerCase();
  return email.length <= 254 && shape.test(email) ? email : null;
}
