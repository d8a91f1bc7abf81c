package io.slipway.executor.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.MaintenanceStatement.Reindex;
import io.slipway.sql.ast.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update t set a = 1",
                "create table t (a int)",
                "create index i on t (a)",
                "alter type mood add value 'calm'",
                "refresh materialized view concurrently v",
                "set statement_timeout = '1min'",
                "reindex index i",
                "alter table t detach partition p finalize",
                "do $$ begin perform 1; end $$"
            })
    void recordsInOneTransactionWhatCanBeInOne(String sql) {
        assertThat(EffectRules.of(sql)).isEqualTo(new Effect.Transactional());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum (analyze) t;",
                "cluster",
                "alter system set work_mem = '8MB'",
                "begin",
                "commit",
                "drop database if exists old"
            })
    void runsAgainWhatComesOutTheSame(String sql) {
        assertThat(EffectRules.of(sql)).isEqualTo(new Effect.Repeatable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call tidy()",
                "do $$ begin commit; end $$",
                "do $$ begin call tidy(); end $$",
                "create database new"
            })
    void knowsWhatNobodyCanTell(String sql) {
        assertThat(EffectRules.of(sql)).isInstanceOf(Effect.Unknowable.class);
    }

    @Test
    void givesTheQueryToLookWithWhereThereIsOne() {
        assertThat(EffectRules.of("create database \"it's\""))
                .isEqualTo(new Effect.Unknowable("select * from pg_database where datname = 'it''s'"));
    }

    @Test
    void namesWhatTheCatalogueIsAskedFor() {
        assertThat(EffectRules.of("create unique index concurrently if not exists i on app.t (a)"))
                .isEqualTo(new Effect.BuildsIndex("i", new Name("app", "t")));
        assertThat(EffectRules.of("create index concurrently on t (a)"))
                .isEqualTo(new Effect.BuildsIndex(null, Name.of("t")));
        assertThat(EffectRules.of("drop index concurrently app.i"))
                .isEqualTo(new Effect.DropsIndex(new Name("app", "i")));
        assertThat(EffectRules.of("reindex table concurrently t"))
                .isEqualTo(new Effect.Reindexes(Reindex.Target.TABLE, Name.of("t")));
        assertThat(EffectRules.of("alter table t detach partition p concurrently"))
                .isEqualTo(new Effect.Detaches(Name.of("t"), Name.of("p")));
    }
}
