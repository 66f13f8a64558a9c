package io.countersign.server.policy;

import io.countersign.core.audit.PolicyEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Epochs;
import io.countersign.server.platform.Errand;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.policy.RecoveryStore.GateOfRules;
import java.io.PrintStream;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way back in for an organization that can change its policies no longer: removes one binding that gates them, past
 * every rule, and says so in the log where nobody overlooks it.
 */
@Component
class RecoverErrand implements Errand {

    private final TransactionTemplate transactions;
    private final RecoveryStore gates;
    private final PolicyStore policies;
    private final Epochs epochs;
    private final AuditLog log;

    RecoverErrand(
            TransactionTemplate transactions, RecoveryStore gates, PolicyStore policies, Epochs epochs, AuditLog log) {
        this.transactions = transactions;
        this.gates = gates;
        this.policies = policies;
        this.epochs = epochs;
        this.log = log;
    }

    @Override
    public String name() {
        return "recover";
    }

    @Override
    public void run(List<String> arguments, PrintStream out) {
        List<GateOfRules> there = gates.gatesOfRules();
        if (arguments.isEmpty()) {
            list(there, out);
            return;
        }
        if (arguments.size() != 2 || !arguments.getFirst().equals("--binding")) {
            throw new StartRefused("recover takes --binding ID and the settings of the server; without it, it lists");
        }
        GateOfRules gate = there.stream()
                .filter(one -> one.bindingId().equals(arguments.get(1)))
                .findFirst()
                .orElseThrow(() -> new StartRefused("there is no binding `" + arguments.get(1)
                        + "` that gates the change of policies; run recover without --binding to see them"));
        if (gates.otherServers() > 0) {
            throw new StartRefused("a server is running on this database: stop it first, and recover then");
        }
        remove(gate);
        out.println("Removed " + gate.bindingId() + " (`" + gate.template() + "` in " + gate.organization()
                + "). The log says so. Start the server, and bind a policy that enough people can meet.");
    }

    private static void list(List<GateOfRules> there, PrintStream out) {
        if (there.isEmpty()) {
            out.println("No binding gates the change of policies.");
            return;
        }
        out.println("These bindings gate the change of policies:");
        there.forEach(
                gate -> out.println("  " + gate.bindingId() + "  `" + gate.template() + "` in " + gate.organization()));
        out.println("Remove one with: countersign recover --binding ID");
    }

    private void remove(GateOfRules gate) {
        transactions.executeWithoutResult(_ -> {
            Actor actor = Actor.system(gate.organizationId());
            long epoch = epochs.change(gate.organizationId());
            policies.changed(gate.organizationId(), epoch);
            String templateId = policies.binding(gate.organizationId(), gate.bindingId())
                    .orElseThrow()
                    .binding()
                    .templateId();
            policies.endBinding(gate.organizationId(), gate.bindingId(), actor.principalId(), policies.now());
            log.append(actor, new PolicyEntry.LockOutRecovered(gate.bindingId(), templateId), null);
        });
    }
}
