package dev.gangway.tomcat;

import org.junit.jupiter.api.Tag;

@Tag("container")
class NioResponseBytesTest extends TomcatResponseBytes {
    NioResponseBytesTest() {
        super(TomcatNode.NIO, "jdk", "conscrypt");
    }
}
