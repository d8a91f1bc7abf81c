package io.slipway.sql.batch;

import io.slipway.sql.ast.RowChange;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a script says about batches. */
public sealed interface BatchReading {
    /** Nothing: it runs as it is. */
    record Unmarked() implements BatchReading {}

    /** It runs in batches. */
    record Sound(Batch batch) implements BatchReading {}

    /** It is to run in batches and cannot. */
    record Unsound(List<Defect> defects) implements BatchReading {
        public Unsound {
            defects = List.copyOf(defects);
        }
    }

    /** What is wrong. @param message a sentence */
    record Defect(Part part, Span at, String message) {}

    /** Where something is wrong. */
    enum Part {
        MARKER,
        STATEMENT
    }

    /** Reads a script of which all placeholders are replaced. */
    static BatchReading of(String sql) {
        SplitScript split = Splitter.split(sql);
        return of(split, Parser.parse(split));
    }

    /** @param statements one for each fragment */
    static BatchReading of(SplitScript split, List<Statement> statements) {
        Markers markers = Markers.of(split);
        if (markers.none()) {
            return new Unmarked();
        }
        List<Defect> defects = new ArrayList<>(markers.defects());
        Optional<BatchOptions> options = markers.options();
        List<Fragment> fragments = split.fragments();
        if (fragments.size() == 1) {
            RowChange change = Parser.rowChange(fragments.getFirst().text()).orElse(null);
            var checked = new BatchStatement(statements.getFirst(), change);
            options.ifPresent(found -> defects.addAll(checked.defects(found)));
            if (defects.isEmpty() && options.isPresent() && change != null) {
                Fragment only = fragments.getFirst();
                return new Sound(new Batch(
                        options.get(), change, only.text(), only.span().start().line()));
            }
        } else if (!fragments.isEmpty()) {
            defects.add(
                    new Defect(
                            Part.STATEMENT,
                            fragments.get(1).span(),
                            "A script that runs in batches is one UPDATE or DELETE and nothing else, and this is its second statement."));
        } else {
            defects.add(new Defect(
                    Part.STATEMENT, markers.first(), "There is no UPDATE or DELETE below that could run in batches."));
        }
        return new Unsound(defects);
    }
}
