package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.TlsVersion;

/**
 * The results for one fleet and one TLS version.
 *
 * @param rotations the number of changes of the active key meanwhile
 */
record Row(ClusterSettings fleet, TlsVersion tls, int rotations, ProbeResult result) {}
