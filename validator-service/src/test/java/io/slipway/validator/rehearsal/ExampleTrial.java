package io.slipway.validator.rehearsal;

import io.slipway.sql.analyze.ExplainedStatement;
import io.slipway.sql.analyze.Explainer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.ExampleFixture;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.Splitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs one example of a rule on a real server, and notes where a statement did something else than was foretold. */
final class ExampleTrial {
    private static final String SCHEMA = "public";
    private static final String ACTIVE_TRANSACTION = "25001";
    private static final int MANY = 100;

    private static final String FRESH = """
            do $$
            declare schema name;
            begin
                for schema in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
                    execute format('drop schema %I cascade', schema);
                end loop;
                create schema public;
            end $$
            """;

    private final Connection connection;
    private final ExampleFixture example;
    private final GroundFixture ground;
    private final List<String> contradictions = new ArrayList<>();

    /** @param connection of a superuser to a database that the example has for itself */
    ExampleTrial(Connection connection, String example) {
        this.connection = connection;
        this.example = ExampleFixture.read(example);
        this.ground = new GroundFixture(example);
    }

    /**
     * Where predicted and measured differ; empty where they are equal.
     *
     * @throws TrialFailed when a statement fails of which that was not foretold
     * @throws NotRehearsed when there is one that must not be tried
     */
    List<String> run() throws SQLException, TrialFailed, NotRehearsed {
        while (true) {
            try {
                contradictions.clear();
                attempt();
                return contradictions;
            } catch (TrialFailed e) {
                if (!ground.leaveOut(e.said())) {
                    throw e;
                }
            }
        }
    }

    private void attempt() throws SQLException, TrialFailed, NotRehearsed {
        String before = ground.sql() + example.before();
        lay(before);
        List<Script> scripts = inOrder(example.scripts());
        Explainer explainer = new Explainer(Environment.UNKNOWN.withServerVersion(example.serverVersion()));
        Map<String, List<ExplainedStatement>> explained =
                explainer.explain(List.of(new Script("before", Script.Kind.OTHER, null, before)), scripts).stream()
                        .collect(Collectors.groupingBy(ExplainedStatement::script));
        for (Script script : scripts) {
            List<StatementEffects> effects = explained.getOrDefault(script.name(), List.of()).stream()
                    .map(ExplainedStatement::effects)
                    .toList();
            if (!run(script, effects)) {
                return;
            }
        }
    }

    /** Undo scripts last, the last one first. */
    private static List<Script> inOrder(List<Script> scripts) {
        Predicate<Script> undo = script -> script.kind() == Script.Kind.UNDO;
        List<Script> order =
                new ArrayList<>(scripts.stream().filter(undo.negate()).toList());
        order.addAll(scripts.stream().filter(undo).toList().reversed());
        return order;
    }

    private void lay(String sql) throws SQLException, TrialFailed {
        begin();
        try (var statement = connection.createStatement()) {
            statement.execute(FRESH);
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new TrialFailed("before", 1, e, false);
            }
        }
    }

    /** @return whether all of it ran; false after a failure that was foretold */
    private boolean run(Script script, List<StatementEffects> effects) throws SQLException, TrialFailed, NotRehearsed {
        if (effects.stream().allMatch(StatementEffects::transactional)) {
            return tried(new TrialScript(script.name(), script.sql(), true), effects);
        }
        List<Fragment> fragments = Splitter.split(script.sql()).fragments();
        for (int i = 0; i < fragments.size(); i++) {
            TrialScript alone = new TrialScript(script.name(), fragments.get(i).text(), true);
            List<StatementEffects> own = List.of(effects.get(i));
            if (!own.getFirst().transactional() && own.getFirst().failure() == null) {
                refusedInTransaction(alone, own);
            }
            if (!tried(new TrialScript(alone.name(), alone.sql(), own.getFirst().transactional()), own)) {
                return false;
            }
        }
        return true;
    }

    private void refusedInTransaction(TrialScript alone, List<StatementEffects> effects)
            throws SQLException, TrialFailed, NotRehearsed {
        try {
            tried(alone, effects);
            contradictions.add("runs in a transaction: " + alone.sql());
        } catch (TrialFailed e) {
            if (!ACTIVE_TRANSACTION.equals(e.sqlState())) {
                throw e;
            }
        }
    }

    private boolean tried(TrialScript script, List<StatementEffects> effects)
            throws SQLException, TrialFailed, NotRehearsed {
        List<Integer> ran = new ArrayList<>();
        begin();
        try {
            Trial trial = new Trial(
                    connection, List.of(SCHEMA, "public"), Instant.now().plusSeconds(MANY), MANY, false);
            ReadsProbe reads = new ReadsProbe(connection);
            trial.run(script, (statement, index, measured) -> {
                ran.add(index);
                StatementEffects foretold = effects.get(index);
                Map<String, Long> read = reads.sinceLast();
                if (foretold.failure() != null) {
                    contradictions.add("ran: " + statement.text());
                } else if (measured != null && foretold.unknowns().isEmpty()) {
                    contradictions.addAll(
                            new ForetoldEffects(foretold).contradictedBy(statement.text(), measured, read));
                }
            });
            return true;
        } catch (TrialFailed e) {
            if (ran.size() < effects.size() && effects.get(ran.size()).failure() != null) {
                return false;
            }
            throw e;
        }
    }

    /** As if the session were a new one; the counters of reads are those of the next transaction only. */
    private void begin() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        try (var statement = connection.createStatement()) {
            statement.execute("discard all");
            statement.execute("select pg_stat_force_next_flush()");
        }
    }
}
