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
                drafts.add(draft(database, ran, script, version, found, after));
                before = after;
            }
            ran.add(script);
            if (drafts.size() == scripts.withoutUndo().size()) {
                return;
            }
        }
    }

    private Draft draft(
            ScratchDatabase database,
            List<TrialScript> earlier,
            TrialScript script,
            MigrationVersion version,
            State before,
            State after)
            throws SQLException, InterruptedException, NotRehearsed {
        String sql = after.model().statementsTo(before.model());
        boolean transactional = Parser.parse(sql).stream().allMatch(Statement::transactional);
        var undo = new TrialScript("the undo derived for " + script.name(), sql, transactional);
        Proof proof = prove(database, script, undo, before);
        charactersLeft -= sql.length();
        return new Draft(
                script.name(),
                version,
                proof.outcome(),
                proof.detail(),
                charactersLeft < 0 ? null : sql,
                UndoLosses.of(earlier, script, undo));
    }

    private Proof prove(ScratchDatabase database, TrialScript script, TrialScript undo, State before)
            throws SQLException, InterruptedException, NotRehearsed {
        try (ScratchDatabase copy = server.copyOf(database)) {
            run(copy, undo);
            String reached = describe(copy);
            if (!reached.equals(before.text())) {
                return new Proof(Outcome.DIFFERS, SchemaDifference.between(before.text(), reached));
            }
            run(copy, script);
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
