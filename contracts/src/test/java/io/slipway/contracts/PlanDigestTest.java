package io.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.sample.SampleFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlanDigestTest {
    private static final ObjectMapper JSON = EventJson.mapper();

    /**
     * {@code applied} only counts the rows that {@code historyDigest} is made of; the kind of a repeatable script has no
     * alternative, since the others have a version.
     */
    private static final List<String> NOT_COVERED = List.of("/digest", "/state/applied", "/scripts/2/kind");

    /** Changes each leaf of a plan's JSON in turn: whatever field is added later is tried as well. */
    @TestFactory
    Stream<DynamicTest> changesWithEveryFieldOfThePlan() {
        return Stream.of(
                        "MigrationPlanned.git",
                        "MigrationPlanned.group",
                        "MigrationPlanned.undo-conf",
                        "RollbackPlanned.derived")
                .flatMap(PlanDigestTest::changes);
    }

    private static Stream<DynamicTest> changes(String sample) {
        JsonNode plan = SampleFixture.named(sample).body().get("plan");
        return leaves(plan, "").stream()
                .filter(leaf -> !NOT_COVERED.contains(leaf))
                .map(leaf -> DynamicTest.dynamicTest(sample + leaf, () -> {
                    // Given
                    JsonNode changed = plan.deepCopy();
                    change(changed, JsonPointer.compile(leaf));

                    // When
                    Plan read = JSON.treeToValue(changed, Plan.class);

                    // Then
                    assertThat(read.intact()).isFalse();
                }));
    }

    @Test
    void changesWithTheOrderOfTheScripts() throws IOException {
        // Given
        ObjectNode plan =
                SampleFixture.named("MigrationPlanned").body().get("plan").deepCopy();
        ArrayNode scripts = (ArrayNode) plan.get("scripts");
        scripts.insert(0, scripts.remove(1));

        // When
        Plan read = JSON.treeToValue(plan, Plan.class);

        // Then
        assertThat(read.intact()).isFalse();
    }

    @Test
    void changesWithTheStatementAtWhichAScriptResumes() {
        // Given
        TargetState state = new TargetState("15.15", "shop", null, null, "none", 0);
        MigrationVersion version = new MigrationVersion("1");
        PlannedScript script = new PlannedScript(
                PlannedScript.Kind.VERSIONED, version, "index", "V1__index.sql", 1, false, "vacuum", null, null);

        // When
        var digests = Stream.of(script, script.resumedAt(1), script.resumedAt(2))
                .map(each -> Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(each), state))
                .map(Plan::digest);

        // Then
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void changesWhenAScriptIsToRunInBatches() throws IOException {
        // Given
        ObjectNode plan =
                SampleFixture.named("MigrationPlanned").body().get("plan").deepCopy();
        ((ObjectNode) plan.at("/scripts/1")).put("batch", true);

        // When
        Plan read = JSON.treeToValue(plan, Plan.class);

        // Then
        assertThat(read.intact()).isFalse();
    }

    @Test
    void changesWhenTextMovesFromOneFieldToTheNext() {
        // Given
        TargetState state = new TargetState("15.15", "shop", null, null, "none", 0);

        // When
        Plan one = Plan.of(Plan.Kind.MIGRATION, placeholder("ab", "c"), List.of(), state);
        Plan other = Plan.of(Plan.Kind.MIGRATION, placeholder("a", "bc"), List.of(), state);

        // Then
        assertThat(one.digest()).isNotEqualTo(other.digest());
    }

    @Test
    void doesNotDependOnTheOrderOfPlaceholders() {
        // Given
        TargetState state = new TargetState("15.15", "shop", null, null, "none", 0);
        FlywaySettings one =
                new FlywaySettings(new java.util.LinkedHashMap<>(Map.of("a", "1", "b", "2")), List.of(), false, null);
        FlywaySettings other = new FlywaySettings(
                new java.util.TreeMap<>(Map.of("b", "2", "a", "1")).descendingMap(), List.of(), false, null);

        // When
        Plan first = Plan.of(Plan.Kind.MIGRATION, one, List.of(), state);

        // Then
        assertThat(first).isEqualTo(Plan.of(Plan.Kind.MIGRATION, other, List.of(), state));
    }

    private static FlywaySettings placeholder(String name, String value) {
        return new FlywaySettings(Map.of(name, value), List.of(), false, null);
    }

    private static List<String> leaves(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> found.addAll(leaves(field.getValue(), path + "/" + field.getKey())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                found.addAll(leaves(array.get(i), path + "/" + i));
            }
        } else {
            found.add(path);
        }
        return found;
    }

    private static void change(JsonNode plan, JsonPointer leaf) {
        JsonNode value = plan.at(leaf);
        JsonNodeFactory make = JsonNodeFactory.instance;
        JsonNode changed =
                switch (value.getNodeType()) {
                    case BOOLEAN -> make.booleanNode(!value.booleanValue());
                    case NUMBER -> make.numberNode(value.intValue() + 1);
                    default -> make.textNode(otherText(value.textValue()));
                };
        String last = leaf.last().getMatchingProperty();
        switch (plan.at(leaf.head())) {
            case ObjectNode object -> object.set(last, changed);
            case ArrayNode array -> array.set(leaf.last().getMatchingIndex(), changed);
            default -> throw new AssertionError(leaf);
        }
    }

    /** Another value that the field's type allows: the other constant of an enum, else one more character. */
    private static String otherText(String text) {
        return switch (text) {
            case "MIGRATION" -> "ROLLBACK";
            case "ROLLBACK" -> "MIGRATION";
            case "VERSIONED" -> "UNDO";
            case "UNDO" -> "VERSIONED";
            default -> text + "1";
        };
    }
}
