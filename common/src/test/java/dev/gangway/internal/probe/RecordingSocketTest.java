package dev.gangway.internal.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordingSocketTest {
    @Test
    void read_serverThatSendsWithoutEnd_endsAtTheLimit() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RecordingSocket socket = new RecordingSocket(Duration.ofSeconds(1))) {
            Thread sender = new Thread(() -> sendWithoutEnd(server));
            sender.setDaemon(true);
            sender.start();
            socket.open(server.getLocalSocketAddress());
            byte[] buffer = new byte[65_536];

            assertThatThrownBy(() -> {
                        while (socket.getInputStream().read(buffer, 0, buffer.length) > 0) {
                            // The limit ends it.
                            Thread.onSpinWait();
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void sendWithoutEnd(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            while (true) {
                // One byte at a time, because the client keeps all of them.
                socket.getOutputStream().write(0);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
