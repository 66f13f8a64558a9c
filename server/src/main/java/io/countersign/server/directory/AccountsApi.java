package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.AccountStore.AccountRow;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Service accounts and agents: they ask, they never approve, and somebody answers for each. */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Directory")
final class AccountsApi {

    /** Chains cannot be circular; this is for what a fault may have left behind. */
    private static final int LONGEST_CHAIN = 20;

    private final AccountChanges changes;
    private final AccountStore accounts;
    private final HandleStore handles;
    private final Directory directory;
    private final Idempotency idempotency;

    AccountsApi(
            AccountChanges changes,
            AccountStore accounts,
            HandleStore handles,
            Directory directory,
            Idempotency idempotency) {
        this.changes = changes;
        this.accounts = accounts;
        this.handles = handles;
        this.directory = directory;
        this.idempotency = idempotency;
    }

    /** One step of the chain of owners: an account, a person or a team. */
    record OwnerView(String id, String kind, String handle, String name) {}

    /**
     * An account.
     *
     * @param accountableId the one person who answers for it, through owners that are accounts too
     * @param owners the chain of owners, the nearest first, up to the person or team at its end
     */
    record AccountView(
            String id,
            String handle,
            String name,
            String kind,
            boolean active,
            @Nullable String ownerId,
            @Nullable String owner,
            @Nullable String accountableId,
            List<OwnerView> owners,
            List<String> roles,
            String createdBy,
            Instant createdAt,
            long version) {}

    @GetMapping
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listAccounts", summary = "Accounts by handle")
    Page<AccountView> list(Caller caller, Paging paging) {
        return Page.of(
                        accounts.list(caller.organizationId(), paging.after(), paging.rows()),
                        paging,
                        AccountRow::handle)
                .map(row -> view(caller, row));
    }

    @GetMapping("/{id}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "readAccount", summary = "An account by id or @handle")
    ResponseEntity<AccountView> read(Caller caller, @PathVariable String id) {
        AccountRow row = accounts.find(caller.organizationId(), accountId(caller, id))
                .orElseThrow(() -> ProblemException.notFound("account", id));
        return EntityTag.answer(view(caller, row), row.version());
    }

    @PostMapping
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addAccount", summary = "Add a service account or agent")
    @AnswersWith(AccountView.class)
    ResponseEntity<Object> add(
            Caller caller, Origin origin, IdempotencyKey key, @RequestBody AccountChanges.NewAccount body) {
        return idempotency.once(
                caller, key, () -> Reply.of(201, view(caller, changes.add(Actor.of(caller, origin), body))));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "editAccount", summary = "Edit, deactivate or activate an account")
    ResponseEntity<AccountView> edit(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody AccountChanges.AccountEdit body) {
        AccountRow row =
                changes.edit(Actor.of(caller, origin), accountId(caller, id), EntityTag.demanded(ifMatch), body);
        return EntityTag.answer(view(caller, row), row.version());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "removeAccount", summary = "Remove an account for good; its tokens end")
    void remove(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        changes.delete(Actor.of(caller, origin), accountId(caller, id), EntityTag.offered(ifMatch));
    }

    private String accountId(Caller caller, String idOrAtHandle) {
        return handles.find(caller.organizationId(), HandleStore.ACCOUNT, idOrAtHandle)
                .orElseThrow(() -> ProblemException.notFound("account", idOrAtHandle));
    }

    private static List<OwnerView> owners(@Nullable String ownerId, DirectoryImage image) {
        List<OwnerView> chain = new ArrayList<>();
        @Nullable String next = ownerId;
        while (next != null && chain.size() < LONGEST_CHAIN) {
            String id = next;
            Optional<Principal> owner = image.principal(id);
            chain.add(new OwnerView(
                    id,
                    owner.map(one -> JsonWords.of(one.kind())).orElse("team"),
                    image.handleOf(id).orElse(id),
                    image.nameOf(id).orElse(id)));
            next = owner.map(Principal::ownerId).orElse(null);
        }
        return List.copyOf(chain);
    }

    private AccountView view(Caller caller, AccountRow row) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        @Nullable String accountable = row.accountableId() == null ? image.accountable(row.id()) : row.accountableId();
        return new AccountView(
                row.id(),
                row.handle(),
                row.name(),
                row.kind(),
                row.active(),
                row.ownerId(),
                row.ownerId() == null ? null : image.handleOf(row.ownerId()).orElse(null),
                accountable,
                owners(row.ownerId(), image),
                row.roles(),
                row.createdBy(),
                row.createdAt(),
                row.version());
    }
}
