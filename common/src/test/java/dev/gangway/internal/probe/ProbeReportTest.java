package dev.gangway.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.json.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeReportTest {
    private static final NodeFacts FIRST =
            new NodeFacts("6h", "5d0c9a41", "TLS_AES_256_GCM_SHA384", "CN=www.example.com 9c5f5a9d");
    private static final NodeFacts OTHER_KEYS =
            new NodeFacts("1d", "b7e2f013", "TLS_AES_256_GCM_SHA384", "CN=www.example.com 9c5f5a9d");
    private static final Cell RESUMES = new Cell(1, 1, 0, 0, 0, 0, Optional.empty());
    private static final Cell FULL = new Cell(1, 0, 0, 1, 0, 0, Optional.empty());

    /** The page contains exactly the text that the command prints. */
    @Test
    void text_ofThePage_isWhatIsPrinted() throws Exception {
        Matrix matrix = new Matrix(
                TlsVersion.TLS_1_3,
                List.of(Address.parse("node1:8443"), Address.parse("node2:8443"), Address.parse("node3:8443")),
                List.of(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(Optional.of(FIRST), Optional.of(FIRST), Optional.of(OTHER_KEYS)),
                List.of(List.of(RESUMES, RESUMES, FULL), List.of(RESUMES, RESUMES, FULL), List.of(FULL, FULL, RESUMES)),
                false);
        ProbeReport report = report(matrix);

        assertThat(Files.readString(Path.of("../docs/probe.md"))).contains("```\n" + report.toText() + "```\n");
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.toJson()).contains("""
                "differences":{"key name":{"5d0c9a41":[1,2],"b7e2f013":[3]},"ticket lifetime":{"1d":[3],"6h":[1,2]}}""");
    }

    @Test
    void label_ofEachOutcome_isWhatThePageExplains() {
        assertThat(cell(2, 0, 0, 0, 0).label()).isEqualTo("resumes");
        assertThat(cell(1, 0, 1, 0, 0).label()).isEqualTo("1 of 2");
        assertThat(cell(0, 2, 0, 0, 0).label()).isEqualTo("CACHE");
        assertThat(cell(0, 0, 2, 0, 0).label()).isEqualTo("FULL");
        assertThat(cell(0, 0, 0, 2, 0).label()).isEqualTo("NO TICKET");
        assertThat(cell(1, 0, 0, 0, 1).label()).isEqualTo("1 FAIL");
        assertThat(cell(0, 0, 0, 0, 2).label()).isEqualTo("FAILS");
    }

    @Test
    void table_withALongLabel_hasColumnsThatAreWideEnough() {
        Cell some = cell(99_999, 0, 1, 0, 0);
        Matrix matrix = new Matrix(
                TlsVersion.TLS_1_3,
                List.of(Address.parse("node1:8443"), Address.parse("node2:8443")),
                List.of(Optional.empty(), Optional.empty()),
                List.of(Optional.of(FIRST), Optional.of(FIRST)),
                List.of(List.of(some, some), List.of(some, RESUMES)),
                false);

        assertThat(report(matrix).toText().lines())
                .contains(
                        "TLS 1.3                to 1             to 2",
                        "from 1      99999 of 100000  99999 of 100000",
                        "from 2      99999 of 100000          resumes");
    }

    /** A certificate may be refused with the same alert, but later in the handshake. */
    @Test
    void refusedVersion_isSaidByTheFirstRecord() {
        byte[] serverHello = {22, 3, 3, 0, 2, 2, 40};
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};

        assertThat(RefusedVersionException.isAnswer(alert)).isTrue();
        alert[6] = 70;
        assertThat(RefusedVersionException.isAnswer(alert)).isTrue();
        alert[6] = 42;
        assertThat(RefusedVersionException.isAnswer(alert)).isFalse();
        assertThat(RefusedVersionException.isAnswer(serverHello)).isFalse();
        assertThat(RefusedVersionException.isAnswer(new byte[] {21, 3, 3, 0, 2, 2}))
                .isFalse();
    }

    /** The tickets of SunJSSE with Gangway begin with a number that may be the same for a second. */
    @Test
    void keyName_isWhatTicketsHaveInCommonIfItIsLongEnough() {
        byte[] ticket = new byte[64];
        byte[] sameKey = ticket.clone();
        sameKey[20] = 1;
        byte[] sameNumber = ticket.clone();
        sameNumber[4] = 1;

        assertThat(keyName(ticket, sameKey)).isEqualTo("00".repeat(16));
        assertThat(keyName(ticket, sameKey, sameNumber)).isEmpty();
        assertThat(keyName(ticket, sameNumber, sameKey)).isEmpty();
        assertThat(keyName(ticket, ticket)).isEqualTo("00".repeat(16));
        assertThat(keyName(ticket)).isEmpty();
        assertThat(keyName(new byte[8], new byte[8])).isEmpty();
        assertThat(keyName()).isEmpty();
    }

    @Test
    void json_ofTextWithAnyCharacter_isOneLineOfAscii() {
        assertThat(JsonWriter.of(Map.of("a\"\\\n", List.of("\u00e9\u2028", 1, true))))
                .isEqualTo("{\"a\\\"\\\\\\u000a\":[\"\\u00e9\\u2028\",1,true]}");
    }

    private static String keyName(byte[]... tickets) {
        TicketStart start = new TicketStart();
        for (byte[] ticket : tickets) {
            start.add(ticket);
        }
        return FIRST.withTickets(start).keyName();
    }

    private static Cell cell(int resumed, int cached, int full, int noTicket, int failed) {
        return new Cell(
                resumed + cached + full + noTicket + failed,
                resumed,
                cached,
                full,
                noTicket,
                failed,
                failed > 0 ? Optional.of("connection refused") : Optional.empty());
    }

    private static ProbeReport report(Matrix matrix) {
        return new ProbeReport(matrix.nodes(), Optional.of("www.example.com"), List.of(matrix), Map.of(), List.of());
    }
}
