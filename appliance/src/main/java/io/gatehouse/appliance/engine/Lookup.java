package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.verdict.Context;
import io.gatehouse.appliance.verdict.Context.Reading;
import io.gatehouse.appliance.verdict.Digest;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is known of a session's texts, and has found out what is not. Owned by the session's
 * event loop. A text that is known costs a hash and a lookup, and no allocation.
 */
final class Lookup {
  private final Court court;
  private final Caller caller;
  private final Target target;
  private final Upstream upstream;
  private final CatalogKey place;
  private final String encodingSetting;
  private final KeyedHash hash;
  private final Digest wanted = new Digest();

  private @Nullable Context context;
  private long contextNumber;
  private Policy policy;

  /** The last one, in case the cache did not take its result. */
  private @Nullable Analysis analysis;

  Lookup(Court court, Caller caller, Target target, Upstream upstream) {
    this.court = court;
    this.caller = caller;
    this.upstream = upstream;
    this.target = target;
    this.encodingSetting = court.dialects().of(target.protocol()).encodingSetting();
    this.place = CatalogKey.of(upstream);
    this.hash = new KeyedHash(court.key());
    this.policy = court.policy().current();
  }

  /** The policy of the last {@link #find}. */
  Policy policy() {
    return policy;
  }

  /** By which rule nothing is kept of what was not read; empty without one. */
  String omitsUnread() {
    return court.policy().current().omitsUnread(target, place.database()).orElse("");
  }

  /** Null if it has to be found out. */
  @Nullable Known find(Case asked) {
    return find(
        asked.submission().session(), asked.names(), asked.text(), asked.several(), asked.binds());
  }

  /** The same, without a case to be made for what is known already. */
  @Nullable Known find(
      SessionView session, NameState names, ByteBuf text, boolean several, Binds binds) {
    refreshContext(session, names);
    hash.reset().add(contextNumber).add(several ? 1L : 0L);
    int types = binds.declaredTypes();
    hash.add((long) types);
    for (int i = 0; i < types; i++) {
      add(binds.type(i));
    }
    wanted.set(hash.add(text).finish());
    Known known = court.cache().get(wanted);
    if (known == null && analysis != null && analysis.digest().equals(wanted)) {
      known = analysis.result();
    }
    return known;
  }

  private void add(String type) {
    hash.add((long) type.length());
    for (int i = 0; i < type.length(); i++) {
      hash.add((byte) type.charAt(i));
    }
  }

  /** The same number as before as long as nothing of it has changed. */
  private void refreshContext(SessionView session, NameState names) {
    policy = court.policy().current();
    long catalog = court.catalogs().version(place);
    String encoding = or(session.setting(encodingSetting));
    boolean standard = "on".equals(session.setting("standard_conforming_strings"));
    Context last = context;
    if (last != null
        && last.policy() == policy.version()
        && last.catalog() == catalog
        && last.names().equals(names)
        && last.reading().standardStrings() == standard
        && last.reading().encoding().equals(encoding)) {
      return;
    }
    Context fresh =
        new Context(
            policy.relevant(caller),
            place,
            upstream.role() == null ? upstream.credential().user() : upstream.role(),
            or(session.setting("server_version")),
            new Reading(standard, encoding),
            names,
            catalog,
            policy.version());
    context = fresh;
    contextNumber = court.contexts().number(fresh);
  }

  private static String or(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** What comes of wanting to know. */
  enum Finding {
    UNDER_WAY,
    TOO_LONG,
    TOO_MANY,
    NO_CATALOG
  }

  /** Starts to find out what the last {@link #find} did not; the case is asked again then. */
  Finding start(Case asked) {
    if (asked.text().readableBytes() > court.maximumBytes()) {
      court.analyses().reached(Limit.ANALYSIS_BYTES);
      return Finding.TOO_LONG;
    }
    Catalog catalog = court.catalogs().current(place);
    Context under = context;
    if (catalog == null || under == null) {
      return Finding.NO_CATALOG;
    }
    if (under.catalog() != catalog.version()) {
      asked.again();
      return Finding.UNDER_WAY;
    }
    Analysis next =
        new Analysis(
            court,
            new Analysis.Question(wanted.copy(), under, target, catalog, policy, asked.several()),
            ByteBufUtil.getBytes(asked.text()),
            again(asked));
    if (!court.analyses().start(next)) {
      return Finding.TOO_MANY;
    }
    analysis = next;
    next.expiresBy(court.analyses().after(court.analyses().limit(), () -> expire(next)));
    return Finding.UNDER_WAY;
  }

  private void expire(Analysis late) {
    if (late.result() == null) {
      court.analyses().reached(Limit.ANALYSIS_MILLIS);
      late.expire();
    }
  }

  /** The case itself must not be kept: it belongs to a submission that may be withdrawn. */
  private static Runnable again(Case asked) {
    long sequence = asked.submission().sequence();
    var reply = asked.reply();
    return () -> reply.again(sequence);
  }
}
