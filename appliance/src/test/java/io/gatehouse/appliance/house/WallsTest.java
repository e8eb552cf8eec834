package io.gatehouse.appliance.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the enforcer cannot see because it is finer than a module. Before a rule is widened, {@code
 * docs/decisions/001} wants to be read.
 */
class WallsTest {
  private static final String PLUGIN_API = "io.gatehouse.plugin..";
  private static final String PLUGINS = "io.gatehouse.plugins..";
  private static final String VERIFIER = "io.gatehouse.verifier..";
  private static final String SPI = "io.gatehouse.spi..";
  private static final String APPLIANCE = "io.gatehouse.appliance..";
  private static final String[] PROTOCOLS = {
    "io.gatehouse.postgres..", "io.gatehouse.mysql..", "io.gatehouse.mcp.."
  };

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.gatehouse");

  @Test
  void the_plugin_api_depends_on_the_jdk_and_jspecify_only() {
    classes()
        .that()
        .resideInAPackage(PLUGIN_API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(PLUGIN_API, "java..", "org.jspecify..")
        .check(HOUSE);
  }

  @Test
  void a_plugin_depends_on_the_jdk_and_the_plugin_api_only() {
    classes()
        .that()
        .resideInAPackage(PLUGINS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(PLUGINS, PLUGIN_API, "java..", "javax.net..", "org.jspecify..")
        .check(HOUSE);
  }

  @Test
  void pf4j_is_known_where_plugins_are_loaded_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gatehouse.appliance.plugin")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.pf4j..")
        .check(HOUSE);
  }

  @Test
  void the_verifier_depends_on_the_jdk_and_jspecify_only() {
    classes()
        .that()
        .resideInAPackage(VERIFIER)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(VERIFIER, "java..", "org.jspecify..")
        .check(HOUSE);
  }

  @Test
  void the_verifier_is_known_where_a_journal_is_sealed_or_verified_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            VERIFIER, "io.gatehouse.appliance.journal..", "io.gatehouse.appliance.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VERIFIER)
        .check(HOUSE);
  }

  @Test
  void the_port_knows_neither_a_protocol_nor_the_appliance() {
    noClasses()
        .that()
        .resideInAPackage(SPI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROTOCOLS)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(APPLIANCE)
        .check(HOUSE);
  }

  @Test
  void a_protocol_knows_no_policy_and_of_the_plugin_api_only_values() {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOLS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(APPLIANCE)
        .orShould()
        .dependOnClassesThat(
            describe("are of the plugin API, but not a Value", WallsTest::pluginTypeBesideValue))
        .check(HOUSE);
  }

  @Test
  void the_appliance_uses_the_front_room_of_a_protocol_only() {
    noClasses()
        .that()
        .resideInAPackage(APPLIANCE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gatehouse.postgres.*..", "io.gatehouse.mysql.*..", "io.gatehouse.mcp.*..")
        .check(HOUSE);
  }

  @Test
  void channels_are_handled_by_protocols_the_port_and_the_gates_own_listeners_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(PROTOCOLS)
        .and()
        .resideOutsideOfPackages(
            SPI, "io.gatehouse.appliance.management..", "io.gatehouse.appliance.desk..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty.channel..")
        .check(HOUSE);
  }

  @Test
  void chronicle_is_known_to_the_tail_of_the_journal_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gatehouse.appliance.journal.tail")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.openhft..")
        .check(HOUSE);
  }

  @Test
  void databases_by_jdbc_are_known_to_the_control_store_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.gatehouse.appliance.control", "io.gatehouse.appliance.demo")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..")
        .check(HOUSE);
  }

  @Test
  void xml_is_read_where_responses_of_saml_are_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gatehouse.appliance.identity.saml")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..")
        .check(HOUSE);
  }

  @Test
  void nothing_sleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .check(HOUSE);
  }

  private static boolean pluginTypeBesideValue(JavaClass type) {
    String value = "io.gatehouse.plugin.Value";
    return type.getPackageName().startsWith("io.gatehouse.plugin")
        && !type.getPackageName().startsWith("io.gatehouse.plugins")
        && !type.getName().equals(value)
        && !type.getName().startsWith(value + "$");
  }
}
