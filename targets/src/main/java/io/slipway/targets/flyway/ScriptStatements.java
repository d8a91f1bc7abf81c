package io.slipway.targets.flyway;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.jspecify.annotations.Nullable;

/** The statements of a script as Flyway sends them, placeholders replaced: what the ledger of a target counts. */
public final class ScriptStatements {
    private ScriptStatements() {}

    /**
     * Opens a session of the target, since the parser and some placeholders depend on it.
     *
     * @param conf the text of the {@code .sql.conf} beside it
     * @throws FlywayException when the script cannot be read
     */
    public static List<String> of(
            DataSource target, FlywaySettings settings, ScriptFile script, @Nullable String conf) {
        List<String> statements = new ArrayList<>();
        var beside =
                new ScriptResources(conf == null ? List.of() : List.of(new ScriptFile(script.name() + ".conf", conf)));
        new FlywayExecutor(TargetFlyway.configure(target, settings, beside))
                .execute(
                        (resolver, history, database, defaultSchema, schemas, callbacks, interceptor) ->
                                statements.addAll(parse(database, beside, script)),
                        false,
                        null);
        return statements;
    }

    private static List<String> parse(Database<?> database, ScriptResources beside, ScriptFile script) {
        Configuration configuration = database.getConfiguration();
        ParsingContext parsing = new ParsingContext();
        parsing.populate(database, configuration);
        List<String> statements = new ArrayList<>();
        try (SqlStatementIterator found = database.getDatabaseType()
                .createSqlScriptFactory(configuration, parsing)
                .createSqlScript(new ScriptInMemory(script), configuration.isMixed(), beside)
                .getSqlStatements()) {
            found.forEachRemaining(statement -> statements.add(statement.getSql()));
        }
        return statements;
    }
}
