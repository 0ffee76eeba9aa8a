/** A key manager as an MBean, in the terms of {@link dev.gangway.internal.manager.ManagerStatus}. */
package dev.gangway.internal.jmx;
