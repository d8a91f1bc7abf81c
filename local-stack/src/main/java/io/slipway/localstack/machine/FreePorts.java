package io.slipway.localstack.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Loopback ports that nobody listens on.
 *
 * <p>They lie below the ranges from which Linux (32768) and macOS (49152) take the ports of outgoing connections.
 * Otherwise a client that reconnects to a server that is down may be given the very port as its own, connect to itself,
 * and keep the server from coming back.
 */
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int CONNECT_MILLIS = 500;
    private static final int ATTEMPTS = 500;
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** A port that is free now and that this JVM was not given before. */
    public static synchronized int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = RANDOM.nextInt(LOWEST, HIGHEST);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException(
                "No free port between " + LOWEST + " and " + HIGHEST + " in " + ATTEMPTS + " attempts");
    }

    /** The wanted port, or a free one where that is 0. */
    public static int orNext(int wanted) {
        return wanted == 0 ? next() : wanted;
    }

    /** On macOS a port can be bound for loopback while another program listens on all interfaces: that is asked first. */
    public static boolean isFree(int port) {
        return !answers(port) && canBind(port);
    }

    public static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canBind(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
