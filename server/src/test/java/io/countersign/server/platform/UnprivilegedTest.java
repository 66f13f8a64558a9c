package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On machines that allow these commands and no others. */
class UnprivilegedTest {

    private static final String NAMESPACE = "unshare -U true";
    private static final String COUNTERSIGN = "id -u countersign";
    private static final String POSTGRES = "id -u postgres";
    private static final String NOBODY = "id -u nobody";

    private static String command(String user, String... allowed) {
        Set<String> machine = Set.of(allowed);
        return String.join(
                " ",
                Unprivileged.detect(user, command -> machine.contains(String.join(" ", command)))
                        .command(List.of("postgres", "-D", "data")));
    }

    @Test
    void anOrdinaryUserStartsPostgresAsItself() {
        assertThat(command("ada", NAMESPACE, COUNTERSIGN)).isEqualTo("postgres -D data");
    }

    @Test
    void rootStartsItInAUserNamespace() {
        assertThat(command("root", NAMESPACE, COUNTERSIGN)).isEqualTo("unshare -U postgres -D data");
    }

    @Test
    void rootStartsItAsTheFirstServiceUserWhereNamespacesAreForbidden() {
        String postgres = "setpriv --reuid=postgres --init-groups -- ";
        assertThat(command("root", POSTGRES, NOBODY, postgres + "true")).isEqualTo(postgres + "postgres -D data");
        String countersign = "setpriv --reuid=countersign --init-groups -- ";
        assertThat(command("root", COUNTERSIGN, POSTGRES, countersign + "true"))
                .isEqualTo(countersign + "postgres -D data");
        assertThat(command("root", NOBODY)).isEqualTo("runuser -u nobody -- postgres -D data");
    }

    @Test
    void rootWithoutAnyOfThemIsToldToBeSomebodyElse() {
        assertThatThrownBy(() -> command("root"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("start the server as an ordinary user");
    }
}
