package io.slipway.sql.analyze;

import io.slipway.sql.parse.Parser;
import io.slipway.sql.rule.MigrationFile;
import io.slipway.sql.rule.ScriptSettings;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;

/** Makes of a script what the rules look at. */
final class ScriptReading {
    private ScriptReading() {}

    static MigrationFile read(Script script) {
        SplitScript split = Splitter.split(script.sql());
        String settings = script.settings();
        return MigrationFile.of(
                script.name(),
                kind(script.kind()),
                script.version(),
                script.sql(),
                split,
                Parser.parse(split),
                settings == null ? ScriptSettings.NONE : ScriptSettings.of(settings));
    }

    private static MigrationFile.Kind kind(Script.Kind kind) {
        return switch (kind) {
            case VERSIONED -> MigrationFile.Kind.VERSIONED;
            case REPEATABLE -> MigrationFile.Kind.REPEATABLE;
            case UNDO -> MigrationFile.Kind.UNDO;
            case CALLBACK -> MigrationFile.Kind.CALLBACK;
            case OTHER -> MigrationFile.Kind.OTHER;
        };
    }
}
