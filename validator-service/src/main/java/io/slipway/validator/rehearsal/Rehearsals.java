package io.slipway.validator.rehearsal;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Rehearsal;
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

    Rehearsals(RehearsalConfig config, ScratchServer server, SchemaCopy schemas) {
        this.config = config;
        this.server = server;
        this.schemas = schemas;
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
        Instant deadline = started.plus(config.timeout());
        try (ScratchDatabase scratch = server.create()) {
            schemas.copy(target.connection(), scratch.connection(), config.timeout());
            try (Connection connection = scratch.connection().open()) {
                createSchemas(connection, plan.settings().schemas());
                var scripts = TrialScripts.of(plan, target.connection().username(), started);
                var trial =
                        new Trial(connection, FlywayPlaceholders.defaultSchema(plan), deadline, config.maxStatements());
                return walk(scripts, trial, scratch, new Comparison(predictions, config.maxMismatches()), started);
            }
        } catch (NotRehearsed e) {
            return Rehearsed.none(e.why());
        } catch (SQLException e) {
            return Rehearsed.none("the scratch database does not answer: " + e.getMessage());
        }
    }

    /** As Flyway does on the target before the first script. */
    private static void createSchemas(Connection connection, List<String> schemas) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String schema : schemas) {
                statement.execute("create schema if not exists " + statement.enquoteIdentifier(schema, true));
            }
        }
    }

    private Rehearsed walk(
            TrialScripts scripts, Trial trial, ScratchDatabase scratch, Comparison comparison, Instant started)
            throws SQLException, InterruptedException {
        var wayBack = new WayBackTaken(WayBack.NOT_TRIED, null);
        @Nullable String why = null;
        try {
            String before = scripts.undo().isEmpty() ? "" : describe(scratch);
            for (TrialScript script : scripts.versioned()) {
                trial.run(script, comparison.of(script));
            }
            wayBack = wayBack(scripts, trial, scratch, before);
            for (TrialScript script : scripts.repeatable()) {
                trial.run(script, comparison.of(script));
            }
        } catch (NotRehearsed e) {
            why = e.why();
        } catch (TrialFailed e) {
            if (TrialFailureRules.wouldFailOnTheTarget(e.sqlState(), e.said())) {
                Rehearsal failed = comparison.result(Outcome.FAILED, place(e), wayBack, started);
                return new Rehearsed(failed, List.of(finding(e)));
            }
            why = "%s depends on rows, roles or the server: %s".formatted(place(e), e.said());
        }
        Outcome outcome =
                why != null ? Outcome.NOT_REHEARSED : comparison.contradicted() ? Outcome.MISMATCH : Outcome.CONFIRMED;
        return new Rehearsed(comparison.result(outcome, why, wayBack, started), List.of());
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
            return new WayBackTaken(WayBack.FAILED, "%s: %s".formatted(place(e), e.said()));
        }
    }

    /** What is known of the way back, with a detail where it is not proved. */
    record WayBackTaken(WayBack wayBack, @Nullable String detail) {}

    private String describe(ScratchDatabase scratch) throws NotRehearsed, InterruptedException {
        return schemas.describe(scratch.connection(), config.timeout());
    }

    private static String place(TrialFailed failure) {
        return "line %d of %s".formatted(failure.line(), failure.script());
    }

    private static Finding finding(TrialFailed failure) {
        return new Finding(
                "rehearsal-failed",
                Finding.Severity.ERROR,
                failure.script(),
                failure.line(),
                1,
                "On a copy of the target's schema PostgreSQL refused it: " + failure.said(),
                null,
                null);
    }
}
