package io.slipway.validator.catalog;

/**
 * A statement that would make a part of the target's schema as it is.
 *
 * @param object what it is about, for people
 */
record Definition(String object, String sql) {}
