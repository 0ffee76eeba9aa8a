/** A key manager as an MBean, with the data of {@link dev.gangway.internal.manager.ManagerStatus}. */
package dev.gangway.internal.jmx;
