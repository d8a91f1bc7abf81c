package io.slipway.sql.parse;

import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types, brought to the names that PostgreSQL's catalogue has for them. */
final class DataTypeReader {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n\\r]*|/\\*(?s:.*?)\\*/");
    private static final Pattern ARRAY = Pattern.compile("\\[\\s*\\d*\\s*]|\\barray\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MODIFIERS = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern ZONE =
            Pattern.compile("(?<!\\s)\\s++(with|without)\\s++time\\s++zone\\b", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> CATALOGUE_NAMES = Map.ofEntries(
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("smallint", "int2"),
            Map.entry("bigint", "int8"),
            Map.entry("dec", "numeric"),
            Map.entry("decimal", "numeric"),
            Map.entry("real", "float4"),
            Map.entry("float", "float8"),
            Map.entry("double precision", "float8"),
            Map.entry("boolean", "bool"),
            Map.entry("character varying", "varchar"),
            Map.entry("char varying", "varchar"),
            Map.entry("national character varying", "varchar"),
            Map.entry("national char varying", "varchar"),
            Map.entry("nchar varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("national character", "bpchar"),
            Map.entry("national char", "bpchar"),
            Map.entry("nchar", "bpchar"),
            Map.entry("bit varying", "varbit"),
            Map.entry("serial4", "serial"),
            Map.entry("serial8", "bigserial"),
            Map.entry("serial2", "smallserial"));

    private DataTypeReader() {}

    static DataType read(String text) {
        String rest = COMMENT.matcher(text).replaceAll(" ").strip();
        if (rest.regionMatches(true, 0, "setof ", 0, 6)) {
            rest = rest.substring(6).strip();
        }
        Matcher arrays = ARRAY.matcher(rest);
        int dimensions = (int) arrays.results().count();
        rest = arrays.replaceAll("").strip();
        List<Integer> modifiers = new ArrayList<>();
        Matcher lengths = MODIFIERS.matcher(rest);
        if (lengths.find()) {
            for (String length : lengths.group(1).split(",")) {
                if (length.strip().matches("-?\\d{1,9}")) {
                    modifiers.add(Integer.valueOf(length.strip()));
                }
            }
            rest = rest.substring(0, lengths.start()) + " " + rest.substring(lengths.end());
        }
        Matcher zone = ZONE.matcher(rest);
        String zoned = zone.find() && zone.group(1).equalsIgnoreCase("with") ? "tz" : "";
        rest = zone.replaceFirst("").strip();
        Name name = name(rest, zoned);
        if (name.equals(Name.of("float4")) || name.equals(Name.of("float8"))) {
            // float(24) and shorter ones are real.
            name = Name.of(!modifiers.isEmpty() && modifiers.getFirst() < 25 ? "float4" : name.local());
            modifiers.clear();
        }
        if (name.equals(Name.of("bpchar")) && modifiers.isEmpty() && !rest.equalsIgnoreCase("bpchar")) {
            modifiers.add(1);
        }
        return new DataType(text, name, modifiers, dimensions);
    }

    private static Name name(String written, String zoned) {
        if (written.indexOf('"') >= 0) {
            return new Literal(written.replaceAll("\\s*\\.\\s*", "."), 0, true).asName();
        }
        String words = written.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replace(" . ", ".");
        if (words.startsWith("pg_catalog.")) {
            words = words.substring("pg_catalog.".length());
        }
        if (words.startsWith("interval")) {
            return Name.of("interval");
        }
        int dot = words.indexOf('.');
        return dot > 0
                ? new Name(
                        words.substring(0, dot).strip(),
                        words.substring(dot + 1).strip())
                : Name.of(CATALOGUE_NAMES.getOrDefault(words, words) + zoned);
    }
}
