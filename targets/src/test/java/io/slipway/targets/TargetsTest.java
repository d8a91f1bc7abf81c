package io.slipway.targets;

import static io.slipway.targets.TargetsFixture.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    private static Target only(Targets targets) {
        assertThat(targets.names()).hasSize(1);
        return targets.all().getFirst();
    }

    @Test
    void readsTheDefaultTargetFromTheEnvironmentPercentEncodingIncluded() {
        // Given
        Map<String, String> environment = Map.of(
                "DATABASE_URL", "postgresql://app%40corp:p%40ss%2Fw%3A%25+${x}@db.example:6432/my%20shop",
                "DATABASE_POOL_SIZE", "5",
                "DATABASE_MAX_OVERFLOW", "10");

        // When
        Target target = only(targets(Map.of(), environment));

        // Then
        assertThat(target.id()).isEqualTo(new TargetId("default"));
        assertThat(target.environment()).isEqualTo("development");
        assertThat(target.writePool().maxSize()).isEqualTo(15);
        assertThat(target.connection().jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/my%20shop");
        assertThat(target.libpqEnvironment())
                .containsEntry("PGHOST", "db.example")
                .containsEntry("PGPORT", "6432")
                .containsEntry("PGDATABASE", "my shop")
                .containsEntry("PGUSER", "app@corp")
                .containsEntry("PGPASSWORD", "p@ss/w:%+${x}")
                .containsEntry("PGSSLMODE", "prefer")
                .containsEntry("PGAPPNAME", "slipway/planner");
    }

    @Test
    void readsNamedTargetsWithTheirOwnPools() {
        // Given
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                "slipway.targets.shop.url", "jdbc:postgresql://[::1]/shop?connect_timeout=3&options=-c%20x.y%3D1");
        properties.put("slipway.targets.shop.username", "migrator");
        properties.put("slipway.targets.shop.password", "secret");
        properties.put("slipway.targets.shop.labels.team", "payments");
        properties.put("slipway.targets.shop.lock-timeout", "750ms");
        properties.put("slipway.targets.shop.pool.write.max-size", "3");
        properties.put("slipway.targets.shop.pool.read.isolation", "repeatable-read");
        properties.put("slipway.targets.shop.read-url", "postgresql://replica:5433/shop");
        properties.put("slipway.targets.erp-2.url", "postgresql://erp@erp.example/erp");

        // When
        Targets targets = targets(properties);

        // Then
        Target shop = targets.find(new TargetId("shop")).orElseThrow();
        assertThat(targets.names()).extracting(TargetId::name).containsExactly("erp-2", "shop");
        assertThat(shop.labels()).containsExactly(Map.entry("team", "payments"));
        assertThat(shop.lockTimeout()).isEqualTo(Duration.ofMillis(750));
        assertThat(shop.writePool())
                .isEqualTo(new PoolSettings(
                        3,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Isolation.READ_COMMITTED));
        assertThat(shop.readPool().isolation()).isEqualTo(Isolation.REPEATABLE_READ);
        assertThat(shop.readPool().leakDetection()).isEqualTo(Duration.ofMinutes(10));
        assertThat(shop.connection().jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/shop");
        assertThat(shop.connection().jdbcProperties())
                .containsEntry("connectTimeout", "3")
                .containsEntry("options", "-c x.y=1");
        assertThat(shop.replica().jdbcUrl()).isEqualTo("jdbc:postgresql://replica:5433/shop");
        assertThat(shop.replica().libpqEnvironment())
                .containsEntry("PGUSER", "migrator")
                .containsEntry("PGPASSWORD", "secret");
    }

    @Test
    void readsWhatSessionsThatMigrateAreLike() {
        // Given
        String shop = "slipway.targets.shop.";
        Map<String, String> properties = Map.of(
                shop + "url", "postgresql://login@h/shop",
                shop + "run-as", "owner",
                shop + "search-path", " app , $user,public",
                shop + "statement-timeout", "2h",
                shop + "idle-in-transaction-timeout", "0",
                shop + "ledger-schema", "ops");

        // When
        Target target = only(targets(properties));

        // Then
        assertThat(target.session())
                .isEqualTo(new SessionSettings(
                        "owner", List.of("app", "$user", "public"), Duration.ofHours(2), Duration.ZERO, "ops"));
        assertThat(target.migratesAs()).isEqualTo("owner");
    }

    @Test
    void migratesAsTheLoginUnlessToldOtherwise() {
        // When
        Target target = only(targets(Map.of("slipway.targets.shop.url", "postgresql://login@h/shop")));

        // Then
        assertThat(target.session()).isEqualTo(SessionSettings.DEFAULTS);
        assertThat(target.migratesAs()).isEqualTo("login");
    }

    @Test
    void readsNamedTargetsFromEnvironmentVariablesToo() {
        // When
        Target target = only(targets(
                Map.of(),
                Map.of(
                        "SLIPWAY_TARGETS_SHOP_URL",
                        "postgresql://a@h/shop",
                        "SLIPWAY_TARGETS_SHOP_LOCK_TIMEOUT",
                        "2s")));

        // Then
        assertThat(target.id()).isEqualTo(new TargetId("shop"));
        assertThat(target.lockTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void prefersTheKeysOfTargetDefaultOverTheVariables() {
        // When
        Target target = only(targets(
                Map.of(
                        "slipway.targets.default.environment", "staging",
                        "slipway.targets.default.pool.write.max-size", "2"),
                Map.of("DATABASE_URL", "postgres://u:p@h/db", "DATABASE_POOL_SIZE", "7")));

        // Then
        assertThat(target.environment()).isEqualTo("staging");
        assertThat(target.writePool().maxSize()).isEqualTo(2);
        assertThat(target.connection().host()).isEqualTo("h");
    }

    @ParameterizedTest
    @CsvSource({
        "development, '',                 prefer",
        "production,  '',                 require",
        "Production,  '',                 require",
        "production,  '?sslmode=disable', disable",
        "staging,     '?sslmode=require', require"
    })
    void protectsProductionUnlessItSaysOtherwise(String environment, String parameters, String mode) {
        // When
        Target target = only(targets(Map.of(
                "slipway.targets.a.url",
                "postgresql://u@h/db" + parameters,
                "slipway.targets.a.environment",
                environment)));

        // Then
        assertThat(target.connection().tls().mode().text()).isEqualTo(mode);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        // Given
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("slipway.targets.shop.url", "mysql://u:secret@h/db");
        properties.put("slipway.targets.shop.environment", "prod");
        properties.put("slipway.targets.shop.ssl.mode", "strict");
        properties.put("slipway.targets.shop.ssl.root-cert", "/nowhere/root.pem");
        properties.put("slipway.targets.shop.ssl.cert", "/nowhere/client.pem");
        properties.put("slipway.targets.Bad.url", "postgresql://h/db");
        properties.put("slipway.targets.two.url", "postgresql://u@one,two/db");
        properties.put("slipway.targets.par.url", "postgresql://u@h/db?schema=public");
        properties.put("slipway.targets.val.url", "postgresql://u@h/db?sslmode=verify-full&connect_timeout=0");
        properties.put("slipway.targets.none.username", "u");

        // When
        InvalidSettings refusal = catchThrowableOfType(
                InvalidSettings.class,
                () -> targets(
                        properties,
                        Map.of(
                                "DATABASE_URL", "postgresql://u@h/db",
                                "DATABASE_POOL_SIZE", "many",
                                "DATABASE_MAX_OVERFLOW", "-1")));

        // Then
        assertThat(refusal.all())
                .extracting(InvalidSetting::key)
                .containsExactlyInAnyOrder(
                        "slipway.targets.shop.url",
                        "slipway.targets.shop.environment",
                        "slipway.targets.shop.ssl.mode",
                        "slipway.targets.shop.ssl.root-cert",
                        "slipway.targets.shop.ssl.cert",
                        "slipway.targets.shop.ssl.cert",
                        "slipway.targets.Bad",
                        "slipway.targets.Bad.username",
                        "slipway.targets.two.url",
                        "slipway.targets.par.url",
                        "slipway.targets.val.url (parameter sslmode)",
                        "slipway.targets.val.url (parameter connect_timeout)",
                        "slipway.targets.none.url",
                        "DATABASE_POOL_SIZE",
                        "DATABASE_MAX_OVERFLOW");
        assertThat(refusal)
                .hasMessageContaining("strict")
                .hasMessageContaining("disable, allow, prefer, require, verify-ca, verify-full")
                .hasMessageContaining("DATABASE_POOL_SIZE = 'many': allowed is a whole number from 1 to 200")
                .hasMessageContaining("the parameter 'schema' is not honoured")
                .hasMessageContaining("exactly one host");
    }

    @ParameterizedTest
    @CsvSource({
        "pool.write.max-size, 0, from 1 to 200",
        "pool.read.max-size, lots, from 1 to 200",
        "pool.write.acquisition-timeout, 1h, from 0.1s to 10m",
        "pool.write.max-lifetime, 1s, from 10s to 24h",
        "pool.read.leak-detection-interval, soon, or 0 to switch it off",
        "pool.read.isolation, dirty, serializable",
        "lock-timeout, 0s, from 0.1s to 10m",
        "run-as, it's me, without quotes",
        "search-path, 'a\"b', without quotes",
        "ledger-schema, a\\b, without quotes",
        "statement-timeout, 100ms, from 1s to 24h",
        "idle-in-transaction-timeout, 1s, from 10s to 24h",
        "connect-timeout, 5m, from 1s to 1m"
    })
    void namesKeyValueAndBoundsOfAWrongSetting(String key, String value, String allowed) {
        assertThatThrownBy(() -> targets(Map.of(
                        "slipway.targets.shop.url", "postgresql://u@h/db", "slipway.targets.shop." + key, value)))
                .hasMessageContaining("slipway.targets.shop." + key)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @Test
    void namesAKeyThatDoesNotExist() {
        assertThatThrownBy(() -> targets(Map.of(
                        "slipway.targets.shop.url", "postgresql://u@h/db", "slipway.targets.shop.passwrd", "hunter2")))
                .hasMessageContaining("slipway.targets.shop.passwrd")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:hunter2@h/db?schema=x",
                "postgresql://u:hunter2@h:99999/db",
                "postgresql://u:hunter2@h/",
                "postgresql://u:hunter2@one,two/db",
                "postgresql://u:hunter2@one:1,x:2/db",
                "postgresql://u:hun@hunter2@h/db",
                "postgresql://u:a/hunter2@h/db",
                "postgresql://u:12/x?hunter2@h/db",
                "postgresql://u:a?hunter2@h/db",
                "postgresql://u:a#hunter2@h/db",
                "postgresql://u:%zzhunter2@h/db",
                "postgresql://u:hunter2%@h/db",
                "postgresql://u:hunter2:h/db",
                "postgres:u:hunter2@h/db",
                "u:hunter2@h/db",
                "u:hunter2",
                "mysql://u:hunter2@h/db",
                "postgresql://h/db?password=hunter2&bogus=1",
                "postgresql://u@h/db?p%61ssword=hunter2",
                "postgresql://u@h/db?password=hunter2&password=hunter2",
                "jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true",
                "postgresql://u:hunter2@h/db?sslmode=bogus",
                "postgresql://u:hunter2@h/db?sslmode=verify-full",
                "postgresql://:hunter2@h/db",
                "postgresql://u:hunter2@h/db\nx"
            })
    void neverShowsAPasswordWhateverIsWrongWithTheUrl(String url) {
        for (String key : new String[] {"url", "read-url"}) {
            // Given
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put("slipway.targets.shop.url", "postgresql://u@h/db");
            properties.put("slipway.targets.shop." + key, url);
            properties.put("slipway.targets.shop.environment", "prod");

            // When
            InvalidSettings refusal = catchThrowableOfType(InvalidSettings.class, () -> targets(properties));

            // Then
            assertThat(refusal).hasStackTraceContaining("slipway.targets.shop.");
            assertThat(refusal.toString() + refusal.all() + refusal.getCause()).doesNotContain("hunter2", "hunte");
        }
    }

    @Test
    void neverShowsAPasswordInATarget() {
        // When
        Targets targets = targets(Map.of(
                "slipway.targets.a.url", "postgresql://u:hunter2@h/db",
                "slipway.targets.a.read-url", "postgresql://u:hunter2@h2/db",
                "slipway.targets.b.url", "postgresql://h/db?user=u&password=hunter2",
                "slipway.targets.c.url", "postgresql://u@h/db",
                "slipway.targets.c.password", "hunter2"));

        // Then
        assertThat(targets.all()).hasSize(3).allSatisfy(target -> {
            assertThat(target.libpqEnvironment()).containsEntry("PGPASSWORD", "hunter2");
            assertThat(target.toString()
                            + target.connection().jdbcUrl()
                            + target.connection().address())
                    .doesNotContain("hunter2");
        });
    }

    @Test
    void neverShowsAKeyThatStandsWhereItsFileNameShould() {
        assertThatThrownBy(() -> targets(
                        Map.of(),
                        Map.of(
                                "DATABASE_URL", "postgresql://u@h/db",
                                "DATABASE_SSL_CERT", "-----BEGIN CERTIFICATE-----\nMIIabc",
                                "DATABASE_SSL_KEY", "-----BEGIN PRIVATE KEY-----\nhunter2")))
                .hasMessageContaining("DATABASE_SSL_KEY")
                .hasMessageNotContaining("hunter2");
    }
}
