package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.plugin.Verdict.OnFinding;
import java.util.Optional;

/**
 * How much of one kind was found in one column of a result, and never what.
 *
 * @param rule the rule that asked
 * @param detector its name in the policy
 * @param version of the detector's definition
 * @param result which of the command's results, from 1; 0 if there were too many to say
 * @param column which of its columns, from 1, or 0; the label is the caller's own words and not
 *     told
 * @param origin the column of a relation that it is, where the server says so
 * @param kind what was found
 * @param own whether the kind is a pattern of the policy's own
 * @param action what became of it
 * @param count how many
 */
public record Found(
    String rule,
    String detector,
    String version,
    int result,
    int column,
    Optional<ColumnOrigin> origin,
    String kind,
    boolean own,
    OnFinding action,
    long count) {}
