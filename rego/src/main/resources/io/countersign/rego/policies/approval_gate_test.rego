package controlcore.policy.templates.approval_gate_test

import data.controlcore.policy.templates.approval_gate

with_status(status) := {"context": {"approval_status": status}}

test_approved_passes if {
	approval_gate.allow with input as with_status("approved")
	approval_gate.gate_decision == "allow" with input as with_status("approved")
}

test_pending_holds if {
	not approval_gate.allow with input as with_status("pending")
	approval_gate.gate_decision == "hold" with input as with_status("pending")
}

test_missing_status_holds if {
	every request in [{}, {"context": {}}] {
		not approval_gate.allow with input as request
		approval_gate.gate_decision == "hold" with input as request
	}
}

test_denied_and_expired_are_refused if {
	every status in ["denied", "expired"] {
		not approval_gate.allow with input as with_status(status)
		approval_gate.gate_decision == "deny" with input as with_status(status)
	}
}

test_unknown_status_opens_nothing if {
	every status in ["APPROVED", "", "maybe", null, false, 1] {
		not approval_gate.allow with input as with_status(status)
		not approval_gate.gate_decision == "allow" with input as with_status(status)
	}
}

waiting(status) := {"context": {
	"approval_status": status,
	"gate_created_at_ns": 1000,
	"escalation_after_ns": 500,
}}

test_no_escalation_before_its_moment if {
	not approval_gate.escalation_required with input as waiting("pending") with time.now_ns as 1499
}

test_no_escalation_at_its_moment if {
	not approval_gate.escalation_required with input as waiting("pending") with time.now_ns as 1500
}

test_escalation_after_its_moment if {
	approval_gate.escalation_required with input as waiting("pending") with time.now_ns as 1501
}

test_no_escalation_of_what_is_decided if {
	every status in ["approved", "denied", "expired"] {
		not approval_gate.escalation_required with input as waiting(status) with time.now_ns as 9999
	}
}

# Other policies compose with it.
large_transfer_allowed if {
	input.amount > 10000
	approval_gate.allow
}

test_other_policies_import_it if {
	large_transfer_allowed with input as {"amount": 20000, "context": {"approval_status": "approved"}}
	not large_transfer_allowed with input as {"amount": 20000, "context": {"approval_status": "pending"}}
}
