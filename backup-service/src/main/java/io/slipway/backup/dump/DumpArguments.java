package io.slipway.backup.dump;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of one dump. It says nothing about the server: that goes into the environment of the child, which
 * other users of the machine cannot read.
 *
 * @param compression a value of {@code --compress}, absent for the program's own default
 */
record DumpArguments(
        Path pgDump, Path file, @Nullable String compression, Duration lockWaitTimeout, List<String> excludeTableData) {

    DumpArguments {
        excludeTableData = List.copyOf(excludeTableData);
    }

    List<String> commandLine() {
        List<String> line = new ArrayList<>();
        line.add(pgDump.toString());
        line.add("--format=custom");
        line.add("--file=" + file);
        // A prompt would wait for ever: there is nobody to answer it.
        line.add("--no-password");
        // The service syncs the file itself, while it is being read back.
        line.add("--no-sync");
        line.add("--lock-wait-timeout=" + Math.max(1, lockWaitTimeout.toMillis()));
        if (compression != null) {
            line.add("--compress=" + compression);
        }
        excludeTableData.forEach(pattern -> line.add("--exclude-table-data=" + pattern));
        return List.copyOf(line);
    }
}
