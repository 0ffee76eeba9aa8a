package dev.gangway.examples.node;

/** What a node answers: a status of HTTP and a JSON document. */
record Answer(int status, String json) {}
