package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.wire.HandshakeReader;
import dev.gangway.testing.TlsBytes;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SunJSSE asks for the key of each offered ticket, and each time all tickets of that number have to be checked. */
@Tag("engine")
class ManyTicketsOfOneNumberTest {
    @ParameterizedTest
    @CsvSource({"1,1", "8,1", "9,0", "180,0"})
    void hasPlausibleHead_ticketsOfOneNumber_areCheckedOnceOrIfTooManyNotAtAll(int tickets, int checks)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, null, null);
        JdkTicketKeys keys = new JdkTicketKeys(
                SunJsseInternals.open(),
                context.getServerSessionContext(),
                KeyDerivation.of("any", Scope.of("", ClientAuth.NONE, List.of())),
                ClientAuthentication.NONE,
                TicketPolicy.DEFAULT,
                InstantSource.system(),
                true);
        JdkConnection connection =
                (JdkConnection) keys.connection(context.createSSLEngine(), ClientAuth.NONE, () -> false);
        byte[] ticket = TlsBytes.ticket(7);
        byte[] hello = TlsBytes.record(
                TlsBytes.HANDSHAKE,
                TlsBytes.clientHello(
                        TlsBytes.offeredTls13(),
                        TlsBytes.offeredPsks(
                                Stream.generate(() -> ticket).limit(tickets).toArray(byte[][]::new))));
        new HandshakeReader(connection::onClientHello).helloFromClient(ByteBuffer.wrap(hello), 0, hello.length);

        AtomicInteger checked = new AtomicInteger();
        for (int asked = 0; asked < tickets; asked++) {
            boolean isPlausible =
                    connection.hasPlausibleHead(ByteBuffer.wrap(ticket).getInt(), () -> {
                        checked.incrementAndGet();
                        return Optional.empty();
                    });
            assertThat(isPlausible).isFalse();
        }

        assertThat(checked).hasValue(checks);
    }
}
