package dev.gangway.tomcat;

import org.junit.jupiter.api.Tag;

@Tag("container")
class Nio2ResponseBytesTest extends TomcatResponseBytes {
    Nio2ResponseBytesTest() {
        super(TomcatNode.NIO2, "jdk", "conscrypt");
    }
}
