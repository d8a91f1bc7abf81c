package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
import java.util.List;

/** The predicate of a rule, by what it looks at. */
public sealed interface Check {
    /** For rules whose hits come from reading the files. */
    Check ELSEWHERE = (OfDeployment) deployment -> List.of();

    /** Looks at one statement; parts of a statement are looked at on their own. */
    @FunctionalInterface
    non-sealed interface OfStatement extends Check {
        List<Hit> examine(Statement statement, Situation situation);
    }

    /** Looks at the words of one statement: also of one that could not be parsed. */
    @FunctionalInterface
    non-sealed interface OfPhrase extends Check {
        List<Hit> examine(Phrase phrase, Situation situation);
    }

    /** Looks at one script that will run, as a whole. */
    @FunctionalInterface
    non-sealed interface OfFile extends Check {
        List<FileHit> examine(MigrationFile file, Deployment deployment);
    }

    /** Looks at all scripts together. */
    @FunctionalInterface
    non-sealed interface OfDeployment extends Check {
        List<FileHit> examine(Deployment deployment);
    }
}
