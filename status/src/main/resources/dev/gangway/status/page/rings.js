/** Whether nodes hold the same ring. */

/** The words and colours of a node's part in it. */
export const AGREEMENTS = {
  agrees: ["good", "same ring", "blue", "plain"],
  differs: ["bad", "different ring", "orange", "plain"],
  noAnswer: ["bad", "no answer", "text", "slash"],
  withoutGangway: ["none", "without Gangway", "grey", "dots"],
};

/** Maps names of nodes to a key of AGREEMENTS: the ring that most nodes hold is the one to have. */
export function agreementOf(nodes) {
  const digests = nodes.filter((node) => node.condition === "REPORTS").map((node) => node.ringDigest);
  const times = (digest) => digests.filter((other) => other === digest).length;
  const most = Math.max(0, ...digests.map(times));
  const common = [...new Set(digests)].filter((digest) => times(digest) === most);
  const agreement = (node) => {
    if (node.condition !== "REPORTS") {
      return node.condition === "NO_ANSWER" ? "noAnswer" : "withoutGangway";
    }
    // Two rings held by as many nodes each: nobody can tell which is right.
    return common.length === 1 && node.ringDigest === common[0] ? "agrees" : "differs";
  };
  return new Map(nodes.map((node) => [node.name, agreement(node)]));
}

/** How long a difference is no more than a new key file on its way: two polls of the slowest node, and some copying. */
export function patienceSeconds(nodes) {
  return 2 * Math.max(0, ...nodes.map((node) => node.pollIntervalSeconds ?? 0)) + 5;
}
