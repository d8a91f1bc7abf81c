package io.slipway.sql.effect;

import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.Name;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.UserType.DomainType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the rows of a table have to be written anew when a column changes its type, as {@code
 * ATColumnChangeRequiresRewrite} in PostgreSQL's sources decides it.
 *
 * @param rewrite of the table
 * @param indexesFit whether an index on the column can keep its files
 * @param narrows whether values can be lost or refused
 * @param proven false where the old type is not known
 */
record TypeChange(boolean rewrite, boolean indexesFit, boolean narrows, boolean proven) {
    private static final TypeChange UNKNOWN = new TypeChange(true, false, true, false);

    private static final Set<String> TEXTS = Set.of("text", "varchar");
    private static final Set<String> WITH_PRECISION = Set.of("timestamp", "timestamptz", "time", "timetz", "interval");
    private static final List<String> INTEGERS = List.of("int2", "int4", "int8", "numeric");
    private static final Set<String> UTC = Set.of(
            "utc", "gmt", "etc/utc", "etc/gmt", "zulu", "etc/zulu", "uct", "etc/uct", "universal", "etc/universal");

    /** Types that PostgreSQL takes one for the other bit by bit, beside text and varchar. */
    private static final Map<String, Set<String>> SAME_BITS = Map.of(
            "cidr", Set.of("inet"),
            "xml", TEXTS,
            "int4", Set.of("oid"),
            "oid", Set.of("int4", "regclass", "regproc", "regtype"),
            "regclass", Set.of("oid"),
            "bit", Set.of("varbit"));

    static TypeChange of(
            Optional<DataType> before, DataType after, Optional<Expression> using, String column, Catalog catalog) {
        boolean plain = using.isEmpty() || isColumn(using.get().text(), column, after);
        if (before.isEmpty()) {
            return plain ? unknown(after) : UNKNOWN;
        }
        DataType from = base(before.get(), catalog);
        DataType to = base(after, catalog);
        boolean checked = catalog.domain(after).map(DomainType::constrained).orElse(false)
                && !before.get().same(after);
        boolean narrows = narrows(from, to);
        if (!plain || checked || from.isArray() != to.isArray()) {
            return new TypeChange(true, false, narrows || !plain, true);
        }
        return from.isArray() ? array(from, to, narrows) : plain(from, to, narrows, catalog);
    }

    /** Nothing is known of the old type; what every type can become without a rewrite does not exist. */
    private static TypeChange unknown(DataType after) {
        boolean wide = after.modifiers().isEmpty()
                && (after.is("text")
                        || after.is("varchar")
                        || after.is("numeric")
                        || after.is("int8")
                        || after.is("jsonb"));
        return new TypeChange(true, false, !wide, false);
    }

    private static TypeChange array(DataType from, DataType to, boolean narrows) {
        boolean same = from.same(to);
        boolean relabelled = to.modifiers().isEmpty()
                && (from.name().equals(to.name()) || isText(from) && isText(to) || sameBits(from, to));
        return new TypeChange(!same && !relabelled, same || relabelled, narrows, true);
    }

    private static TypeChange plain(DataType from, DataType to, boolean narrows, Catalog catalog) {
        if (from.same(to)) {
            return new TypeChange(false, true, false, true);
        }
        if (isText(from) && isText(to)) {
            return new TypeChange(narrows, true, narrows, true);
        }
        if (from.name().equals(to.name())) {
            return new TypeChange(!widens(from, to), true, narrows, true);
        }
        if (sameBits(from, to)) {
            boolean fits = from.is("cidr") || isText(to);
            return new TypeChange(!to.modifiers().isEmpty(), fits, narrows, true);
        }
        if (zoneOnly(from, to)) {
            boolean utc = catalog.timeZone()
                    .map(zone -> UTC.contains(zone.toLowerCase(Locale.ROOT)))
                    .orElse(false);
            return new TypeChange(!utc, false, narrows, catalog.timeZone().isPresent());
        }
        return new TypeChange(true, false, narrows, true);
    }

    private static boolean isText(DataType type) {
        return TEXTS.contains(type.name().local()) && type.name().schema() == null;
    }

    private static boolean sameBits(DataType from, DataType to) {
        return SAME_BITS
                .getOrDefault(from.name().local(), Set.of())
                .contains(to.name().local());
    }

    private static boolean zoneOnly(DataType from, DataType to) {
        boolean changes = from.is("timestamp") && to.is("timestamptz") || from.is("timestamptz") && to.is("timestamp");
        return changes && precision(to) >= precision(from);
    }

    /** Whether the same type has more room, or as much. */
    private static boolean widens(DataType from, DataType to) {
        String name = from.name().local();
        if (WITH_PRECISION.contains(name)) {
            return precision(to) >= precision(from);
        }
        if (to.modifiers().isEmpty()) {
            return name.equals("numeric") || name.equals("varbit");
        }
        if (from.modifiers().isEmpty()) {
            return false;
        }
        return switch (name) {
            case "numeric" -> to.modifiers().getFirst() >= from.modifiers().getFirst() && scale(from) == scale(to);
            case "varbit" -> to.modifiers().getFirst() >= from.modifiers().getFirst();
            default -> false;
        };
    }

    private static int precision(DataType type) {
        return type.modifiers().isEmpty() ? 6 : type.modifiers().getFirst();
    }

    private static int scale(DataType type) {
        return type.modifiers().size() < 2 ? 0 : type.modifiers().get(1);
    }

    /** Whether there are values that the new type has no room for. */
    private static boolean narrows(DataType from, DataType to) {
        String old = from.name().local();
        String next = to.name().local();
        boolean toText = TEXTS.contains(next) || next.equals("bpchar");
        if (toText) {
            boolean fromText = isText(from) || old.equals("bpchar");
            return !to.modifiers().isEmpty()
                    && (!fromText
                            || from.modifiers().isEmpty()
                            || to.modifiers().getFirst() < from.modifiers().getFirst());
        }
        if (from.name().equals(to.name())) {
            if (old.equals("numeric")) {
                return !to.modifiers().isEmpty()
                        && (from.modifiers().isEmpty()
                                || to.modifiers().getFirst() - scale(to)
                                        < from.modifiers().getFirst() - scale(from)
                                || scale(to) < scale(from));
            }
            return !from.same(to) && !widens(from, to);
        }
        int rank = INTEGERS.indexOf(old);
        int nextRank = INTEGERS.indexOf(next);
        if (rank >= 0 && nextRank >= 0) {
            return nextRank < rank || next.equals("numeric") && !to.modifiers().isEmpty();
        }
        boolean known = Set.of("cidr>inet", "timestamp>timestamptz", "json>jsonb", "float4>float8", "date>timestamp")
                .contains(old + ">" + next);
        return !known;
    }

    private static DataType base(DataType type, Catalog catalog) {
        DataType current = type;
        for (int depth = 0; depth < 10; depth++) {
            Optional<DomainType> domain = catalog.domain(current);
            if (domain.isEmpty()) {
                return current;
            }
            current = domain.get().base();
        }
        return current;
    }

    /** {@code USING c}, {@code USING (c)} and {@code USING c::newtype} say no more than what happens anyway. */
    private static boolean isColumn(String using, String column, DataType type) {
        String text = using.replaceAll("\\s+", "").replaceAll("^\\((.*)\\)$", "$1");
        String quoted = Name.quoted(column);
        for (String form : List.of(column, quoted, '"' + column + '"')) {
            if (text.equalsIgnoreCase(form)
                    || text.equalsIgnoreCase(form + "::" + type.text().replaceAll("\\s+", ""))
                    || text.equalsIgnoreCase("cast(" + form + "as" + type.text().replaceAll("\\s+", "") + ")")) {
                return true;
            }
        }
        return false;
    }
}
