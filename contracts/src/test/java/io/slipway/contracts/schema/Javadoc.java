package io.slipway.contracts.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the descriptions that the records' sources carry, so that the schemas say what the Javadoc says. */
final class Javadoc {
    private static final Path SOURCES = Path.of("src/main/java");

    private Javadoc() {}

    static @Nullable String ofType(Class<?> type) {
        String comment = comment(type);
        return comment == null ? null : text(comment.split("\\n@", 2)[0]);
    }

    static @Nullable String ofComponent(Class<?> record, String name) {
        String comment = comment(record);
        if (comment == null) {
            return null;
        }
        Matcher param = Pattern.compile("@param " + name + "\\s(.*?)(?=\\n@|\\z)", Pattern.DOTALL)
                .matcher(comment);
        return param.find() ? text(param.group(1)) : null;
    }

    /** The comment right before the declaration: no other declaration, so no semicolon, may stand between them. */
    private static @Nullable String comment(Class<?> type) {
        Path file = SOURCES.resolve(
                type.getPackageName().replace('.', '/') + "/" + outermost(type).getSimpleName() + ".java");
        if (!type.getName().startsWith("io.slipway.") || !Files.exists(file)) {
            return null;
        }
        Matcher declaration = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/[^;*]*?\\b(?:record|interface|enum|class) " + type.getSimpleName()
                                + "\\b",
                        Pattern.DOTALL)
                .matcher(read(file));
        return declaration.find() ? declaration.group(1).replaceAll("\\n\\s*\\*? ?", "\n") : null;
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }

    private static String text(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|linkplain|link) ([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
