package io.slipway.sql.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules there are, by what they protect. */
public final class Rules {
    private static final List<Rule> ALL = Stream.of(
                    IndexRules.all(),
                    ConstraintRules.all(),
                    ValidationRules.all(),
                    TypeRules.all(),
                    NotNullRules.all(),
                    PartitionRules.all(),
                    TableObjectRules.all(),
                    WindowRules.all(),
                    TimeoutRules.all(),
                    DeploymentRules.all(),
                    RewriteRules.all(),
                    StorageRules.all(),
                    DropRules.all(),
                    RowRules.all(),
                    BatchRules.all(),
                    LooseningRules.all(),
                    CompatibilityRules.all(),
                    RenameRules.all(),
                    EnumRules.all(),
                    TransactionRules.all(),
                    FlywayRules.all(),
                    UndoRules.all(),
                    UndoOrderRules.all(),
                    ScriptRules.all(),
                    SecurityRules.all(),
                    TypeAdvice.all(),
                    TableAdvice.all(),
                    IndexAdvice.all(),
                    ReferenceAdvice.all(),
                    NameAdvice.all())
            .flatMap(List::stream)
            .toList();

    private static final Map<String, Rule> BY_ID =
            ALL.stream().collect(Collectors.toMap(Rule::id, Function.identity()));

    private Rules() {}

    public static List<Rule> all() {
        return ALL;
    }

    public static Optional<Rule> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
