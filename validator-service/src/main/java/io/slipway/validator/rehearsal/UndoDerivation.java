package io.slipway.validator.rehearsal;

import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.DerivedUndo.Outcome;
import io.slipway.contracts.MigrationVersion;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.parse.Parser;
import io.slipway.validator.rehearsal.ScratchServer.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Derives an undo script for each script that has none, from the schema after and before it. Each is tried on a copy made for
 * it alone, so that one which does not lead back leaves the next ones their chance.
 */
final class UndoDerivation {
    /** The library holds a schema as a whole; a larger one would take its time and memory from other plans. */
    private static final int MOST_TABLES = 2_000;

    private static final String TABLES = """
            select count(*)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            """;

    /** On a catalogue that nobody has analysed, the library's queries take ten times as long. */
    private static final String READY =
            "analyze pg_class, pg_attribute, pg_attrdef, pg_constraint, pg_index, pg_depend";

    private final ScratchServer server;
    private final SchemaCopy schemas;
    private final RehearsalConfig config;
    private final Trials trials;
    private int charactersLeft;

    UndoDerivation(ScratchServer server, SchemaCopy schemas, RehearsalConfig config, Trials trials) {
        this.server = server;
        this.schemas = schemas;
        this.config = config;
        this.trials = trials;
        this.charactersLeft = config.maxUndoCharacters();
    }

    /** Opens a trial on a connection. */
    interface Trials {
        Trial on(Connection connection) throws SQLException;
    }

    /** @param database with the schema as it is before the plan; the plan is run on it */
    DerivedUndo derive(ScratchDatabase database, TrialScripts scripts) throws InterruptedException {
        List<Draft> drafts = new ArrayList<>();
        try {
            makeReady(database);
            walk(database, scripts, drafts);
            return new DerivedUndo(drafts, null);
        } catch (NotRehearsed e) {
            return new DerivedUndo(drafts, e.why());
        } catch (TrialFailed e) {
            return new DerivedUndo(drafts, "%s: %s".formatted(e.place(), e.said()));
        } catch (SQLException e) {
            return new DerivedUndo(drafts, "the scratch database does not answer: " + e.getMessage());
        }
    }

    private static void makeReady(ScratchDatabase database) throws SQLException, NotRehearsed {
        try (Connection connection = database.connection().open();
                var statement = connection.createStatement()) {
            try (var tables = statement.executeQuery(TABLES)) {
                tables.next();
                if (tables.getInt(1) > MOST_TABLES) {
                    throw new NotRehearsed("the schema has more than %d tables".formatted(MOST_TABLES));
                }
            }
            statement.execute(READY);
        }
    }

    private void walk(ScratchDatabase database, TrialScripts scripts, List<Draft> drafts)
            throws SQLException, InterruptedException, NotRehearsed, TrialFailed {
        List<TrialScript> ran = new ArrayList<>();
        @Nullable State before = null;
        for (TrialScript script : scripts.versioned()) {
            MigrationVersion version = scripts.withoutUndo().get(script.name());
            if (version == null) {
                run(database, script);
                before = null;
            } else {
                if (drafts.size() == config.derivedUndos()) {
                    throw new NotRehearsed("slipway.validator.rehearsal.derived-undos ends it at " + script.name());
                }
                State found = before == null ? state(database) : before;
                run(database, script);
                State after = state(database);
                boolean last = drafts.size() + 1 == scripts.withoutUndo().size();
                drafts.add(draft(database, last, ran, script, version, found, after));
                before = after;
            }
            ran.add(script);
            if (drafts.size() == scripts.withoutUndo().size()) {
                return;
            }
        }
    }

    /** @param last whether nobody needs the database after it */
    private Draft draft(
            ScratchDatabase database,
            boolean last,
            List<TrialScript> earlier,
            TrialScript script,
            MigrationVersion version,
            State before,
            State after)
            throws SQLException, InterruptedException, NotRehearsed {
        String sql = after.model().statementsTo(before.model());
        boolean transactional = Parser.parse(sql).stream().allMatch(Statement::transactional);
        var undo = new TrialScript("the undo derived for " + script.name(), sql, transactional);
        Proof proof = last ? prove(database, script, undo, before) : proveOnCopy(database, script, undo, before);
        boolean fits = sql.length() <= charactersLeft;
        charactersLeft -= fits ? sql.length() : 0;
        return new Draft(
                script.name(),
                version,
                proof.outcome(),
                proof.detail(),
                fits ? sql : null,
                UndoLosses.of(earlier, script, undo));
    }

    private Proof proveOnCopy(ScratchDatabase database, TrialScript script, TrialScript undo, State before)
            throws SQLException, InterruptedException, NotRehearsed {
        try (ScratchDatabase copy = server.copyOf(database)) {
            return prove(copy, script, undo, before);
        }
    }

    private Proof prove(ScratchDatabase database, TrialScript script, TrialScript undo, State before)
            throws SQLException, InterruptedException, NotRehearsed {
        try {
            run(database, undo);
            String reached = describe(database);
            if (!reached.equals(before.text())) {
                return new Proof(Outcome.DIFFERS, SchemaDifference.between(before.text(), reached));
            }
            run(database, script);
            return new Proof(Outcome.PROVED, null);
        } catch (TrialFailed e) {
            return new Proof(Outcome.FAILED, "%s: %s".formatted(e.place(), e.said()));
        }
    }

    /** On a connection of its own: a database with sessions cannot be copied. */
    private void run(ScratchDatabase database, TrialScript script)
            throws SQLException, InterruptedException, NotRehearsed, TrialFailed {
        try (Connection connection = database.connection().open()) {
            trials.on(connection).run(script, (statement, index, measured) -> {});
        }
    }

    private State state(ScratchDatabase database) throws NotRehearsed, InterruptedException {
        return new State(SchemaModel.load(database.connection()), describe(database));
    }

    private String describe(ScratchDatabase database) throws NotRehearsed, InterruptedException {
        return schemas.describe(database.connection(), config.timeout());
    }

    /** A schema at one moment, for the library and for the proof. */
    private record State(SchemaModel model, String text) {}

    private record Proof(Outcome outcome, @Nullable String detail) {}
}
