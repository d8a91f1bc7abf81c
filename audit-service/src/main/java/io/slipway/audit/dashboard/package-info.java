/**
 * The pages: the list of runs and one run, rendered on the server from the same views as the HTTP interface; htmx fetches
 * what changed. No script of our own, nothing from elsewhere.
 */
@NullMarked
package io.slipway.audit.dashboard;

import org.jspecify.annotations.NullMarked;
