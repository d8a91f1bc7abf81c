package io.slipway.validator.rehearsal;

import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FindingIds;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.Rehearsal.Copied;
import io.slipway.contracts.Rehearsal.Outcome;
import io.slipway.contracts.Rehearsal.WayBack;
import io.slipway.targets.Target;
import io.slipway.validator.placeholder.FlywayPlaceholders;
import io.slipway.validator.rehearsal.ScratchServer.ScratchDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rehearses plans: makes a copy of the target's schema, runs the plan there, walks the way back, and drops the copy. */
@ApplicationScoped
public class Rehearsals {
    private final RehearsalConfig config;
    private final ScratchServer server;
    private final SchemaCopy schemas;
    private final RowSample sample;

    Rehearsals(RehearsalConfig config, ScratchServer server, SchemaCopy schemas, RowSample sample) {
        this.config = config;
        this.server = server;
        this.schemas = schemas;
        this.sample = sample;
    }

    /** Never throws for what the plan or the servers do: what could not be tried is said in the answer. */
    public Rehearsed rehearse(Target target, Plan plan, Predictions predictions) throws InterruptedException {
        if (config.server().isEmpty()) {
            return Rehearsed.none("no server for scratch databases is configured (slipway.validator.rehearsal.server)");
        }
        if (config.environments().isPresent() && !config.environments().get().contains(target.environment())) {
            return Rehearsed.none(
                    "plans for the environment '%s' are not rehearsed (slipway.validator.rehearsal.environments)"
                            .formatted(target.environment()));
        }
        Instant started = Instant.now();
        var scripts = TrialScripts.of(plan, target.migratesAs(), started);
        boolean derives = !scripts.withoutUndo().isEmpty() && config.derivedUndos() > 0;
        try (ScratchDatabase scratch = server.create()) {
            Copied copied = fill(scratch, target, plan.settings().schemas(), started.plus(config.timeout()));
            UndoDerivation.Trials trials = trials(plan, started.plus(config.timeout()), copied.rows() > 0);
            try (@Nullable ScratchDatabase untouched = derives ? server.copyOf(scratch) : null;
                    Connection connection = scratch.connection().open()) {
                Walk walk = new Walk(
                        scripts,
                        trials.on(connection),
                        scratch,
                        new Comparison(predictions, config.maxMismatches()),
                        plan.runMode().group(),
                        copied,
                        started);
                return walk(walk, untouched, new UndoDerivation(server, schemas, config, trials));
            }
        } catch (NotRehearsed e) {
            return Rehearsed.none(e.why());
        } catch (SQLException e) {
            return Rehearsed.none("the scratch database does not answer: " + firstLine(e));
        }
    }

    private UndoDerivation.Trials trials(Plan plan, Instant deadline, boolean rows) {
        List<String> searchPath = FlywayPlaceholders.searchPath(plan);
        return connection -> new Trial(connection, searchPath, deadline, config.maxStatements(), rows);
    }

    /** The target's schema, its rows where that is wanted, and the schemas that Flyway makes before the first script. */
    private Copied fill(ScratchDatabase scratch, Target target, List<String> flywaySchemas, Instant deadline)
            throws SQLException, NotRehearsed, InterruptedException {
        Copied copied = RowSample.none();
        if (sample.wanted(target.environment())) {
            copied = schemas.copy(
                    target.connection(),
                    scratch.connection(),
                    config.timeout(),
                    () -> sample.copy(target.replica(), scratch.connection(), deadline));
        } else {
            schemas.copy(target.connection(), scratch.connection(), config.timeout());
        }
        try (Connection connection = scratch.connection().open();
                var statement = connection.createStatement()) {
            for (String schema : flywaySchemas) {
                statement.execute("create schema if not exists " + statement.enquoteIdentifier(schema, true));
            }
        }
        return copied;
    }

    /** The others quote rows. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A rehearsal on its way. */
    private record Walk(
            TrialScripts scripts,
            Trial trial,
            ScratchDatabase scratch,
            Comparison comparison,
            boolean group,
            Copied copied,
            Instant started) {
        /** One that has run in the group is not compared again. */
        Trial.Observer observer(TrialScript script) {
            return group ? (statement, index, measured) -> {} : comparison.of(script);
        }

        Rehearsal result(
                Outcome outcome, @Nullable String why, WayBackTaken wayBack, @Nullable DerivedUndo derivedUndo) {
            return comparison.result(outcome, why, wayBack, copied, derivedUndo, started);
        }
    }

    /** @param untouched a copy from before the plan, on which undo scripts are derived when all else went well */
    private Rehearsed walk(Walk walk, @Nullable ScratchDatabase untouched, UndoDerivation derivation)
            throws SQLException, InterruptedException {
        TrialScripts scripts = walk.scripts();
        WayBackTaken wayBack = WayBackTaken.NOT_TRIED;
        try {
            if (walk.group()) {
                walk.trial().runTogether(scripts.all(), walk.comparison()::of);
            }
            String before = scripts.undo().isEmpty() ? "" : describe(walk.scratch());
            for (TrialScript script : scripts.versioned()) {
                walk.trial().run(script, walk.observer(script));
            }
            wayBack = wayBack(scripts, walk.trial(), walk.scratch(), before);
            for (TrialScript script : scripts.repeatable()) {
                walk.trial().run(script, walk.observer(script));
            }
        } catch (NotRehearsed e) {
            return new Rehearsed(walk.result(Outcome.NOT_REHEARSED, e.why(), wayBack, null), List.of());
        } catch (TrialFailed e) {
            return failed(walk, wayBack, e);
        }
        Outcome outcome = walk.comparison().contradicted() ? Outcome.MISMATCH : Outcome.CONFIRMED;
        DerivedUndo derived = untouched == null ? null : derivation.derive(untouched, scripts);
        return new Rehearsed(walk.result(outcome, null, wayBack, derived), List.of());
    }

    private static Rehearsed failed(Walk walk, WayBackTaken wayBack, TrialFailed e) {
        // Repeatable scripts find rows that went there and back again: no violation of theirs is believed.
        boolean certain = e.wouldFailOnTheTarget()
                || (walk.copied().rows() > 0
                        && RowViolationRules.holdsOnTheTarget(
                                e.sqlState(), walk.scripts().versioned(), e.script(), e.line()));
        if (certain) {
            return new Rehearsed(walk.result(Outcome.FAILED, e.place(), wayBack, null), List.of(finding(e)));
        }
        String why = "%s depends on rows, roles or the server: %s".formatted(e.place(), e.said());
        return new Rehearsed(walk.result(Outcome.NOT_REHEARSED, why, wayBack, null), List.of());
    }

    /** There and back again: the scripts must be applicable once more after their undo. */
    private WayBackTaken wayBack(TrialScripts scripts, Trial trial, ScratchDatabase scratch, String before)
            throws SQLException, InterruptedException, NotRehearsed {
        if (scripts.undo().isEmpty()) {
            return scripts.versioned().isEmpty()
                    ? new WayBackTaken(WayBack.NOT_TRIED, "there is no versioned script")
                    : new WayBackTaken(WayBack.NONE, "at least one script has no undo script");
        }
        try {
            for (TrialScript undo : scripts.undo()) {
                trial.run(undo, (statement, index, measured) -> {});
            }
            String after = describe(scratch);
            for (TrialScript script : scripts.versioned()) {
                trial.run(script, (statement, index, measured) -> {});
            }
            return after.equals(before)
                    ? new WayBackTaken(WayBack.PROVED, null)
                    : new WayBackTaken(WayBack.DIFFERS, SchemaDifference.between(before, after));
        } catch (TrialFailed e) {
            return new WayBackTaken(WayBack.FAILED, "%s: %s".formatted(e.place(), e.said()));
        }
    }

    private String describe(ScratchDatabase scratch) throws NotRehearsed, InterruptedException {
        return schemas.describe(scratch.connection(), config.timeout());
    }

    private static Finding finding(TrialFailed failure) {
        return new Finding(
                FindingIds.REHEARSAL_FAILED,
                Finding.Severity.ERROR,
                failure.script(),
                failure.line(),
                1,
                "On a copy of the target's schema PostgreSQL refused it: " + failure.said(),
                null,
                null);
    }
}
