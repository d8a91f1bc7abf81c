package io.slipway.localstack.server;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Root therefore runs it in a user namespace of its own, where it is nobody while its
 * files still belong to it.
 */
final class PostgresUser {

    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private PostgresUser() {}

    /** The command as PostgreSQL's programs accept it from whoever runs this JVM. */
    static List<String> command(List<String> program) {
        if (new UnixSystem().getUid() != 0) {
            return program;
        }
        if (!mayUnshare()) {
            throw new IllegalStateException("PostgreSQL does not run as root, and 'unshare -U' is not permitted here. "
                    + "Run Slipway as an ordinary user, or allow user namespaces.");
        }
        return Stream.concat(NAMESPACE.stream(), program.stream()).toList();
    }

    private static boolean mayUnshare() {
        var command = new ArrayList<>(NAMESPACE);
        command.add("true");
        try {
            var trial = new ProcessBuilder(command).start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
