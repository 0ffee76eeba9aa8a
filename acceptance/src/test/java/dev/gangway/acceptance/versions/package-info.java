/** Nodes of several Java versions in one fleet. */
package dev.gangway.acceptance.versions;
