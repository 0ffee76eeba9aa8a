package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.TlsVersion;

/**
 * One fleet, one TLS version, and what a probe found.
 *
 * @param rotations how often the ticket key changed meanwhile
 */
record Row(ClusterSettings fleet, TlsVersion tls, int rotations, ProbeResult result) {}
