package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
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
 */
public record MigrationFile(
        String name,
        Kind kind,
        @Nullable String version,
        String sql,
        SplitScript split,
        List<Statement> statements,
        List<Phrase> phrases,
        ScriptSettings settings) {

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
        return new MigrationFile(name, kind, version, sql, split, statements, phrases, settings);
    }

    public String text(Span span) {
        return sql.substring(span.start().offset(), span.end());
    }

    /** Whether Flyway runs it in a transaction of its own: told so, or because it sees no statement that forbids it. */
    public boolean runsInTransaction() {
        return settings.executeInTransaction()
                .orElseGet(() -> phrases.stream().noneMatch(FlywayParser::seesNonTransactional));
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
