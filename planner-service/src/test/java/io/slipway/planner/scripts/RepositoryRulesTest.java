package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/shop.git",
                "https://git.example.org:8443/team/shop",
                "ssh://git@git.example.org:2222/team/shop.git",
                "ssh://git.example.org/~ada/shop",
                "git@git.example.org:team/shop.git",
                "git@git.example.org:/srv/shop.git",
                "https://[::1]/shop",
                "file:///srv/git/shop.git"
            })
    void takesThePlainFormsOfAUrl(String url) throws Unreadable {
        assertThat(RepositoryUrl.parse(url).text()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada:hunter2@git.example.org/shop",
                "https://token@git.example.org/shop",
                "ssh://git:hunter2@git.example.org/shop",
                "http://git.example.org/shop",
                "git://git.example.org/shop",
                "ext::sh -c date",
                "/srv/git/shop.git",
                "file://host/srv/shop.git",
                "file:///srv/../etc",
                "https://git.example.org/shop/../evil",
                "https://git.example.org/shop/%2e%2e/evil",
                "https://git.example.org/shop?token=hunter2",
                "https://git.example.org/shop#x",
                "https://git.example.org\\@evil.net/shop",
                "https://git.example.org//shop",
                "https://git.example.org/shop/",
                "https://git.example.org",
                "git@git.example.org:-oProxyCommand=x",
                "-oProxyCommand=x@host:shop",
                "https://git.example.org/shop\nx",
                ""
            })
    void refusesEveryOtherFormWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RepositoryUrl.parse(url))
                .isInstanceOfSatisfying(
                        Unreadable.class, e -> assertThat(e.failure().code()).isEqualTo("REPOSITORY_URL_UNUSABLE"))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.org/shop/*,   https://git.example.org/shop/db.git,    true",
        "https://git.example.org/shop/*,   https://git.example.org/shop/a/b,       false",
        "https://git.example.org/shop/*,   https://git.example.org.evil.net/shop/a, false",
        "https://git.example.org/*/db.git, https://git.example.org/shop/db.git,    true",
        "https://git.example.org/shop.git, https://git.example.org/shopXgit,       false",
        "https://git.example.org/shop,     https://git.example.org/shop,           true",
        "https://git.example.org/shop,     https://git.example.org/shop.git,       false",
        "git@git.example.org:shop/*,       git@git.example.org:shop/db.git,        true"
    })
    void takesAStarForTextWithinASegment(String pattern, String url, boolean listed) throws Unreadable {
        assertThat(RepositoryRules.listed(List.of(pattern), RepositoryUrl.parse(url)))
                .isEqualTo(listed);
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.org,      https://git.example.org/shop/db.git,     true",
        "https://git.example.org/,     https://git.example.org/shop/db.git,     true",
        "https://git.example.org,      https://git.example.org.evil.net/shop,   false",
        "https://git.example.org,      https://git.example.org:8443/shop,       false",
        "https://git.example.org/shop, https://git.example.org/shop,            true",
        "https://git.example.org/shop, https://git.example.org/shopping,        false",
        "git@git.example.org:,         git@git.example.org:shop/db.git,         true",
        "git@git.example.org:shop,     git@git.example.org:shop/db.git,         true"
    })
    void takesAPrefixUpToTheEndOfASegmentOnly(String prefix, String url, boolean below) throws Unreadable {
        assertThat(RepositoryRules.below(prefix, RepositoryUrl.parse(url))).isEqualTo(below);
    }

    @Test
    void listsNothingWithoutPatterns() throws Unreadable {
        assertThat(RepositoryRules.listed(List.of(), RepositoryUrl.parse("https://git.example.org/shop")))
                .isFalse();
    }
}
