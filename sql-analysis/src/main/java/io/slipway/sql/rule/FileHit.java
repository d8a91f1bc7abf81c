package io.slipway.sql.rule;

/**
 * A hit of a rule that looks at whole scripts.
 *
 * @param statement index of the statement that it is about, or {@link Suppression#WHOLE_FILE}
 */
public record FileHit(MigrationFile file, int statement, Hit hit) {
    static FileHit of(MigrationFile file, String message) {
        return new FileHit(file, Suppression.WHOLE_FILE, Hit.ofFile(message));
    }

    /** At the statement with that index. */
    static FileHit at(MigrationFile file, int statement, String message) {
        return new FileHit(
                file, statement, Hit.of(file.statements().get(statement).span(), message));
    }

    FileHit safer(String sql) {
        return new FileHit(file, statement, hit.safer(sql));
    }

    FileHit locks(String what) {
        return new FileHit(file, statement, hit.locks(what));
    }

    FileHit as(Severity severity) {
        return new FileHit(file, statement, hit.as(severity));
    }
}
