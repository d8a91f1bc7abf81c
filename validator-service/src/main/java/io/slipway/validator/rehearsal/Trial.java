package io.slipway.validator.rehearsal;

import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.Splitter;
import io.slipway.validator.rehearsal.Footprint.Measured;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs scripts on the scratch database as the executor would on the target: each in one transaction where it can be, or all. */
final class Trial {
    private static final String LOCK_TIMEOUT = "5s";

    private final Connection connection;
    private final String searchPath;
    private final Instant deadline;
    private final Map<String, Footprint.Table> found;
    private final boolean rows;
    private int left;

    /**
     * @param searchPath where names without a schema are looked for
     * @param maxStatements how many are run in all
     * @param rows whether there are rows of the target
     */
    Trial(Connection connection, List<String> searchPath, Instant deadline, int maxStatements, boolean rows)
            throws SQLException {
        this.rows = rows;
        this.connection = connection;
        this.deadline = deadline;
        this.left = maxStatements;
        this.found = Footprint.read(connection).tables();
        try (var statement = connection.createStatement()) {
            List<String> quoted = new ArrayList<>();
            for (String schema : searchPath) {
                quoted.add(statement.enquoteIdentifier(schema, true));
            }
            this.searchPath = String.join(", ", quoted);
        }
    }

    /** Sees each statement that ran; what it did is absent where PostgreSQL lets nobody look before its commit. */
    interface Observer {
        void ran(Fragment statement, int index, @Nullable Measured measured);
    }

    /**
     * @throws TrialFailed when a statement fails
     * @throws NotRehearsed when there is one that must not be tried, or when time or number are used up
     */
    void run(TrialScript script, Observer observer) throws SQLException, NotRehearsed, TrialFailed {
        connection.setAutoCommit(!script.transactional());
        List<Fragment> fragments = execute(script, observer);
        if (script.transactional()) {
            commit(script, fragments);
        }
    }

    /**
     * Runs scripts in one transaction, as the executor does with a group, and takes them back: for the way back each must be
     * applied by itself. They do not count twice.
     *
     * @throws TrialFailed when a statement fails
     * @throws NotRehearsed as {@link #run} does
     */
    void runTogether(List<TrialScript> scripts, Function<TrialScript, Observer> observers)
            throws SQLException, NotRehearsed, TrialFailed {
        int before = left;
        connection.setAutoCommit(false);
        try {
            for (TrialScript script : scripts) {
                List<Fragment> fragments = execute(script, observers.apply(script));
                if (script.equals(scripts.getLast())) {
                    checkConstraints(script, fragments);
                }
            }
        } finally {
            connection.rollback();
        }
        left = before;
    }

    private List<Fragment> execute(TrialScript script, Observer observer)
            throws SQLException, NotRehearsed, TrialFailed {
        prepare();
        List<Fragment> fragments = Splitter.split(script.sql()).fragments();
        for (int index = 0; index < fragments.size(); index++) {
            Fragment fragment = fragments.get(index);
            requireTriable(script, fragment);
            observer.ran(fragment, index, execute(script, fragment));
        }
        return fragments;
    }

    private @Nullable Measured execute(TrialScript script, Fragment fragment) throws SQLException, TrialFailed {
        Footprint before = script.transactional() ? Footprint.read(connection) : null;
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setQueryTimeout(Math.toIntExact(Math.max(1, remaining().toSeconds())));
            statement.execute(fragment.text());
        } catch (SQLException e) {
            undo(script);
            throw new TrialFailed(script.name(), fragment.span().start().line(), e, rows);
        }
        return before == null ? null : Footprint.read(connection).since(before, found);
    }

    /** Deferred constraints are checked only here. */
    private void commit(TrialScript script, List<Fragment> fragments) throws TrialFailed {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new TrialFailed(script.name(), lastLine(fragments), e, rows);
        }
    }

    /** As a commit would. */
    private void checkConstraints(TrialScript script, List<Fragment> fragments) throws TrialFailed {
        try (var statement = connection.createStatement()) {
            statement.execute("set constraints all immediate");
        } catch (SQLException e) {
            throw new TrialFailed(script.name(), lastLine(fragments), e, rows);
        }
    }

    private static int lastLine(List<Fragment> fragments) {
        return fragments.isEmpty() ? 1 : fragments.getLast().span().start().line();
    }

    private void undo(TrialScript script) throws SQLException {
        if (script.transactional()) {
            connection.rollback();
        }
    }

    /** As Flyway does before each script; the time limits keep a rehearsal from waiting for itself. */
    private void prepare() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("reset all");
            statement.execute("set lock_timeout = '%s'".formatted(LOCK_TIMEOUT));
            statement.execute("set search_path = %s".formatted(searchPath));
        }
    }

    private void requireTriable(TrialScript script, Fragment fragment) throws NotRehearsed {
        if (remaining().isNegative()) {
            throw new NotRehearsed("the time for it (slipway.validator.rehearsal.timeout) ended at " + script.name());
        }
        if (left-- <= 0) {
            throw new NotRehearsed(
                    "the plan has more statements than slipway.validator.rehearsal.max-statements; it ended at "
                            + script.name());
        }
        if (ClusterWide.reaches(fragment.text())) {
            throw new NotRehearsed("line %d of %s reaches beyond the database, which a rehearsal must not"
                    .formatted(fragment.span().start().line(), script.name()));
        }
    }

    private Duration remaining() {
        return Duration.between(Instant.now(), deadline);
    }
}
