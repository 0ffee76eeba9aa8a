/** The little JSON that the probe writes and that etcd and Kubernetes speak, without a dependency in the drop-in jars. */
package dev.gangway.internal.json;
