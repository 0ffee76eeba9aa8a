/** The little JSON that the probe writes and etcd speaks, without a dependency in the drop-in jars. */
package dev.gangway.internal.json;
