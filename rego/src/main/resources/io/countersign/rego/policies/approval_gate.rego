# METADATA
# scope: package
# title: Approval gate
# description: >-
#   What an approval gate decides once a control allowed a request: passed, still held, or refused. Other policies import
#   it as data.controlcore.policy.templates.approval_gate.
package controlcore.policy.templates.approval_gate

default allow := false

# METADATA
# description: An authorised approver approved the request.
allow if approval_gate_passed

# METADATA
# description: What the gate says of the request's approval.
approval_gate_passed if input.context.approval_status == "approved"

approval_gate_denied if input.context.approval_status == "denied"

approval_gate_expired if input.context.approval_status == "expired"

# A request that nobody has asked approval for yet is pending like one that waits for it. A status that is none of these
# opens nothing: no rule holds, and there is no gate decision.
approval_gate_pending if input.context.approval_status == "pending"

approval_gate_pending if not input.context.approval_status

# METADATA
# description: allow, hold or deny; undefined for a status that is not known.
gate_decision := "allow" if approval_gate_passed

gate_decision := "hold" if approval_gate_pending

gate_decision := "deny" if approval_gate_denied

gate_decision := "deny" if approval_gate_expired

# METADATA
# description: The request has waited longer than the escalation time; the very moment itself is not longer yet.
escalation_required if {
	approval_gate_pending
	time.now_ns() > input.context.gate_created_at_ns + input.context.escalation_after_ns
}
