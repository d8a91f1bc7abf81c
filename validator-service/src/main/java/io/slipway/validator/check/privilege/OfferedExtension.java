package io.slipway.validator.check.privilege;

import io.slipway.validator.footprint.WantedExtension;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of an extension that a plan wants.
 *
 * @param known whether its files are there
 * @param installed the version that the database has
 * @param versionKnown whether it can be installed in the version that is wanted
 * @param superuser whether only superusers may
 * @param trusted whether everybody may who may create schemas
 */
record OfferedExtension(
        WantedExtension wanted,
        boolean known,
        @Nullable String installed,
        boolean versionKnown,
        boolean superuser,
        boolean trusted) {}
