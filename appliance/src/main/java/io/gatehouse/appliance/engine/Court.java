package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalogs;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.policy.ActivePolicy;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.verdict.Contexts;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.VerdictCache;
import java.time.InstantSource;

/**
 * What all sessions decide by. Thread-safe.
 *
 * @param policy the rules in force
 * @param catalogs what the targets hold
 * @param dialects how text is read
 * @param cache the verdicts that are known
 * @param contexts the numbers of contexts
 * @param key the secret under which texts are hashed
 * @param analyses the threads that read text
 * @param clock the time that rules see
 * @param masks what masks stand for
 * @param findings who is told of what detectors find
 * @param pins which definitions of tools count
 * @param begun what names mean where no session of the caller's own can be asked
 * @param maximumBytes a longer text is not analysed
 */
public record Court(
    ActivePolicy policy,
    Catalogs catalogs,
    Dialects dialects,
    VerdictCache cache,
    Contexts contexts,
    KeyedHash.Key key,
    Analyses analyses,
    InstantSource clock,
    PolicyMasks masks,
    FindingObserver findings,
    PinBook pins,
    BegunSessions begun,
    long maximumBytes) {}
