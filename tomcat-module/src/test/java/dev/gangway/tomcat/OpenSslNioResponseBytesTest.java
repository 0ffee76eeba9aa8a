package dev.gangway.tomcat;

import org.junit.jupiter.api.Tag;

@Tag("openssl")
class OpenSslNioResponseBytesTest extends TomcatResponseBytes {
    OpenSslNioResponseBytesTest() {
        super(TomcatNode.NIO, "openssl");
    }
}
