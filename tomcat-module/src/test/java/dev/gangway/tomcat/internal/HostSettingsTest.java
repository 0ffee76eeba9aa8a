package dev.gangway.tomcat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.openssl.OpenSSLConf;
import org.apache.tomcat.util.net.openssl.OpenSSLConfCmd;
import org.junit.jupiter.api.Test;

class HostSettingsTest {
    private final SSLHostConfig host = new SSLHostConfig();

    @Test
    void trustSettings_allAsTomcatHasThem_areEmpty() {
        host.setCertificateVerificationDepth(10);
        host.setProtocols("TLSv1.3");
        host.setTruststoreFile("trust.p12");

        assertThat(HostSettings.trustSettings(host)).isEmpty();
    }

    @Test
    void trustSettings_revocationLists_countWhereverTheyAre() {
        host.setCertificateRevocationListFile(System.getProperty("java.home") + "/release");
        host.setCertificateRevocationListPath(System.getProperty("java.home"));

        assertThat(HostSettings.trustSettings(host))
                .isEqualTo("certificateRevocationListFile,certificateRevocationListPath");
    }

    @Test
    void trustSettings_whatDecides_isNamedInAFixedOrder() {
        OpenSSLConf conf = new OpenSSLConf();
        conf.addCmd(new OpenSSLConfCmd("Curves", "X25519"));
        conf.addCmd(new OpenSSLConfCmd("OCSP_SOFT_FAIL", "false"));
        host.setOpenSslConf(conf);
        host.setOcspEnabled(true);
        host.setRevocationEnabled(true);
        host.setTrustManagerClassName("com.example.Own");
        host.setTruststoreAlgorithm("SunX509");
        host.setCertificateVerificationDepth(2);

        assertThat(HostSettings.trustSettings(host))
                .isEqualTo("certificateVerificationDepth=2,trustManagerClassName=com.example.Own,"
                        + "truststoreAlgorithm=SunX509,revocationEnabled=true,ocspEnabled=true,OCSP_SOFT_FAIL=false");
    }
}
