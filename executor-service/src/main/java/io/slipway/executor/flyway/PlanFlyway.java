package io.slipway.executor.flyway;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.executor.lock.HistoryLock;
import io.slipway.targets.Target;
import io.slipway.targets.flyway.MigrationLock;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes Flyway see the scripts of a plan and nothing else. */
public final class PlanFlyway {
    private PlanFlyway() {}

    /**
     * Validation is off because it happened when the plan was made, over all scripts of the project; here Flyway sees
     * only the pending ones and would call the applied ones missing.
     *
     * <p>The lock is the session's for another reason than what it allows: with the transaction's, Flyway works on two
     * connections and commits the script before its row in the history; between the two a crash would lose the row.
     */
    public static FluentConfiguration configure(DataSource dataSource, Target target, Plan plan) {
        return TargetFlyway.configure(
                        dataSource, plan.settings(), new ScriptResources(files(plan)), MigrationLock.SESSION)
                .validateOnMigrate(false)
                .group(plan.runMode().group())
                .lockRetryCount(HistoryLock.RETRIES)
                .initSql("SET lock_timeout = '%dms'"
                        .formatted(target.lockTimeout().toMillis()));
    }

    private static List<ScriptFile> files(Plan plan) {
        List<ScriptFile> files = new ArrayList<>();
        for (PlannedScript script : plan.scripts()) {
            files.add(new ScriptFile(script.name(), script.sql()));
            String conf = conf(script);
            if (conf != null) {
                files.add(new ScriptFile(script.name() + ".conf", conf));
            }
        }
        return files;
    }

    /** Of two lines with one key the last counts. */
    private static @Nullable String conf(PlannedScript script) {
        return script.batch()
                ? Objects.requireNonNullElse(script.sqlConf(), "") + "\nexecuteInTransaction=false\n"
                : script.sqlConf();
    }
}
