package io.slipway.sql.analyze;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.HeldLocks;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.MigrationFile;
import java.util.ArrayList;
import java.util.List;

/** Tells of each statement what it will do, in the order in which they run, and judges none. */
public final class Explainer {
    private static final int LONGEST = 200;

    private final Environment environment;

    public Explainer(Environment environment) {
        this.environment = environment;
    }

    /** @param before what made the schema as it is */
    public List<ExplainedStatement> explain(List<Script> before, List<Script> scripts) {
        Catalog catalog = History.replay(before, environment);
        ServerVersion version = new ServerVersion(environment.serverVersion());
        List<ExplainedStatement> explained = new ArrayList<>();
        for (Script script : scripts) {
            MigrationFile file = ScriptReading.read(script);
            catalog.startScript();
            HeldLocks held = HeldLocks.NONE;
            for (int i = 0; i < file.statements().size(); i++) {
                Statement statement = file.statements().get(i);
                StatementEffects effects = Effects.of(statement, catalog, version);
                String text = file.text(statement.span()).replaceAll("\\s+", " ");
                explained.add(new ExplainedStatement(
                        file.name(),
                        statement.span().start().line(),
                        text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text,
                        effects,
                        held.closed()));
                held = held.after(statement, effects, i, file.runsInTransaction());
                apply(statement, catalog);
            }
        }
        return explained;
    }

    private static void apply(Statement statement, Catalog catalog) {
        statement.parts().forEach(part -> apply(part, catalog));
        catalog.apply(statement);
    }
}
