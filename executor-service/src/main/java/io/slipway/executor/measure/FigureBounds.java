package io.slipway.executor.measure;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.Figures.LeftOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the figures of a whole run small enough for one event, however many scripts it has: some 500 KiB at most. */
public final class FigureBounds {
    private int tables = 1_000;
    private int locks = 1_000;
    private int notices = 200;
    private int statements = 1_000;

    private FigureBounds() {}

    /** The same, with the details of the later ones left out where there are too many. */
    public static List<AppliedMigration> within(List<AppliedMigration> scripts) {
        var bounds = new FigureBounds();
        return scripts.stream()
                .map(script -> script.with(bounds.cut(script.figures())))
                .toList();
    }

    private @Nullable Figures cut(@Nullable Figures whole) {
        if (whole == null) {
            return null;
        }
        LeftOut before = whole.leftOut() == null ? LeftOut.NOTHING : whole.leftOut();
        var keptTables = first(whole.tables(), tables);
        var keptLocks = first(whole.locks(), locks);
        var keptNotices = first(whole.notices(), notices);
        var keptStatements = first(whole.statements(), statements);
        tables -= keptTables.size();
        locks -= keptLocks.size();
        notices -= keptNotices.size();
        statements -= keptStatements.size();
        var leftOut = new LeftOut(
                before.tables() + whole.tables().size() - keptTables.size(),
                before.locks() + whole.locks().size() - keptLocks.size(),
                before.notices() + whole.notices().size() - keptNotices.size(),
                before.statements() + whole.statements().size() - keptStatements.size());
        return new Figures(
                whole.rows(),
                keptTables,
                whole.walBytes(),
                whole.lockAttempts(),
                whole.lockWait(),
                keptLocks,
                keptNotices,
                keptStatements,
                leftOut.equals(LeftOut.NOTHING) ? null : leftOut);
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }
}
