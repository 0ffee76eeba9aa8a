package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        refused("the word after the key that seals does not point to a key");
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
        for (long address : new long[] {0, 8, SSL_CTX + 4, 1L << 52, 0xffff_8000_0000_0000L, -8}) {
            assertThatThrownBy(() -> TicketKeySlots.locate(memory, address, NAME))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining("is not an address of an SSL_CTX");
        }
    }

    @Test
    void locate_unmappedContext_isRefused() {
        assertThatThrownBy(() -> TicketKeySlots.locate(memory, 0x7e0000000000L, NAME))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("its memory cannot be read: java.io.IOException: Input/output error")
                .hasMessageContaining("engine 'jdk'");
    }

    @ParameterizedTest
    @CsvSource({
        "0x00007fffffffffc0, true, x86-64: 47 bits",
        "0x0000ffffb4021230, true, 64-bit Arm: 48 bits",
        "0x0000aaaac1234560, true, 64-bit Arm: 48 bits, heap of a position-independent program",
        "0x000fffffb4021230, true, 64-bit Arm with large addresses: 52 bits",
        "0xb400ffffb4021230, true, 64-bit Arm: a tag in the top byte",
        "0x0f0fffffb4021230, true, 64-bit Arm: a tag and 52 bits",
        "0x0010000000000000, false, 53 bits",
        "0xffff800000000000, false, the kernel of x86-64",
        "0xffff000000000000, false, the kernel of 64-bit Arm with 48 bits",
        "0xfff0000000000000, false, the kernel of 64-bit Arm with 52 bits",
        "0xb400ffffb4021234, false, not aligned",
        "0xb400000000000008, false, in the first page",
    })
    void isPlausibleAddress_formsThatSystemsHave_areTold(String address, boolean plausible, String form) {
        assertThat(SslCtx.isPlausibleAddress(Long.parseUnsignedLong(address.substring(2), 16)))
                .as(form)
                .isEqualTo(plausible);
    }

    @Test
    void processMemory_tagInTheTopByte_isLeftOutAsTheProcessorDoes(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("mem"), new byte[16]);
        Memory memory = ProcessMemory.find("Linux", file);

        memory.write(0xb400_0000_0000_0004L, new byte[] {1, 2, 3});

        assertThat(memory.read(0x0f00_0000_0000_0005L, 2)).containsExactly(2, 3);
        assertThat(Files.readAllBytes(file)).startsWith(0, 0, 0, 0, 1, 2, 3);
    }

    @Test
    void processMemory_used_isNotKeptOpen() throws Exception {
        Memory own = ProcessMemory.find();

        assertThatThrownBy(() -> own.read(4096, 8)).isInstanceOf(IOException.class);

        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(Files::isSymbolicLink).map(TicketKeySlotsTest::target))
                    .noneMatch(target -> target.endsWith("/mem"));
        }
        assertThat(own).isNotNull();
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // The process that lists them.
            return "";
        }
    }

    @Test
    void processMemory_addressWithNothingMapped_isAnIoErrorAndNoCrash() throws Exception {
        Memory own = ProcessMemory.find();

        assertThatThrownBy(() -> own.read(4096, 8)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> own.write(4096, new byte[8])).isInstanceOf(IOException.class);
    }

    @Test
    void processMemory_notLinuxNotThereNotAllowed_isRefusedWithTheCause(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ProcessMemory.find("Mac OS X", Path.of("/proc/self/mem")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("works on Linux only")
                .hasMessageContaining("this is Mac OS X; use engine 'jdk' instead");
        assertThatThrownBy(() -> ProcessMemory.find("Windows 11", Path.of("/proc/self/mem")))
                .hasMessageContaining("this is Windows 11");
        assertThatThrownBy(() -> ProcessMemory.find("Linux", folder.resolve("mem")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("which does not exist; mount /proc");
        // A folder fails in the same way as a file that the kernel refuses to open.
        assertThatThrownBy(() -> ProcessMemory.find("Linux", Files.createDirectory(folder.resolve("closed"))))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("cannot open")
                .hasMessageContaining("not dumpable");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> TicketKeySlots.locate(memory, SSL_CTX, NAME))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("use a version that Gangway's documentation names");
    }
}
