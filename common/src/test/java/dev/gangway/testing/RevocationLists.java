package dev.gangway.testing;

import dev.gangway.testing.Certificates.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Files with certificate revocation lists. */
final class RevocationLists {
    private RevocationLists() {}

    /** Writes a list of each of {@code authorities} in PEM, with those of {@code revoked} that it has issued. */
    static Path write(Path file, List<Held> authorities, Held... revoked) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Held authority : authorities) {
            text.append("-----BEGIN X509 CRL-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list(authority, revoked)))
                    .append("\n-----END X509 CRL-----\n");
        }
        return Files.writeString(file, text);
    }

    private static byte[] list(Held authority, Held... revoked) throws IOException {
        Instant now = Instant.now();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                new X500Name(authority.certificate().getSubjectX500Principal().getName()),
                Date.from(now.minus(Duration.ofHours(1))));
        builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))));
        for (Held each : revoked) {
            if (each.issuer().filter(authority::equals).isPresent()) {
                builder.addCRLEntry(
                        each.certificate().getSerialNumber(),
                        Date.from(now.minus(Duration.ofHours(1))),
                        CRLReason.keyCompromise);
            }
        }
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(authority.keys().getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
