package io.slipway.sql.rule;

import io.slipway.sql.rule.Example.Kind;
import io.slipway.sql.rule.Rule.Category;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule while it is written down: read from top to bottom, it is the rule's documentation. */
final class RuleDraft {
    private final String id;
    private Category category = Category.FORMAT;
    private Severity severity = Severity.ERROR;
    private Profile profile = Profile.DEFAULT;
    private String title = "";
    private String whatHappens = "";
    private @Nullable String lock;
    private boolean errorInStrict;
    private final List<Example> examples = new ArrayList<>();

    RuleDraft(String id) {
        this.id = id;
    }

    RuleDraft error(Category of, String what) {
        return severity(Severity.ERROR, of, what);
    }

    RuleDraft warning(Category of, String what) {
        return severity(Severity.WARNING, of, what);
    }

    RuleDraft info(Category of, String what) {
        return severity(Severity.INFO, of, what);
    }

    private RuleDraft severity(Severity as, Category of, String what) {
        severity = as;
        category = of;
        title = what;
        return this;
    }

    RuleDraft in(Profile least) {
        profile = least;
        return this;
    }

    RuleDraft errorInStrict() {
        errorInStrict = true;
        return this;
    }

    RuleDraft happens(String text) {
        whatHappens = text;
        return this;
    }

    RuleDraft locks(String text) {
        lock = text;
        return this;
    }

    RuleDraft bad(String... sql) {
        for (String script : sql) {
            examples.add(new Example(Kind.BAD, script));
        }
        return this;
    }

    RuleDraft good(String... sql) {
        for (String script : sql) {
            examples.add(new Example(Kind.GOOD, script));
        }
        return this;
    }

    Rule statement(Check.OfStatement check) {
        return rule(check);
    }

    Rule phrase(Check.OfPhrase check) {
        return rule(check);
    }

    Rule file(Check.OfFile check) {
        return rule(check);
    }

    Rule deployment(Check.OfDeployment check) {
        return rule(check);
    }

    /** For what is found while files are read, and not by looking at statements. */
    Rule madeElsewhere() {
        return rule(Check.ELSEWHERE);
    }

    private Rule rule(Check check) {
        return new Rule(id, category, severity, profile, title, whatHappens, lock, errorInStrict, check, examples);
    }
}
