package dev.gangway.examples.node;

/** The response of a node: an HTTP status and a JSON document. */
record Answer(int status, String json) {}
