package io.slipway.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Revision;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes JSON Schemas from the records: their components, their {@code @Nullable} and their Javadoc. */
public final class SchemaFixture {
    /** Where the committed schemas are. */
    public static final Path FOLDER = Path.of("src/main/resources/schemas/v1");

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Values that are a JSON string: the pattern says what their constructors accept. The format "duration" of JSON Schema
     * knows no fractions of a second, hence a pattern for that too.
     */
    private static final Map<Class<?>, ObjectNode> STRINGS = Map.of(
            RunId.class, string().put("format", "uuid"),
            TargetId.class, string().put("pattern", "^[a-z0-9][a-z0-9._-]{0,62}$"),
            MigrationVersion.class, string().put("pattern", "^\\d+([._]\\d+)*$").put("maxLength", 50),
            PlanDigest.class, string().put("pattern", "^sha256:[0-9a-f]{64}$"),
            Revision.class, string().put("pattern", "^(-[1-9]\\d{0,3}|\\d+([._]\\d+)*|before:[0-9a-fA-F-]{36})$"),
            Duration.class,
                    string().put("pattern", "^PT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?$")
                            .put("description", "An ISO 8601 duration, such as PT2.355S."),
            Instant.class, string().put("format", "date-time"));

    private static final Map<String, Integer> BOUNDED_TEXTS = Map.of("requestedBy", 200, "reason", 2000);

    private final SchemaGenerator generator = generator();

    public ObjectNode schemaOf(Class<? extends MigrationEvent> type) {
        ObjectNode generated = generator.generateSchema(type);
        ObjectNode schema = JSON.createObjectNode();
        schema.set("$schema", generated.get("$schema"));
        schema.put("$id", "urn:slipway:schema:v1:" + type.getSimpleName());
        schema.put("title", type.getSimpleName());
        schema.setAll(generated);
        return schema;
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule())
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0)
                .withDescriptionResolver(scope -> Javadoc.ofType(scope.getType().getErasedType()))
                .withCustomDefinitionProvider((type, context) -> {
                    ObjectNode string = STRINGS.get(type.getErasedType());
                    return string == null
                            ? null
                            : new CustomDefinition(
                                    string.deepCopy(),
                                    CustomDefinition.DefinitionType.INLINE,
                                    CustomDefinition.AttributeInclusion.NO);
                });
        config.forFields()
                .withRequiredCheck(field -> !optional(field))
                .withDescriptionResolver(SchemaFixture::description)
                .withStringMinLengthResolver(field -> boundedText(field) ? 1 : null)
                .withStringMaxLengthResolver(field -> boundedText(field) ? BOUNDED_TEXTS.get(field.getName()) : null);
        return new SchemaGenerator(config.build());
    }

    private static boolean optional(FieldScope field) {
        Class<?> type = field.getType().getErasedType();
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class)
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Set.of(boolean.class, FlywaySettings.class).contains(type);
    }

    /** What the component's {@code @param} says; a value without one speaks for itself. */
    private static @Nullable String description(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return null;
        }
        String component = Javadoc.ofComponent(field.getDeclaringType().getErasedType(), field.getName());
        Class<?> type = field.getType().getErasedType();
        return component == null && STRINGS.containsKey(type) ? Javadoc.ofType(type) : component;
    }

    private static boolean boundedText(FieldScope field) {
        return Request.class.isAssignableFrom(field.getDeclaringType().getErasedType())
                && BOUNDED_TEXTS.containsKey(field.getName());
    }

    private static ObjectNode string() {
        return JSON.createObjectNode().put("type", "string");
    }

    static String pretty(JsonNode schema) {
        return schema.toPrettyString() + "\n";
    }
}
