package io.slipway.executor.measure;

import io.slipway.contracts.Figures;
import io.slipway.contracts.Figures.HeldLock;
import io.slipway.contracts.Figures.TableChanges;
import io.slipway.contracts.RowChanges;
import io.slipway.contracts.StatementFigures;
import io.slipway.executor.lock.LockWait;
import io.slipway.sql.split.Splitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures one script while it runs: one round trip after each of its first statements, none after the others, and one at
 * its end where the last statement was not measured. Belongs to the thread that executes.
 */
public final class ScriptGauge {
    /** More of a script than anyone reads, and few enough that a script of many small statements is not held up. */
    private static final int STATEMENTS = 100;

    private static final int TABLES = 50;
    private static final int LOCKS = 20;

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,20}");

    private final ReadingStore readings;
    private final Connection connection;
    private final LockWait waits;
    private final boolean counted;
    private final Reading opened;
    private final HeldLocks locks;
    private final Notices notices = new Notices();
    private final List<StatementFigures> statements = new ArrayList<>();

    private Reading last;
    private boolean fresh = true;
    private int ran;
    private int mostTries = 1;
    private Duration waited = Duration.ZERO;
    private int number;
    private int line;
    private int tries;
    private long startedNanos;
    private Duration waitedBefore;

    /**
     * @param counted whether the script is in its transaction, where PostgreSQL tells rows and locks
     * @param opened read just now
     */
    ScriptGauge(ReadingStore readings, Connection connection, LockWait waits, boolean counted, Reading opened) {
        this.readings = readings;
        this.connection = connection;
        this.waits = waits;
        this.counted = counted;
        this.opened = opened;
        this.last = opened;
        this.locks = new HeldLocks(opened);
        this.waitedBefore = waits.waited();
    }

    /** The next statement begins, or is passed over. */
    public void begin(int atLine) {
        number++;
        line = atLine;
        tries = 0;
        waitedBefore = waits.waited();
        startedNanos = System.nanoTime();
    }

    /** The statement is about to be run; each batch of one that runs in batches counts by itself. */
    public void tried(int times) {
        tries = Math.max(tries, times);
    }

    /** The server has said something. */
    public void notice(@Nullable String text) {
        if (text != null) {
            notices.add(text);
        }
    }

    /**
     * The statement has ended well; one that was not tried was passed over.
     *
     * @param affected how many rows it says to have changed, where that is known
     */
    public void end(String sql, @Nullable Long affected) throws SQLException {
        if (tries == 0) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        ran++;
        mostTries = Math.max(mostTries, tries);
        Duration waitedForIt = waits.waited().minus(waitedBefore);
        waited = waited.plus(waitedForIt);
        if (statements.size() == STATEMENTS) {
            fresh = false;
            return;
        }
        Reading now = readings.read(connection);
        locks.look(now, number);
        RowChanges rows = counted ? now.rowsSince(last) : null;
        statements.add(new StatementFigures(
                number,
                line,
                kind(sql),
                took,
                rows == null ? affected : Long.valueOf(rows.sum()),
                rows,
                now.walSince(last),
                tries,
                waitedForIt));
        last = now;
        fresh = true;
    }

    /** The script has ended well. */
    public Measured close() throws SQLException {
        if (!fresh) {
            last = readings.read(connection);
            locks.look(last, null);
        }
        List<TableChanges> tables = counted ? tables() : List.of();
        RowChanges rows = counted ? last.rowsSince(opened) : null;
        List<HeldLock> held = locks.all();
        LockWait.Tally tally = waits.tally();
        var leftOut = new Figures.LeftOut(
                Math.max(0, tables.size() - TABLES),
                Math.max(0, held.size() - LOCKS),
                notices.leftOut(),
                ran - statements.size());
        var figures = new Figures(
                rows,
                tables.stream().limit(TABLES).toList(),
                last.walSince(opened),
                counted ? Math.max(tally.attempts(), mostTries) : mostTries,
                counted ? tally.waited() : waited,
                held.stream().limit(LOCKS).toList(),
                notices.kept(),
                statements,
                leftOut.equals(Figures.LeftOut.NOTHING) ? null : leftOut);
        return new Measured(
                rows == null ? null : rows.sum(),
                tables.stream().map(TableChanges::table).sorted().toList(),
                figures,
                last.session(),
                !counted || last.history());
    }

    /** Most changed first. */
    private List<TableChanges> tables() {
        List<TableChanges> changed = new ArrayList<>();
        last.relations().forEach((id, relation) -> {
            RowChanges rows = last.rowsSince(opened, id);
            if (rows.sum() > 0) {
                changed.add(new TableChanges(relation.name(), rows));
            }
        });
        changed.sort(Comparator.comparing((TableChanges table) -> table.rows().sum())
                .reversed()
                .thenComparing(TableChanges::table));
        return changed;
    }

    private static String kind(String sql) {
        return Splitter.split(sql).fragments().stream()
                .map(fragment -> WORD.matcher(fragment.text()))
                .filter(Matcher::lookingAt)
                .map(word -> word.group().toUpperCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
