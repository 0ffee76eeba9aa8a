package dev.gangway.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.benchmarks.fleet.ProfileSample.Owner;
import dev.gangway.benchmarks.fleet.ProfileStack.Place;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileStackTest {
    private static final String POLLER = "java/lang/Thread.run_[j];org/apache/tomcat/util/net/NioEndpoint.run_[j];";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev/gangway/internal/keys/HmacSha256.of_[j];javax/crypto/Mac.doFinal_[i]|GANGWAY|HmacSha256.of",
                "dev/gangway/internal/engine/ObservedSslEngine.unwrap_[j];sun/security/ssl/SSLEngineImpl.unwrap_[1];java/util/HashMap.get_[i]|TLS_ENGINE|SSLEngineImpl.unwrap",
                "org/conscrypt/NativeCrypto.ENGINE_SSL_read_direct_[0];libconscrypt_openjdk_jni.so`SSL_read|TLS_ENGINE|NativeCrypto.ENGINE_SSL_read_direct",
                "org/apache/tomcat/util/openssl/openssl_h.SSL_read_[j];/usr/lib/libssl.so.3;/usr/lib/libcrypto.so.3|TLS_ENGINE|libssl.so.3",
                "org/apache/tomcat/util/openssl/openssl_h.SSL_read_[j];libssl.so.3`SSL_read;dev/gangway/tomcat/internal/openssl/TicketCallbacks.onKey_[j];libcrypto.so.3`EVP_DecryptInit_ex|GANGWAY|TicketCallbacks.onKey",
                "dev/gangway/benchmarks/fleet/FleetNode.main_[i];java/io/BufferedReader.readLine_[i]|CONTAINER|NioEndpoint.run",
                "java/util/ArrayList.add_[i]|CONTAINER|NioEndpoint.run",
                "org/eclipse/jetty/io/ssl/SslConnection.fill_[j]|CONTAINER|SslConnection.fill",
                "sun/nio/ch/SocketDispatcher.write0_[0];libc.so.6`__GI_write|SYSTEM_CALL|libc.so.6 __GI_write",
                "sun/nio/ch/IOUtil.<init>_[0];libc.so.6`__GI___close|SYSTEM_CALL|libc.so.6 __GI___close",
                "sun/security/ssl/SSLSessionImpl.<init>_[j];libc.so.6`readdir|TLS_ENGINE|SSLSessionImpl.<init>",
                "dev/gangway/internal/keys/KeyRing$$Lambda.0x00000000610.accept_[j]|GANGWAY|KeyRing$$Lambda",
            })
    void place_threadOfTheContainer_isOfInnermostOwner(String frames, Owner owner, String name) {
        ProfileStack stack = ProfileStack.parse(POLLER + frames + " 7");

        assertThat(stack.samples()).isEqualTo(7);
        assertThat(stack.place()).isEqualTo(new Place(owner, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libjvm.so`CompileBroker::compiler_thread_loop();libjvm.so`PhaseChaitin::Split(unsigned)|COMPILER|libjvm.so PhaseChaitin::Split",
                "libjvm.so`VMThread::run();libjvm.so`VM_HandshakeAllThreads::doit();libc.so.6`futex|JVM|libjvm.so VM_HandshakeAllThreads::doit",
                "libjvm.so`WorkerThread::run();libjvm.so`G1ParScanThreadState::trim_queue(int, int)|JVM|libjvm.so G1ParScanThreadState::trim_queue",
                "java/lang/ref/Reference$ReferenceHandler.run_[j];java/lang/Object.wait_[0]|OTHER|Object.wait",
            })
    void place_threadOfTheJvm_isOfTheJvm(String frames, Owner owner, String name) {
        assertThat(ProfileStack.parse(frames + " 1").place()).isEqualTo(new Place(owner, name));
    }
}
