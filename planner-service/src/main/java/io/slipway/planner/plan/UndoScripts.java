package io.slipway.planner.plan;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Has Flyway read undo scripts, which it refuses by name: as versioned ones. */
final class UndoScripts {
    private static final String UNDO = "U";
    private static final String VERSIONED = "V";

    private UndoScripts() {}

    /**
     * Whether each runs in a transaction, by the script's name.
     *
     * @param confs the texts of the {@code .sql.conf} files, by the script's name
     * @throws FlywayException when one cannot be read
     */
    static Map<String, Boolean> transactional(
            List<ScriptFile> undos, Map<String, String> confs, FlywaySettings settings, DataSource target)
            throws SQLException {
        List<ScriptFile> renamed = new ArrayList<>();
        for (ScriptFile undo : undos) {
            renamed.add(new ScriptFile(swap(undo.name(), UNDO, VERSIONED), undo.content()));
            String conf = confs.get(undo.name());
            if (conf != null) {
                renamed.add(new ScriptFile(swap(undo.name(), UNDO, VERSIONED) + ".conf", conf));
            }
        }
        Map<String, Boolean> transactional = new HashMap<>();
        Arrays.stream(TargetFlyway.configure(target, settings, new ScriptResources(renamed))
                        .load()
                        .info()
                        .all())
                .map(MigrationInfoImpl.class::cast)
                .filter(migration -> migration.getResolvedMigration() != null)
                .forEach(migration -> transactional.put(
                        swap(migration.getResolvedMigration().getScript(), VERSIONED, UNDO),
                        migration.getResolvedMigration().getExecutor().canExecuteInTransaction()));
        return transactional;
    }

    /** The name that an undo script for this migration would have in its place. */
    static String undoNameOf(String script) {
        return swap(script, VERSIONED, UNDO);
    }

    private static String swap(String name, String from, String to) {
        int file = name.lastIndexOf('/') + 1;
        return name.startsWith(from, file) ? name.substring(0, file) + to + name.substring(file + 1) : name;
    }
}
