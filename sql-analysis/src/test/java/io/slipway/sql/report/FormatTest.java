package io.slipway.sql.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.analyze.Script.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** Each format against a committed sample, and the machine-readable ones against what their readers demand. */
class FormatTest {
    private static final Path SAMPLES = Path.of("src/test/resources/io/slipway/sql/report");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Report REPORT = report(Map.of(
            "db/V1__größe, 1.sql",
            """
            SELECT 1;
            \tALTER TABLE "Ord|ers" DROP COLUMN note; -- gone

            -- slipway:ignore truncate: emptied "by hand", <twice>
            TRUNCATE log;
            """,
            "db/V2__index.sql",
            "CREATE INDEX orders_state\n  ON orders (state);\nUPDATE a SET b = '%' || \u0001 WHERE true"));

    @ParameterizedTest
    @EnumSource(Format.class)
    void writesWhatTheSampleShows(Format format) throws IOException {
        // When
        String text = format.render(REPORT);

        // Then
        Path sample = SAMPLES.resolve("sample." + format.word() + ".txt");
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(sample, text);
        }
        assertThat(text).isEqualTo(Files.readString(sample));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void copesWithNothingFound(Format format) {
        assertThat(format.render(report(Map.of("a.sql", "SELECT 1;")))).doesNotContain("\u001b");
    }

    @Test
    void jsonFitsItsSchema() throws IOException {
        assertFits(VersionFlag.V202012, "/io/slipway/sql/report/findings.schema.json", Format.JSON.render(REPORT));
    }

    @Test
    void sarifFitsTheSchemaOfTheStandard() throws IOException {
        String sarif = Format.SARIF.render(REPORT);
        assertFits(VersionFlag.V7, "/schema/sarif-schema-2.1.0.json", sarif);
        JsonNode run = JSON.readTree(sarif).path("runs").path(0);
        for (JsonNode result : run.path("results")) {
            int index = result.path("ruleIndex").asInt(-1);
            JsonNode rule = run.at("/tool/driver/rules/" + index);
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(rule.at("/help/text").asText()).isNotBlank();
        }
    }

    @Test
    void gitlabHasAFingerprintOfItsOwnForEachFinding() throws IOException {
        JsonNode issues = JSON.readTree(Format.GITLAB.render(REPORT));
        assertThat(issues).isNotEmpty();
        assertThat(issues.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
        assertThat(issues)
                .allSatisfy(issue ->
                        assertThat(issue.at("/location/lines/begin").asInt()).isPositive());
    }

    @Test
    void junitIsXml() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var document =
                factory.newDocumentBuilder().parse(new InputSource(new StringReader(Format.JUNIT.render(REPORT))));
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
    }

    private static void assertFits(VersionFlag draft, String schema, String document) throws IOException {
        try (InputStream in = Objects.requireNonNull(FormatTest.class.getResourceAsStream(schema))) {
            assertThat(JsonSchemaFactory.getInstance(draft).getSchema(in).validate(JSON.readTree(document)))
                    .isEmpty();
        }
    }

    private static Report report(Map<String, String> files) {
        List<Script> scripts = files.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> new Script(file.getKey(), Kind.OTHER, null, file.getValue()))
                .toList();
        Analysis analysis = new PlanAnalyzer().analyze(scripts);
        Map<String, Source> sources = new LinkedHashMap<>();
        scripts.forEach(script -> sources.put(script.name(), new Source(script.sql())));
        return new Report(
                "1.2.3",
                analysis.findings(),
                analysis.suppressed().stream()
                        .map(suppressed -> new Report.Silenced(suppressed.finding(), suppressed.reason()))
                        .toList(),
                sources,
                analysis.statements(),
                analysis.unreadable(),
                analysis.hasErrors());
    }
}
