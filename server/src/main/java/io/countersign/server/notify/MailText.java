package io.countersign.server.notify;

import io.countersign.server.platform.PublicAddress;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Writes a notice as a mail of plain text. */
@Component
class MailText {

    private static final int WIDTH = 20;

    private final PublicAddress address;

    MailText(PublicAddress address) {
        this.address = address;
    }

    static String subject(Notice notice) {
        return "[Countersign] " + notice.headline();
    }

    String body(String organization, Notice notice) {
        StringBuilder text = new StringBuilder(600).append(notice.headline()).append(".\n\n");
        line(text, "when", notice.at().truncatedTo(ChronoUnit.SECONDS).toString());
        notice.facts().forEach((name, value) -> line(text, name, value));
        text.append('\n').append(address.url()).append(notice.page()).append("\n\n-- \n");
        if (notice.type().equals(Notice.TEST)) {
            return text.append("Sent by Countersign on somebody's request, to see whether mail arrives. Organization ")
                    .append(organization)
                    .append(".\n")
                    .toString();
        }
        return text.append("Sent by Countersign. Organization ")
                .append(organization)
                .append(", entry ")
                .append(notice.leafIndex())
                .append(" of its audit log.\nThis link decides nothing; you sign in there. ")
                .append("Messages about emergencies cannot be switched off.\n")
                .toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        String words = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        String label = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ":";
        text.append(label)
                .append(" ".repeat(Math.max(1, WIDTH - label.length())))
                .append(value)
                .append('\n');
    }
}
