package io.slipway.validator.check.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.FootprintReader;
import io.slipway.validator.footprint.Power;
import io.slipway.validator.footprint.WantedExtension;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivilegePolicyTest {
    private static final Role PLAIN = new Role("app", Set.of(), false, false, false);
    private static final Rights ALL = new Rights(List.of(), List.of(), List.of());
    private static final Rights NONE =
            new Rights(List.of("public.a (owner ann)"), List.of("INSERT on public.b"), List.of("shop"));

    @Test
    void namesEverythingThatIsMissing() {
        // When
        Judgement judgement =
                PrivilegePolicy.privileges(PLAIN, NONE, footprint("CREATE SCHEMA s; ALTER SYSTEM RESET ALL"));

        // Then
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.detail())
                .isEqualTo(
                        "The role 'app' lacks: ownership of public.a (owner ann), INSERT on public.b, CREATE on schema shop, CREATE on the database, SUPERUSER for ALTER SYSTEM.");
    }

    @Test
    void letsASuperuserDoEverythingButWriteReadOnly() {
        // Given
        Role superuser = new Role("postgres", Set.of(Power.values()), false, true, false);
        Role readOnly = new Role("postgres", Set.of(Power.values()), false, true, true);

        // When, Then
        assertThat(PrivilegePolicy.privileges(superuser, NONE, footprint("SELECT 1"))
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(PrivilegePolicy.privileges(readOnly, ALL, footprint("SELECT 1"))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void doesNotKnowAboutARoleThatThePlanChangesTo() {
        assertThat(PrivilegePolicy.privileges(PLAIN, NONE, footprint("SET ROLE ann; SELECT 1"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  -,   true,  false, false, false, FAILED
            true,  -,   true,  true,  false, true,  FAILED
            true,  -,   true,  true,  true,  true,  PASSED
            true,  -,   true,  true,  true,  false, FAILED
            true,  -,   false, false, true,  true,  FAILED
            false, -,   false, false, true,  true,  FAILED
            true,  1.0, true,  true,  false, false, PASSED
            """)
    void judgesAnExtensionByServerAndRole(
            boolean known,
            @Nullable String installed,
            boolean versionKnown,
            boolean superuser,
            boolean createsSchemas,
            boolean trusted,
            Outcome outcome) {
        // Given
        Role role = new Role("app", Set.of(), false, createsSchemas, false);
        OfferedExtension extension = new OfferedExtension(
                new WantedExtension("citext", null, true), known, installed, versionKnown, superuser, trusted);

        // When
        Judgement judgement = PrivilegePolicy.extensions(role, List.of(extension));

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
    }

    @Test
    void leavesItToTheHostWhatItsAdministratorsMayCreate() {
        // Given
        Role administrator = new Role("admin", Set.of(), true, true, false);
        OfferedExtension extension =
                new OfferedExtension(new WantedExtension("postgis", null, false), true, null, true, true, false);

        // When
        Judgement judgement = PrivilegePolicy.extensions(administrator, List.of(extension));

        // Then
        assertThat(judgement.outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private static Footprint footprint(String sql) {
        return new FootprintReader("public").read("V1__test.sql", sql).footprint();
    }
}
