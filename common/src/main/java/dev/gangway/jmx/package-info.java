/** A key manager as an MBean, in the terms of {@link dev.gangway.manager.ManagerStatus}. */
package dev.gangway.jmx;
