package dev.gangway.status;

/** Whether a node tells about its keys: {@code condition} in the status document. */
public enum NodeCondition {
    /** It has an MBean, whose attributes are there. */
    REPORTS,
    /** It answers, but has no MBean: a container as it comes. */
    WITHOUT_GANGWAY,
    /** It does not answer. */
    NO_ANSWER
}
