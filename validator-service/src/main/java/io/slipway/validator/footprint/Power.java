package io.slipway.validator.footprint;

/** What a role must be allowed to on the server as a whole. */
public enum Power {
    SUPERUSER,
    CREATEROLE,
    CREATEDB
}
