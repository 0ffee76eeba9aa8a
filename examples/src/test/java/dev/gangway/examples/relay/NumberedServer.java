package dev.gangway.examples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends its number, then returns all bytes that it receives, and a last message when the client has no more. */
final class NumberedServer implements AutoCloseable {
    static final int GOODBYE = 99;

    private final ServerSocket listening;
    private final int number;

    private NumberedServer(ServerSocket listening, int number) {
        this.listening = listening;
        this.number = number;
    }

    static NumberedServer start(int number) throws IOException {
        NumberedServer server = new NumberedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), number);
        daemon(server::accept);
        return server;
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.getOutputStream().write(number);
            client.getInputStream().transferTo(client.getOutputStream());
            client.getOutputStream().write(GOODBYE);
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "numbered-server");
        thread.setDaemon(true);
        thread.start();
    }
}
