package io.slipway.executor.flyway;

import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.executor.session.SessionState;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.UndoType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationPattern;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.RepairResult;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.callback.NoopCallbackExecutor;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.jdbc.ExecutionTemplateFactory;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.NoopResourceProvider;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's history, lock and SQL parser for one connection to one target, by way of its internals: its public commands have no
 * undo. Valid inside {@link #open} only.
 */
public final class FlywaySession {
    private final FluentConfiguration configuration;
    private final Database<?> database;
    private final Schema<?, ?> defaultSchema;
    private final SchemaHistory history;
    private final ParsingContext parsing = new ParsingContext();
    private @Nullable SessionState state;

    private FlywaySession(
            FluentConfiguration configuration,
            Database<?> database,
            Schema<?, ?> defaultSchema,
            SchemaHistory history) {
        this.configuration = configuration;
        this.database = database;
        this.defaultSchema = defaultSchema;
        this.history = history;
        parsing.populate(database, configuration);
    }

    public static void open(FluentConfiguration configuration, Consumer<FlywaySession> work) {
        new FlywayExecutor(configuration)
                .execute(
                        (resolver, history, database, defaultSchema, schemas, callbacks, interceptor) -> {
                            work.accept(new FlywaySession(configuration, database, defaultSchema, history));
                            return null;
                        },
                        false,
                        null);
    }

    /** Runs under the lock that plain Flyway takes as well. */
    public <T> T locked(Callable<T> work) {
        return history.lock(() -> {
            history.clearCache();
            var connection = database.getMigrationConnection();
            connection.restoreOriginalState();
            connection.changeCurrentSchemaTo(defaultSchema);
            settle();
            return work.call();
        });
    }

    /** Makes the session what it was before the first script, whatever a script has left it as. */
    public void settle() throws SQLException {
        if (state == null) {
            state = SessionState.read(connection());
        } else {
            state.restore(connection());
        }
    }

    /** What the session was before the first script; there once the lock is. */
    public SessionState state() {
        return Objects.requireNonNull(state, "Under the lock the session is known.");
    }

    /** Runs in one transaction of {@link #connection()}. */
    public void transaction(Callable<Void> work) {
        ExecutionTemplateFactory.createExecutionTemplate(connection(), database).execute(work);
    }

    public Connection connection() {
        return database.getMigrationConnection().getJdbcConnection();
    }

    /** The applied row of a version that no later row took back. */
    public Optional<AppliedMigration> applied(String version) {
        MigrationVersion wanted = MigrationVersion.fromVersion(version);
        return standing(row -> wanted.equals(row.getVersion()));
    }

    /** Whether the history has a row for this script that no later row took back. */
    public boolean recorded(String script) {
        return standing(row -> row.getScript().equals(script)).isPresent();
    }

    private Optional<AppliedMigration> standing(Predicate<AppliedMigration> wanted) {
        return history.allAppliedMigrations().stream()
                .filter(wanted)
                .reduce((earlier, later) -> later)
                .filter(last -> last.getType() != CoreMigrationType.DELETE
                        && !last.getType().isUndo());
    }

    /** Flyway's row about a script that failed and was not repaired. */
    public Optional<AppliedMigration> failed(String script) {
        return history.allAppliedMigrations().stream()
                .filter(row -> !row.isSuccess() && row.getScript().equals(script))
                .findFirst();
    }

    /** Takes the row of a failed script out of the history, as {@code repair} does. */
    public void removeFailed(AppliedMigration failed) {
        String name = failed.getVersion() == null
                ? failed.getDescription()
                : failed.getVersion().getVersion();
        history.removeFailedMigrations(new RepairResult("", ""), new MigrationPattern[] {new MigrationPattern(name)});
    }

    /** Records a migration as applied. */
    public void record(io.slipway.contracts.AppliedMigration migration) {
        record(migration, true);
    }

    /** Records a migration as failed half-way, so that nobody begins it anew unawares. */
    public void recordFailed(io.slipway.contracts.AppliedMigration migration) {
        record(migration, false);
    }

    private void record(io.slipway.contracts.AppliedMigration migration, boolean success) {
        history.addAppliedMigration(
                migration.version() == null
                        ? null
                        : MigrationVersion.fromVersion(migration.version().value()),
                migration.description(),
                CoreMigrationType.SQL,
                migration.script(),
                migration.checksum(),
                Math.toIntExact(migration.took().toMillis()),
                success);
    }

    /** Records a version as taken back. */
    public void recordUndone(AppliedMigration applied, PlannedScript undo, UndoRow row) {
        switch (row) {
            case DELETE -> history.delete(applied);
            case UNDO_SQL ->
                history.addAppliedMigration(
                        applied.getVersion(),
                        applied.getDescription(),
                        UndoType.UNDO_SQL,
                        undo.name(),
                        ChecksumCalculator.calculate(resource(undo)),
                        0,
                        true);
        }
    }

    /** Reads a script that Flyway's commands do not know, as if it lay in a location with its {@code .conf} beside it. */
    public SqlScript parse(PlannedScript script) {
        String conf = script.sqlConf();
        ResourceProvider beside = conf == null
                ? NoopResourceProvider.INSTANCE
                : new ScriptResources(List.of(new ScriptFile(script.name() + ".conf", conf)));
        return database.getDatabaseType()
                .createSqlScriptFactory(configuration, parsing)
                .createSqlScript(resource(script), false, beside);
    }

    private static LoadableResource resource(PlannedScript script) {
        return new StringResource(script.sql()) {
            @Override
            public String getRelativePath() {
                return script.name();
            }
        };
    }

    /** Executes statement by statement on {@link #connection()}, each through {@code runner}; what the server says goes to {@code notices}. */
    public void execute(SqlScript script, StatementRunner runner, Consumer<@Nullable String> notices) {
        var template = new JdbcTemplate(connection(), database.getDatabaseType());
        new DefaultSqlScriptExecutor(template, NoopCallbackExecutor.INSTANCE, true, false, false, null) {
            @Override
            protected @Nullable Results executeStatement(
                    JdbcTemplate jdbc, SqlScript of, SqlStatement statement, Configuration with) {
                var results = new AtomicReference<Results>();
                runner.run(
                        statement.getSql(),
                        statement.getLineNumber(),
                        () -> results.set(super.executeStatement(jdbc, of, statement, with)));
                Results had = results.get();
                if (had != null) {
                    had.getWarnings().forEach(said -> notices.accept(said.getMessage()));
                }
                return had;
            }
        }.execute(script, configuration);
    }
}
