package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.cli.JournalFolder.Printed;
import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/reading-the-journal.md shows is what the commands take and print. */
class ReadingDocumentTest {
  private static final Pattern BLOCK =
      Pattern.compile("```\\n\\$ gatehouse (.*?)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SESSION =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String TIME = "2\\d{3}-\\d\\d-\\d\\dT[0-9:.]+Z";

  /** As the page has it. */
  private static final String TEXT = "select balance from core . accounts where id = ?";

  @TempDir private Path folder;

  /** A bind of int4 in text. */
  private record One(ByteBuf wire) implements Binds {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public int declaredTypes() {
      return 1;
    }

    @Override
    public String type(int index) {
      return "23";
    }

    @Override
    public boolean binary(int index) {
      return false;
    }

    @Override
    public Value value(int index) {
      return new Value.Int(4711);
    }

    @Override
    public void raw(int index, Raw to) {
      to.value(wire, 0, wire.readableBytes());
    }
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/reading-the-journal.md"));
  }

  private void record() throws Exception {
    try (RecordedJournal gate = RecordedJournal.in(folder);
        RecordedJournal.Speaker alice = gate.speaker("alice", "core")) {
      Binds binds = new One(Unpooled.copiedBuffer("4711", StandardCharsets.UTF_8));
      String sql = TEXT.replace("?", "$1");
      long intent =
          alice.append(
              RecordedJournal.intent(1, sql, TEXT, "core.accounts", binds), SessionJournal.NOTHING);
      alice.append(new CommandRecord.Result(0, true, result(), false), intent);
      alice.append(RecordedJournal.outcome(), intent);
      alice.countsOne();
    }
  }

  private static ByteBuf result() {
    ByteBuf out = Unpooled.buffer().writeByte('T').writeInt(4 + 2 + 8 + 18).writeShort(1);
    out.writeCharSequence("balance\0", StandardCharsets.UTF_8);
    out.writeInt(0).writeShort(0).writeInt(1700).writeShort(-1).writeInt(-1).writeShort(0);
    out.writeByte('D').writeInt(4 + 2 + 4 + 5).writeShort(1).writeInt(5);
    out.writeCharSequence("12.50", StandardCharsets.UTF_8);
    out.writeByte('C').writeInt(4 + 9);
    out.writeCharSequence("SELECT 1\0", StandardCharsets.UTF_8);
    return out;
  }

  @Test
  void whatIsShown_isWhatIsPrinted() throws Exception {
    JournalFolder journal = JournalFolder.in(folder);
    record();
    String session = session(journal);
    int blocks = 0;
    Matcher block = BLOCK.matcher(page());
    while (block.find()) {
      List<String> words = new ArrayList<>();
      for (String word : block.group(1).split(" ", -1)) {
        words.add(inPlace(word, session));
      }
      if (words.get(1).equals("verify")) {
        words.set(2, folder.resolve(words.get(2)).toString());
      }
      Printed printed = JournalFolder.run(words.toArray(String[]::new));
      assertThat(printed.code()).as(block.group() + printed.err()).isZero();
      if (!block.group(2).isEmpty()) {
        assertThat(like(printed.out())).isEqualTo(like(block.group(2)));
      }
      blocks++;
    }
    assertThat(blocks).isGreaterThanOrEqualTo(6);
  }

  private String inPlace(String word, String session) {
    if (SESSION.matcher(word).matches()) {
      return session;
    }
    return Set.of("gatehouse.yaml", "keys", "verifier.key").contains(word)
        ? folder.resolve(word).toString()
        : word;
  }

  private static String session(JournalFolder journal) {
    Matcher found =
        SESSION.matcher(
            JournalFolder.run("journal", "sessions", "--config", journal.config()).out());
    assertThat(found.find()).isTrue();
    return found.group();
  }

  /** Times and sessions are others each time. */
  private static String like(String printed) {
    return SESSION.matcher(printed.replaceAll(TIME, "TIME")).replaceAll("SESSION");
  }

  @Test
  void everyCommand_andEveryOption_isExplained() throws IOException {
    String page = page();
    CommandLine group = JournalCommand.group();
    Set<String> names = new HashSet<>();
    group
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(page).contains("gatehouse journal " + name);
              command.getCommandSpec().optionsMap().keySet().stream()
                  .filter(option -> option.startsWith("--"))
                  .forEach(names::add);
            });
    names.removeAll(Set.of("--help", "--version", "--since"));
    assertThat(names).isNotEmpty().allSatisfy(option -> assertThat(page).contains(option));
  }
}
