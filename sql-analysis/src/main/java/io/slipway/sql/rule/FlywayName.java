package io.slipway.sql.rule;

import io.slipway.sql.rule.MigrationFile.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Flyway reads off a file's name with its default settings.
 *
 * @param version as written, of versioned and undo scripts
 * @param defect why Flyway passes the file over, where it does
 */
public record FlywayName(
        Kind kind,
        @Nullable String version,
        String description,
        @Nullable String defect) {
    private static final Pattern SCRIPT = Pattern.compile("([VUR])(.*?)__(.*)\\.sql");
    private static final Set<String> MOMENTS = Set.of(
            "Migrate",
            "EachMigrate",
            "EachMigrateStatement",
            "EachMigrateStatementError",
            "EachMigrateError",
            "MigrateError",
            "MigrateOperationFinish",
            "MigrateApplied",
            "Undo",
            "EachUndo",
            "EachUndoStatement",
            "EachUndoStatementError",
            "EachUndoError",
            "UndoError",
            "UndoOperationFinish",
            "Clean",
            "CleanError",
            "Info",
            "InfoError",
            "Validate",
            "ValidateError",
            "Baseline",
            "BaselineError",
            "Repair",
            "RepairError",
            "Repeatables",
            "Versioned",
            "Connect",
            "CreateSchema");
    private static final Pattern CALLBACK = Pattern.compile("(before|after|create)([A-Z]\\w*?)(__.*)?\\.sql");

    /** @param path with or without folders */
    public static FlywayName of(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        Matcher script = SCRIPT.matcher(name);
        if (script.matches()) {
            return script(script.group(1), script.group(2), script.group(3));
        }
        Matcher callback = CALLBACK.matcher(name);
        if (callback.matches() && MOMENTS.contains(callback.group(2)) || name.equals("createSchema.sql")) {
            return new FlywayName(Kind.CALLBACK, null, name, null);
        }
        return other(
                name.matches("[VURvur]\\d?.*_.*")
                        ? "it has the look of a migration, but not its form: V1__description.sql, with two underscores"
                        : "its name has none of the forms V1__description.sql, U1__description.sql, R__description.sql");
    }

    private static FlywayName script(String prefix, String version, String description) {
        if (prefix.equals("R")) {
            return version.isEmpty()
                    ? new FlywayName(Kind.REPEATABLE, null, description, null)
                    : other("a repeatable migration has no version, and this one has '" + version + "'");
        }
        if (FlywayVersion.of(version).isEmpty()) {
            return other("'%s' is no version: digits, with dots or single underscores between them".formatted(version));
        }
        Kind kind = prefix.equals("V") ? Kind.VERSIONED : Kind.UNDO;
        return new FlywayName(kind, version, description, null);
    }

    private static FlywayName other(String defect) {
        return new FlywayName(Kind.OTHER, null, "", defect);
    }
}
