package dev.gangway.tomcat;

import org.junit.jupiter.api.Tag;

@Tag("openssl")
class OpenSslNio2ResponseBytesTest extends TomcatResponseBytes {
    OpenSslNio2ResponseBytesTest() {
        super(TomcatNode.NIO2, "openssl");
    }
}
