package io.slipway.sql.effect;

import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RoutineStatement.Volatility;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.catalog.Catalog;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL may assume about a function, from {@code pg_proc.provolatile}. The volatile ones of PostgreSQL 18 and
 * of its usual extensions are all here; of the others those that people write into defaults.
 */
final class FunctionCatalogue {
    private static final Set<String> VOLATILE = Set.of(
            ("clock_timestamp timeofday random random_normal setseed gen_random_uuid uuidv4 uuidv7 nextval setval currval"
                            + " lastval pg_sleep pg_sleep_for pg_sleep_until pg_notify set_config dblink dblink_exec"
                            + " uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt"
                            + " pg_advisory_lock pg_advisory_xact_lock pg_try_advisory_lock pg_backend_pid"
                            + " pg_logical_emit_message query_to_xml lo_create lo_creat lo_import lo_export lo_unlink")
                    .split(" "));

    private static final Set<String> HARMLESS =
            Set.of(("now current_timestamp current_date current_time localtime localtimestamp statement_timestamp"
                            + " transaction_timestamp current_user session_user system_user user current_role current_schema"
                            + " current_catalog current_database current_setting inet_client_addr inet_server_addr version"
                            + " txid_current pg_current_xact_id"
                            + " upper lower initcap md5 sha224 sha256 sha384 sha512 encode decode concat concat_ws format"
                            + " to_char to_date to_timestamp to_number date_trunc date_part extract age make_date make_time"
                            + " make_timestamp make_timestamptz make_interval timezone justify_days justify_hours"
                            + " length char_length character_length octet_length bit_length substr substring left right"
                            + " lpad rpad ltrim rtrim trim btrim replace translate reverse repeat split_part strpos"
                            + " position overlay ascii chr quote_ident quote_literal quote_nullable regexp_replace"
                            + " regexp_match regexp_split_to_array string_to_array array_to_string starts_with"
                            + " abs ceil ceiling floor round trunc sign sqrt power exp ln log mod div greatest least"
                            + " coalesce nullif row pi degrees radians sin cos tan width_bucket"
                            + " array_append array_prepend array_cat array_remove array_replace array_fill array_length"
                            + " array_lower array_upper cardinality unnest"
                            + " jsonb_build_object jsonb_build_array json_build_object json_build_array to_json to_jsonb"
                            + " jsonb_set jsonb_insert jsonb_strip_nulls jsonb_object json_object jsonb_array_length"
                            + " jsonb_extract_path jsonb_extract_path_text row_to_json array_to_json"
                            + " to_tsvector to_tsquery plainto_tsquery setweight tsvector_concat"
                            + " int4range int8range numrange tsrange tstzrange daterange lower_inc upper_inc isempty"
                            + " hashtext hashtextextended hashint4 hashint8 inet host network netmask masklen broadcast"
                            + " uuid_nil uuid_generate_v3 uuid_generate_v5 uuid_ns_dns uuid_ns_url crypt digest hmac"
                            + " text varchar bpchar int2 int4 int8 float4 float8 numeric bool date timestamp timestamptz"
                            + " pg_typeof num_nonnulls num_nulls get_byte set_byte bit_count gcd lcm point box circle"
                            + " unaccent similarity lower_inf upper_inf bool_and xmlcomment xmlelement")
                    .split(" "));

    private static final Map<String, Integer> YOUNG =
            Map.of("uuidv7", 18, "uuidv4", 18, "random_normal", 16, "system_user", 16);

    private FunctionCatalogue() {}

    /** The first major version that has the function; 0 for those that every one has. */
    static int since(Name function) {
        return YOUNG.getOrDefault(function.local(), 0);
    }

    /** Empty where a function is called that nobody knows here; it may be volatile, which is PostgreSQL's default. */
    static Optional<Boolean> isVolatile(Expression expression, Catalog catalog) {
        return isVolatile(expression.uses(), catalog);
    }

    private static Optional<Boolean> isVolatile(Uses uses, Catalog catalog) {
        boolean known = true;
        for (Name function : uses.functions()) {
            Optional<Boolean> one = isVolatile(function, catalog);
            if (one.orElse(false)) {
                return one;
            }
            known &= one.isPresent();
        }
        return known ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Boolean> isVolatile(Name function, Catalog catalog) {
        var own = catalog.routine(function);
        if (own.isPresent()) {
            return own.map(routine -> routine.volatility() == Volatility.VOLATILE);
        }
        boolean builtIn = function.schema() == null || function.schema().equals("pg_catalog");
        String name = function.local().replaceFirst("\\(.*", "");
        if (VOLATILE.contains(name)) {
            return Optional.of(true);
        }
        return builtIn && HARMLESS.contains(name) ? Optional.of(false) : Optional.empty();
    }
}
