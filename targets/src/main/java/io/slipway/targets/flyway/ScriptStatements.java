package io.slipway.targets.flyway;

import io.slipway.contracts.FlywaySettings;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/** The statements of a script as Flyway sends them, placeholders replaced: what the ledger of a target counts. */
public final class ScriptStatements {
    private ScriptStatements() {}

    /**
     * Opens a session of the target, since the parser and some placeholders depend on it.
     *
     * @throws FlywayException when the script cannot be read
     */
    public static List<String> of(DataSource target, FlywaySettings settings, ScriptResources scripts, String name) {
        List<String> statements = new ArrayList<>();
        new FlywayExecutor(TargetFlyway.configure(target, settings, scripts))
                .execute(
                        (resolver, history, database, defaultSchema, schemas, callbacks, interceptor) ->
                                statements.addAll(parse(database, scripts, name)),
                        false,
                        null);
        return statements;
    }

    private static List<String> parse(Database<?> database, ScriptResources scripts, String name) {
        LoadableResource script = scripts.getResource(name);
        if (script == null) {
            throw new IllegalArgumentException("There is no script '%s'.".formatted(name));
        }
        Configuration configuration = database.getConfiguration();
        ParsingContext parsing = new ParsingContext();
        parsing.populate(database, configuration);
        List<String> statements = new ArrayList<>();
        try (SqlStatementIterator found = database.getDatabaseType()
                .createSqlScriptFactory(configuration, parsing)
                .createSqlScript(script, configuration.isMixed(), scripts)
                .getSqlStatements()) {
            found.forEachRemaining(statement -> statements.add(statement.getSql()));
        }
        return statements;
    }
}
