package io.slipway.validator.forecast;

import io.slipway.contracts.TableLock;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.Rewrite;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.validator.footprint.ReadScript;
import io.slipway.validator.rehearsal.Prediction;
import io.slipway.validator.rehearsal.Predictions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the statements of a plan will do, in their order. */
public final class Forecast implements Predictions {
    private final List<ExpectedStatement> statements;
    private final boolean group;
    private final Map<String, ExpectedStatement> places = new HashMap<>();

    private Forecast(List<ExpectedStatement> statements, boolean group) {
        this.statements = List.copyOf(statements);
        this.group = group;
        statements.forEach(statement -> places.put(place(statement.script(), statement.index()), statement));
    }

    /**
     * @param catalog of the target; afterwards it is as the plan leaves it
     * @param group whether all scripts share one transaction
     */
    public static Forecast of(List<ReadScript> scripts, Catalog catalog, ServerVersion version, boolean group) {
        List<ExpectedStatement> statements = new ArrayList<>();
        for (ReadScript script : scripts) {
            catalog.startScript();
            for (int i = 0; i < script.statements().size(); i++) {
                Statement statement = script.statements().get(i);
                StatementEffects effects = Effects.of(statement, catalog, version);
                Set<Name> there = effects.locks().stream()
                        .map(LockTaken::relation)
                        .filter(name -> catalog.relation(name).isPresent())
                        .collect(Collectors.toSet());
                statements.add(new ExpectedStatement(
                        script.name(), i, statement.span().start().line(), effects, there));
                apply(catalog, statement);
            }
        }
        return new Forecast(statements, group);
    }

    private static void apply(Catalog catalog, Statement statement) {
        statement.parts().forEach(part -> apply(catalog, part));
        catalog.apply(statement);
    }

    /** @param bytes of a table with its indexes; negative where that is not known */
    public List<TableLock> locks(ToLongFunction<Name> bytes) {
        return TableLocks.of(statements, bytes, group);
    }

    /** Existing tables of which a copy is written. */
    public Set<Name> rewritten() {
        return statements.stream()
                .flatMap(statement -> statement.effects().rewrites().stream())
                .filter(Rewrite::copied)
                .map(Rewrite::relation)
                .collect(Collectors.toSet());
    }

    /** Existing tables that get an index. */
    public Set<Name> indexed() {
        return statements.stream()
                .flatMap(statement -> statement.effects().indexBuilds().stream())
                .filter(build -> !build.reused())
                .map(build -> build.table())
                .collect(Collectors.toSet());
    }

    /** Nothing where not all of the statement is known, or its worst case may not come. */
    @Override
    public Optional<Prediction> of(String script, int statement) {
        return Optional.ofNullable(places.get(place(script, statement)))
                .filter(found -> found.effects().unknowns().isEmpty()
                        && found.effects().rewrites().stream().allMatch(Rewrite::proven))
                .map(Forecast::prediction);
    }

    private static Prediction prediction(ExpectedStatement statement) {
        Map<String, LockMode> locks = new HashMap<>();
        for (LockTaken lock : statement.effects().locks()) {
            if (lock.target() == Target.TABLE && statement.there().contains(lock.relation())) {
                locks.merge(plain(lock.relation()), lock.mode(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        Set<String> rewritten = new HashSet<>();
        statement.effects().rewrites().forEach(rewrite -> {
            if (statement.there().contains(rewrite.relation())) {
                rewritten.add(plain(rewrite.relation()));
            }
        });
        return new Prediction(locks, rewritten);
    }

    /** As the rehearsal names relations: without quotes. */
    private static String plain(Name relation) {
        return relation.schema() + "." + relation.local();
    }

    private static String place(String script, int index) {
        return index + " " + script;
    }
}
