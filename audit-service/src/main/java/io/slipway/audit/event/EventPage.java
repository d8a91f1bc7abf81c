package io.slipway.audit.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some stored events, in the order of arrival.
 *
 * @param next the {@code after} of the next page, absent when this one is empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventPage(List<EventView> events, @Nullable Long next) {}
