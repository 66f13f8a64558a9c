package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.audit.BreakglassEntry.Glass;
import io.countersign.core.audit.BreakglassEntry.Reach;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import io.countersign.core.audit.FieldChange;
import io.countersign.core.audit.NotificationEntry;
import io.countersign.server.audit.EntrySamples;
import io.countersign.server.audit.LogEntry;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of which entry, and in which words. */
class NoticesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String HOSTILE = "one\r\nBcc: eve@example.org\u202e\u0000" + "\ud83d\udd25".repeat(4_000);

    /** Who must know of an emergency is told of these where an emergency is behind them. */
    private static final String TOLD = """
            action-type-added breakglass-closed breakglass-ended breakglass-not-opened breakglass-opened
            breakglass-overdue breakglass-refused breakglass-reminder breakglass-requested
            breakglass-reviewed breakglass-revoked breakglass-unneeded grant-redeemed
            notification-destination-added notification-destination-changed
            notification-destination-disabled notification-destination-enabled
            notification-destination-removed notification-secret-rotated request-approved
            request-bypassed request-executed request-opened
            """;

    /** Of these nobody is told: nothing happens in an emergency, or what is told of it is told by another entry. */
    private static final String UNTOLD = """
            account-activated account-changed account-created account-deactivated account-deleted
            ask-denied binding-created binding-removed call-refused calls-refused clock-advanced
            cluster-changed cluster-created cluster-deleted cluster-token-issued credential-confirmed
            declaration-applied environment-changed environment-created environment-deleted
            environment-frozen environment-unfrozen follow-up-done follow-up-made grant-document-made
            grant-expired grant-revoked link-made link-opened lock-out-recovered notification-delivered
            notification-destination-tested notification-failed notification-retried
            notification-unheard organization-changed organization-created password-changed
            payload-revealed permission-given permission-taken person-activated person-changed
            person-created person-deactivated person-deleted project-changed project-created
            project-deleted redemption-refused release-created reminder-asked request-cancelled
            request-denied request-expired request-reopened request-satisfiable request-unsatisfiable
            requirements-added role-changed role-created role-deleted role-given role-taken set-up-ended
            sign-in-confirmed sign-in-failed signed-in signed-out signed-out-everywhere signing-key-made
            signing-key-rotated team-changed team-created team-deleted team-member-added
            team-member-removed template-archived template-changed template-created token-made
            token-revoked ungated-executed ungated-execution vote-cast vote-refused vote-struck
            vote-withdrawn
            """;

    private final TestOrganization ours = TestOrganization.on(TestServer.shared());
    private final String ann = ours.person("ann", "developer");
    private final DirectoryImage directory = ours.server().bean(Directory.class).fresh(ours.id());

    private Glass glass(String justification) {
        return new Glass("bgs_1", "BG-7", ann, justification, "INC-4711");
    }

    private List<BreakglassEntry> everyKind(Glass glass, String text) {
        Reach reach = new Reach(List.of("release.deploy"), List.of("payments/production"), true);
        return List.of(
                new BreakglassEntry.BreakglassRequested(glass, reach, 1_800, ann, "AR-1"),
                new BreakglassEntry.BreakglassOpened(glass, reach, ann, NOW, NOW.plusSeconds(1_800), null),
                new BreakglassEntry.BreakglassNotOpened(glass, text),
                new BreakglassEntry.BreakglassRefused(glass, ann, ann, "a.b", "x/y", "sha256:0", "not-in-scope"),
                new BreakglassEntry.BreakglassUnneeded(glass, ann, ann, "a.b", "x/y", "sha256:0"),
                new BreakglassEntry.BreakglassRevoked(glass, ann, text, 60, 2, 1),
                new BreakglassEntry.BreakglassEnded(glass, "time", NOW, 1_800, 2),
                new BreakglassEntry.BreakglassReminder(glass, "idle", NOW, List.of(ann)),
                new BreakglassEntry.BreakglassClosed(
                        glass, ann, NOW, text, List.of(), text, ann, LocalDate.of(2026, 3, 31), List.of()),
                new BreakglassEntry.BreakglassReviewed(glass, ann, text, List.of()),
                new BreakglassEntry.BreakglassOverdue(glass, "closure", NOW, List.of(ann)));
    }

    private LogEntry at(String type, Entry entry, @Nullable String number) {
        return new LogEntry(ours.id(), 17, NOW, type, ann, "bgs_1", number, true, entry);
    }

    private Notices.Told told(Entry entry) {
        return Notices.of(at("breakglass-opened", entry, null), directory).orElseThrow();
    }

    @Test
    void everythingAboutASessionIsToldWithItsIncidentAndReason() {
        List<BreakglassEntry> kinds = everyKind(glass("customers cannot pay"), "because");
        Set<String> known = Stream.of(BreakglassEntry.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(kinds.stream().map(kind -> kind.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(known);
        for (BreakglassEntry kind : kinds) {
            Notice notice = told(kind).notice();
            assertThat(notice.headline()).contains("BG-7");
            assertThat(notice.page()).isEqualTo("/breakglass/BG-7");
            assertThat(notice.facts())
                    .containsEntry("incident", "INC-4711")
                    .containsEntry("justification", "customers cannot pay")
                    .containsEntry("owner", "Person ann (@ann)");
        }
    }

    @Test
    void everyKindOfEntryIsToldOrLeftUntoldOnPurpose() {
        Map<Boolean, List<String>> kinds = EntrySamples.everyKind().entrySet().stream()
                .collect(Collectors.partitioningBy(
                        kind -> Notices.of(sample(kind.getKey(), kind.getValue()), directory)
                                .isPresent(),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        assertThat(kinds.get(true)).containsExactly(TOLD.strip().split("\\s+"));
        assertThat(kinds.get(false))
                .as("a new kind of entry is put into one of the two lists")
                .containsExactly(UNTOLD.strip().split("\\s+"));
    }

    private LogEntry sample(String type, Entry entry) {
        return new LogEntry(ours.id(), 17, NOW, type, ann, null, entry.requestNumber(), entry.prominent(), entry);
    }

    @Test
    void whatChangedAboutADestinationIsSaidInWords() {
        Notice notice = told(new NotificationEntry.NotificationDestinationChanged(
                        "ntd_1",
                        "on call",
                        List.of(
                                new FieldChange("name", "pager", "on call"),
                                new FieldChange("address", null, "https://hooks.example.org"))))
                .notice();
        assertThat(notice.facts())
                .containsEntry("changes", "name: pager -> on call; address: none -> https://hooks.example.org");
    }

    @Test
    void whoIsRemindedIsToldBesides() {
        List<String> told = new ArrayList<>();
        everyKind(glass("x"), "y").forEach(kind -> {
            if (!told(kind).addressees().isEmpty()) {
                told.add(kind.getClass().getSimpleName());
                assertThat(told(kind).addressees()).containsExactly(ann);
            }
        });
        assertThat(told).containsExactly("BreakglassReminder", "BreakglassOverdue");
    }

    @Test
    void anEmergencyWorkflowIsToldFromItsKindToItsOutcome() {
        List<String> headlines = Stream.of(true, false)
                .flatMap(emergency -> workflow(emergency).stream())
                .flatMap(entry -> Notices.of(at("request-opened", entry, "AR-1"), directory).stream())
                .map(told -> told.notice().headline())
                .toList();
        assertThat(headlines)
                .containsExactly(
                        "There is a new kind of emergency action: service.restore",
                        "Person ann (@ann) asks for an emergency change: service.restore on payments/production (AR-1)",
                        "The emergency change AR-1 was approved",
                        "The emergency grant of AR-1 was used",
                        "What AR-1 did in the emergency: succeeded");
    }

    private List<Entry> workflow(boolean emergency) {
        return List.of(
                new DirectoryEntry.ActionTypeAdded(
                        "service.restore", "Restore", "high", "environment", true, emergency),
                new ApprovalEntry.RequestOpened(
                        "AR-1",
                        ann,
                        ann,
                        "service.restore",
                        "payments/production",
                        "sha256:0",
                        "customers cannot pay",
                        NOW,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        emergency),
                new ApprovalEntry.RequestApproved("AR-1", "grant_1", NOW, NOW, List.of(ann), emergency),
                new ApprovalEntry.GrantRedeemed("AR-1", "grant_1", "e", ann, "sha256:0", null, emergency),
                new ApprovalEntry.RequestExecuted("AR-1", "e", "succeeded", null, null, null, emergency));
    }

    @Test
    void onlyUsesThatRestOnASessionAreTold() {
        ApprovalEntry.GrantRedeemed ordinary =
                new ApprovalEntry.GrantRedeemed("AR-1", "grant_1", "e", ann, "sha256:0", null, false);
        ApprovalEntry.GrantRedeemed emergency =
                new ApprovalEntry.GrantRedeemed("AR-1", "grant_1", "e", ann, "sha256:0", "bgs_1", false);
        assertThat(Notices.concerns(at("grant-redeemed", ordinary, "AR-1"))).isFalse();
        assertThat(Notices.of(at("grant-redeemed", ordinary, "AR-1"), directory))
                .isEmpty();
        assertThat(Notices.of(at("grant-redeemed", emergency, "AR-1"), directory)
                        .orElseThrow()
                        .notice()
                        .page())
                .isEqualTo("/approvals/AR-1");
        NotificationEntry.NotificationFailed failed = new NotificationEntry.NotificationFailed(
                "ntf_1", "ntd_1", "webhook", "breakglass-opened", 3, null, 10, "x");
        assertThat(Notices.concerns(at("notification-failed", failed, null)))
                .as("a failure is not told, or it would be told for ever")
                .isFalse();
    }

    @Test
    void noTextBecomesASecondLineOrTooMuch() {
        Envelope envelope = ours.server().bean(Envelope.class);
        MailText mail = ours.server().bean(MailText.class);
        for (BreakglassEntry kind : everyKind(glass(HOSTILE), HOSTILE)) {
            Notice notice = told(kind).notice();
            notice.facts()
                    .values()
                    .forEach(value -> assertThat(value)
                            .doesNotContain("\n", "\r", "\u202e", "\u0000")
                            .hasSizeLessThan(1_010));
            byte[] body = envelope.write(ours.id(), ours.handle(), "ntf_1", notice);
            assertThat(body).hasSizeLessThan(20_000);
            assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("\ufffd");
            assertThat(MailText.subject(notice)).doesNotContain("\n", "\r");
            assertThat(mail.body("Acme", notice).lines().filter(line -> line.startsWith("Bcc")))
                    .isEmpty();
        }
    }
}
