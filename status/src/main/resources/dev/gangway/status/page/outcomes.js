/**
 * What can become of a handshake, in the order that all charts and tables keep. Colours and textures tell any two
 * neighbours apart with every kind of colour vision; words are always beside them.
 */
export const OUTCOMES = [
  ["resumedActiveKey", "resumed", "Resumed: active key", "blue", "plain"],
  ["resumedPreviousKey", "resumed", "Resumed: previous key", "sky", "plain"],
  ["resumedNextKey", "resumed", "Resumed: next key", "blue", "slash"],
  ["resumedAcceptOnlyKey", "resumed", "Resumed: accept-only key", "sky", "slash"],
  ["resumedOnThisNodeOnly", "resumed", "Resumed: on this node only", "blue", "dots"],
  ["fullWithoutTicket", "full", "Full: no ticket offered", "orange", "plain"],
  ["fullUnknownKey", "full", "Full: unknown key", "brown", "plain"],
  ["fullKeyNotYetAccepted", "full", "Full: key not yet accepted", "orange", "slash"],
  ["fullKeyDestroyed", "full", "Full: key destroyed", "brown", "slash"],
  ["fullOtherScope", "full", "Full: other scope", "orange", "dots"],
  ["fullSessionExpired", "full", "Full: session expired", "brown", "dots"],
  ["fullCertificateRefused", "full", "Full: client certificate refused", "brown", "cross"],
  ["fullTicketRefused", "full", "Full: ticket refused", "orange", "cross"],
  ["failed", "failed", "Failed", "text", "plain"],
  ["notUnderstood", "other", "Not understood", "grey", "plain"],
].map(([key, family, words, colour, texture]) => ({ key, family, words, colour, texture }));

/** The counts of a node since it started, over all scopes and protocols. */
export function countsOf(node) {
  const sum = (key) => (node.handshakes ?? []).reduce((total, row) => total + (row[key] ?? 0), 0);
  return Object.fromEntries(OUTCOMES.map(({ key }) => [key, sum(key)]));
}

export function add(left, right) {
  return Object.fromEntries(OUTCOMES.map(({ key }) => [key, (left[key] ?? 0) + (right[key] ?? 0)]));
}

/** All counts of one family: resumed, full, failed or other. */
export function total(counts, family) {
  return OUTCOMES.filter((outcome) => outcome.family === family).reduce((sum, { key }) => sum + (counts[key] ?? 0), 0);
}
