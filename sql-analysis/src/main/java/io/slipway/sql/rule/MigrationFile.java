package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.batch.BatchReading;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.SplitScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A script as the rules see it: split, parsed, and with what Flyway will make of it.
 *
 * @param version null unless it is versioned or an undo script
 * @param statements one for each fragment
 * @param phrases one for each fragment
 * @param batch what it says about running in batches
 * @param runsInTransaction whether it runs in a transaction of its own: told so, or because Flyway sees no statement that
 *     forbids it
 */
public record MigrationFile(
        String name,
        Kind kind,
        @Nullable String version,
        String sql,
        SplitScript split,
        List<Statement> statements,
        List<Phrase> phrases,
        ScriptSettings settings,
        BatchReading batch,
        boolean runsInTransaction) {

    private static final int BRIEF = 60;

    /** Which part it has in a Flyway project. */
    public enum Kind {
        VERSIONED,
        REPEATABLE,
        UNDO,
        CALLBACK,
        /** A script that Flyway does not run, looked at for its own sake. */
        OTHER
    }

    public MigrationFile {
        statements = List.copyOf(statements);
        phrases = List.copyOf(phrases);
    }

    public static MigrationFile of(
            String name,
            Kind kind,
            @Nullable String version,
            String sql,
            SplitScript split,
            List<Statement> statements,
            ScriptSettings settings) {
        List<Phrase> phrases = new ArrayList<>(statements.size());
        split.fragments().forEach(fragment -> phrases.add(Phrase.of(fragment.text())));
        BatchReading batch = BatchReading.of(split, statements);
        boolean inTransaction = batch instanceof BatchReading.Unmarked
                && settings.executeInTransaction()
                        .orElseGet(() -> phrases.stream().noneMatch(FlywayParser::seesNonTransactional));
        return new MigrationFile(name, kind, version, sql, split, statements, phrases, settings, batch, inTransaction);
    }

    /** Whether its one statement runs in batches, each a transaction of its own. */
    boolean inBatches() {
        return batch instanceof BatchReading.Sound;
    }

    public String text(Span span) {
        return sql.substring(span.start().offset(), span.end());
    }

    /** The beginning of a statement, on one line: enough to know it again. */
    String brief(int statement) {
        String text = split.fragments().get(statement).text();
        String line = text.substring(0, Math.min(text.length(), BRIEF * 2)).replaceAll("\\s+", " ");
        return line.length() > BRIEF ? line.substring(0, BRIEF) + "..." : line;
    }

    boolean sameVersion(MigrationFile other) {
        Optional<FlywayVersion> own = flywayVersion();
        return own.isPresent() && own.equals(other.flywayVersion());
    }

    Optional<FlywayVersion> flywayVersion() {
        return version == null ? Optional.empty() : FlywayVersion.of(version);
    }

    /** Where two mean the same object by the file's own text: identity keeps look-ups in long plans cheap. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
