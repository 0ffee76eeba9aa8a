/** What went over the wire, record by record, and a drawing of it. */
package dev.gangway.examples.ladder;
