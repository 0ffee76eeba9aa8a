package dev.gangway.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketKeySlotsTest {
    private static final long SSL_CTX = 0x7f0000001000L;
    private static final long KEY = 0x7f0000002000L;
    private static final long OTHER_KEY = 0x7f0000003000L;
    private static final byte[] NAME = "the sealing key!".getBytes(StandardCharsets.US_ASCII);
    private static final int SLOT = 400;

    private final FakeMemory memory = new FakeMemory();
    private ByteBuffer sslCtx;

    @BeforeEach
    void layOut() {
        sslCtx = memory.allocate(SSL_CTX, 672);
        memory.allocate(KEY, 56).put(NAME).putLong(48, 1_800_000_000L);
        memory.allocate(OTHER_KEY, 56).putLong(48, 1_900_000_000L);
        sslCtx.putLong(8, 0x7fffffffffffL).putLong(16, -1).putLong(24, 12345);
        sslCtx.putLong(SLOT, KEY);
    }

    @Test
    void locate_oneWordPointsToTheNamedKey_isThat() throws Exception {
        sslCtx.putLong(SLOT + 8, OTHER_KEY);
        TicketKeySlots slots = TicketKeySlots.locate(memory, SSL_CTX, NAME);

        assertThat(slots.current().address()).isEqualTo(KEY);
        assertThat(slots.current().name()).isEqualTo(NAME);
        assertThat(slots.current().rotateAt()).isEqualTo(1_800_000_000L);
        assertThat(slots.hasPrevious()).isTrue();
        assertThat(slots.previous().address()).isEqualTo(OTHER_KEY);
        assertThat(slots.previous().rotateAt()).isEqualTo(1_900_000_000L);
    }

    @Test
    void locate_noPreviousKey_isFineAndSaysSo() throws Exception {
        assertThat(TicketKeySlots.locate(memory, SSL_CTX, NAME).hasPrevious()).isFalse();
    }

    @Test
    void locate_noWordFits_isRefused() {
        sslCtx.putLong(SLOT, OTHER_KEY);

        refused("0 words of the SSL_CTX (672 bytes)");
    }

    @Test
    void locate_twoWordsFit_isRefused() {
        sslCtx.putLong(64, KEY);

        refused("2 words of the SSL_CTX");
    }

    @Test
    void locate_nameInABlockOfAnotherSize_isNoKey() {
        memory.allocate(KEY, 64).put(NAME);

        refused("0 words of the SSL_CTX");
    }

    @Test
    void locate_wordBehindPointsToNoKey_isRefused() {
        sslCtx.putLong(SLOT + 8, 0x1234567);

        refused("the word behind the key that seals points to no key");
    }

    @Test
    void locate_contextOfAbsurdSize_isRefused() {
        for (long size : new long[] {0, 8, 255, 671, 1 << 20, -1}) {
            memory.allocate(SSL_CTX, 672, size);
            refused("an SSL_CTX of " + size + " bytes is not plausible");
        }
    }

    @Test
    void locate_addressOutsideUserSpaceOrUnaligned_isRefusedUnread() {
        for (long address : new long[] {0, 8, SSL_CTX + 4, 1L << 47, -8}) {
            assertThatThrownBy(() -> TicketKeySlots.locate(memory, address, NAME))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining("is no address of an SSL_CTX");
        }
    }

    @Test
    void locate_unmappedContext_isRefused() {
        assertThatThrownBy(() -> TicketKeySlots.locate(memory, 0x7e0000000000L, NAME))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("its memory cannot be read: java.io.IOException: Input/output error")
                .hasMessageContaining("engine 'jdk'");
    }

    @Test
    void processMemory_addressWithNothingMapped_isAnIoErrorAndNoCrash() throws Exception {
        Memory own = ProcessMemory.open();

        assertThatThrownBy(() -> own.read(4096, 8)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> own.write(4096, new byte[8])).isInstanceOf(IOException.class);
    }

    @Test
    void processMemory_notLinuxNotThereNotAllowed_isRefusedWithTheCause(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ProcessMemory.open("Mac OS X", Path.of("/proc/self/mem")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("works on Linux only")
                .hasMessageContaining("this is Mac OS X; use engine 'jdk' instead");
        assertThatThrownBy(() -> ProcessMemory.open("Windows 11", Path.of("/proc/self/mem")))
                .hasMessageContaining("this is Windows 11");
        assertThatThrownBy(() -> ProcessMemory.open("Linux", folder.resolve("mem")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("there is none; mount /proc");
        // What the kernel refuses to open, a folder refuses just as well.
        assertThatThrownBy(() -> ProcessMemory.open("Linux", Files.createDirectory(folder.resolve("closed"))))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("may not open")
                .hasMessageContaining("not dumpable");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> TicketKeySlots.locate(memory, SSL_CTX, NAME))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("use a version that Gangway's documentation names");
    }
}
