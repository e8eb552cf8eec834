package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How to reach a Vault, and as whom.
 *
 * @param address without a path
 * @param tls whom to trust; empty for those that the Java runtime trusts
 */
record VaultConfig(
    URI address, Optional<SSLContext> tls, Optional<String> namespace, VaultAuth auth) {
  private static final Set<String> KEYS =
      Set.of(
          "address",
          "without-tls",
          "ca",
          "namespace",
          "auth",
          "mount",
          "token-file",
          "role-id-file",
          "secret-id-file",
          "role",
          "jwt-file");
  private static final String IN_THE_CLEAR = "send-everything-unencrypted";
  private static final String SERVICE_ACCOUNT =
      "/var/run/secrets/kubernetes.io/serviceaccount/token";

  /** What may stand between slashes of a path of the API. */
  static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*");

  static VaultConfig of(SourceSettings settings) throws UnusableSettingException {
    settings.refuseOthers(KEYS);
    Optional<String> namespace = settings.find("namespace");
    if (namespace.isPresent()) {
      requirePath("namespace", namespace.get());
    }
    return new VaultConfig(address(settings), tls(settings), namespace, auth(settings));
  }

  private static URI address(SourceSettings settings) throws UnusableSettingException {
    URI address;
    try {
      address = URI.create(settings.require("address"));
    } catch (IllegalArgumentException e) {
      throw new UnusableSettingException("address is not a URL");
    }
    boolean plain = "http".equals(address.getScheme());
    boolean wanted = settings.find("without-tls").filter(IN_THE_CLEAR::equals).isPresent();
    boolean bare =
        (address.getRawPath() == null || address.getRawPath().matches("/?"))
            && address.getRawQuery() == null
            && address.getRawUserInfo() == null
            && address.getRawFragment() == null;
    if (address.getHost() == null || !bare || !(plain || "https".equals(address.getScheme()))) {
      throw new UnusableSettingException("address must be https://HOST:PORT and nothing else");
    }
    if (plain != (wanted || settings.find("without-tls").isPresent()) || (plain && !wanted)) {
      throw new UnusableSettingException(
          "address is "
              + address.getScheme()
              + ":, and without-tls: "
              + IN_THE_CLEAR
              + " goes with http: and nothing else");
    }
    return address;
  }

  private static Optional<SSLContext> tls(SourceSettings settings) throws UnusableSettingException {
    Optional<String> file = settings.find("ca");
    return file.isEmpty() ? Optional.empty() : Optional.of(trusting(settings.path(file.get())));
  }

  private static SSLContext trusting(Path ca) throws UnusableSettingException {
    try (InputStream in = Files.newInputStream(ca)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + count++, certificate);
      }
      if (count == 0) {
        throw new UnusableSettingException("ca: there is no certificate in " + ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableSettingException("ca: " + ca + " cannot be used: " + e);
    }
  }

  private static VaultAuth auth(SourceSettings settings) throws UnusableSettingException {
    String method = settings.require("auth");
    String mount = settings.find("mount").orElse(method);
    requirePath("mount", mount);
    return switch (method) {
      case "token" -> new VaultAuth.Token(file(settings, "token-file"));
      case "approle" ->
          new VaultAuth.AppRole(
              mount,
              file(settings, "role-id-file"),
              settings.find("secret-id-file").map(settings::path));
      case "kubernetes" ->
          new VaultAuth.Kubernetes(
              mount,
              settings.require("role"),
              settings.path(settings.find("jwt-file").orElse(SERVICE_ACCOUNT)));
      default -> throw new UnusableSettingException("auth must be token, approle or kubernetes");
    };
  }

  private static Path file(SourceSettings settings, String key) throws UnusableSettingException {
    return settings.path(settings.require(key));
  }

  private static void requirePath(String key, String value) throws UnusableSettingException {
    if (!PATH.matcher(value).matches()) {
      throw new UnusableSettingException(key + " is not a path of the API");
    }
  }
}
