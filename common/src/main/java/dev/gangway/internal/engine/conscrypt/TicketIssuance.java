package dev.gangway.internal.engine.conscrypt;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;

/**
 * Whether a TLS 1.3 handshake issues tickets. BoringSSL makes them when it has read the client's last flight, so they
 * are switched off before it reads that flight, or while it checks the client's certificates.
 *
 * <p>There are none if the condition of the handshake does not hold, or if they would be too large. A ticket holds the
 * client's certificates, which the client sends encrypted. So the number of encrypted bytes limits the size of the
 * ticket, and is known before BoringSSL makes it.
 *
 * <p>Guarded by the lock of the engine's wrapper.
 */
final class TicketIssuance {
    private static final int RECORD_HEADER = 5;
    private static final byte APPLICATION_DATA_RECORD = 23;
    // A client sends its ticket in its ClientHello, which other TLS implementations limit to 32 kB, some to 16 kB.
    private static final int LARGEST_TICKET = 16 * 1024;

    private final SSLEngine engine;
    private final ConscryptInternals internals;

    private BooleanSupplier condition = () -> true;
    // Encrypted bytes that the client has sent before the handshake was over.
    private int clientFlight;

    /** @param engine of Conscrypt */
    TicketIssuance(SSLEngine engine, ConscryptInternals internals) {
        this.engine = engine;
        this.internals = internals;
    }

    static boolean isEncryptedRecord(ByteBuffer src) {
        return src != null && src.remaining() >= RECORD_HEADER && src.get(src.position()) == APPLICATION_DATA_RECORD;
    }

    void onlyIf(BooleanSupplier newCondition) {
        condition = newCondition;
    }

    /** Called during the handshake, before the engine reads the {@linkplain #isEncryptedRecord encrypted} record. */
    void receiving(ByteBuffer src) {
        if (!engine.getUseClientMode()
                && (clientFlight + recordLength(src) > LARGEST_TICKET || !condition.getAsBoolean())) {
            switchOff();
        }
    }

    /** @param bytes how many the engine has read of an encrypted record */
    void received(int bytes) {
        clientFlight += bytes;
    }

    /** Called when the client's certificates have been checked. The condition may no longer hold after that time. */
    void onClientTrusted() {
        if (!condition.getAsBoolean()) {
            switchOff();
        }
    }

    private void switchOff() {
        internals.allowTickets(internals.connection(engine), false);
    }

    private static int recordLength(ByteBuffer src) {
        return (src.get(src.position() + 3) & 0xff) << 8 | (src.get(src.position() + 4) & 0xff);
    }
}
