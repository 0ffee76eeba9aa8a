/**
 * The status page: what the MBeans {@code dev.gangway:type=TicketKeys,*} say, as charts. Knows them by name only, so that it
 * works from any class loader.
 */
package dev.gangway.status;
