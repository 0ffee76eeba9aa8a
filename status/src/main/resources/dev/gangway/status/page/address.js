/**
 * The whole address of a part of the page, without user and password. A page that was opened by an address with a password in
 * it may not fetch by a relative one, which would have the password too: browsers refuse such requests. They send the password
 * by themselves.
 */
export function addressOf(part) {
  const address = new URL(part, location.href);
  address.username = "";
  address.password = "";
  return address;
}
