package io.slipway.acceptance.documentation;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The settings of all modules, read off the sources of their {@code @ConfigMapping} interfaces, as one page. */
final class ConfigurationReference {
    private final StringBuilder page = new StringBuilder("""
            # Configuration

            Every setting of Slipway's own, read off the code; `./mvnw -pl acceptance-tests test -Dtest=ConfigurationReferenceTest
            -Dslipway.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false` writes this page anew. Set them as system properties,
            as environment variables (`slipway.backup.keep.count` is `SLIPWAY_BACKUP_KEEP_COUNT`) or in
            `config/application.properties` beside the service. What Quarkus itself offers (`quarkus.*`, `kafka.*`) applies as well:
            `kafka.bootstrap.servers`, `quarkus.datasource.jdbc.url`, `quarkus.http.host`, `quarkus.http.port`,
            `quarkus.otel.exporter.otlp.endpoint` are the ones that you will set.
            """);

    private final Map<String, ClassTree> nested = new HashMap<>();

    static String of(Path checkout) throws IOException {
        var reference = new ConfigurationReference();
        try (Stream<Path> files = Files.walk(checkout)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith("Config.java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .sorted()
                    .toList();
            for (Path source : sources) {
                reference.add(checkout.relativize(source), source);
            }
        }
        return reference.page.toString();
    }

    private void add(Path name, Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, diagnostic -> {}, null, null, files.getJavaFileObjects(source));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    ClassTree mapping = (ClassTree) type;
                    var prefix = annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping");
                    if (prefix.isPresent()) {
                        page.append("\n## ").append(name.getName(0)).append("\n\n");
                        page.append(comment(docs, unit, mapping)).append("\n\n");
                        page.append("| key | default | what it does |\n|---|---|---|\n");
                        index(mapping);
                        rows(docs, unit, mapping, prefix.get());
                    }
                }
            }
        }
    }

    private void index(ClassTree type) {
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree inner) {
                nested.put(inner.getSimpleName().toString(), inner);
                index(inner);
            }
        }
    }

    private void rows(DocTrees docs, CompilationUnitTree unit, ClassTree type, String prefix) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree setting
                    && setting.getDefaultValue() == null
                    && setting.getBody() == null) {
                row(docs, unit, setting, prefix);
            }
        }
    }

    private void row(DocTrees docs, CompilationUnitTree unit, MethodTree setting, String prefix) {
        var annotations = setting.getModifiers().getAnnotations();
        String returns = setting.getReturnType().toString();
        boolean map = returns.startsWith("Map<");
        boolean parent = annotation(annotations, "WithParentName").isPresent();
        String own = annotation(annotations, "WithName")
                .orElseGet(() -> kebab(setting.getName().toString()));
        String key = (parent ? prefix : prefix + "." + own) + (map ? ".<name>" : "");
        String type = map ? returns.replaceAll(".*,\\s*(\\w+)>$", "$1") : returns;
        ClassTree group = nested.get(type.replaceAll(".*\\.", ""));
        if (group != null && group.getKind() == Tree.Kind.INTERFACE) {
            rows(docs, unit, group, key);
        } else {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            key,
                            annotation(annotations, "WithDefault")
                                    .map(value -> "`" + value + "`")
                                    .orElse(""),
                            comment(docs, unit, setting).replace("|", "\\|")));
        }
    }

    private static String comment(DocTrees docs, CompilationUnitTree unit, Tree tree) {
        String text = docs.getDocComment(TreePath.getPath(unit, tree));
        return text == null
                ? ""
                : text.replaceAll("\\s+", " ")
                        .replaceAll("\\{@(?:code|link|linkplain) ([^}]*)}", "`$1`")
                        .replaceAll("</?p>", "")
                        .strip();
    }

    private static Optional<String> annotation(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .findFirst()
                .map(annotation -> annotation.getArguments().stream()
                        .map(ConfigurationReference::value)
                        .findFirst()
                        .orElse(""));
    }

    private static String value(ExpressionTree argument) {
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : value.toString();
    }

    private static String kebab(String name) {
        List<String> words = new ArrayList<>(List.of(name.split("(?=[A-Z])")));
        return String.join("-", words).toLowerCase(Locale.ROOT);
    }
}
