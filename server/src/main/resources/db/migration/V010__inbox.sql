-- What a request is called, where it happens, and lists by deadline.
ALTER TABLE request
    ADD COLUMN title        text,
    ADD COLUMN title_object text,
    ADD COLUMN release_name text,
    ADD COLUMN cluster_ids  text[] NOT NULL DEFAULT '{}';

UPDATE request SET cluster_ids = ARRAY[resource ->> 'id'] WHERE resource ->> 'level' = 'CLUSTER';
UPDATE request SET cluster_ids = ARRAY[e.cluster_id]
  FROM environment e
 WHERE request.resource ->> 'level' = 'ENVIRONMENT' AND e.org_id = request.org_id
   AND e.environment_id = request.resource ->> 'id' AND e.cluster_id IS NOT NULL;

CREATE INDEX request_pending_deadline ON request (org_id, deadline, number) WHERE state = 'pending';
CREATE INDEX request_pending_opened ON request (org_id, opened_at) WHERE state = 'pending';
CREATE INDEX request_pending_subject ON request (org_id, subject_id, number DESC) WHERE state = 'pending';

-- The deadline of a pending request changes only when it is reopened, and then these rows are written anew.
ALTER TABLE request_approver ADD COLUMN deadline timestamptz;
UPDATE request_approver SET deadline = r.deadline
  FROM request r WHERE r.org_id = request_approver.org_id AND r.id = request_approver.request_id;
ALTER TABLE request_approver ALTER COLUMN deadline SET NOT NULL;
CREATE INDEX request_approver_deadline ON request_approver (org_id, approver, deadline, number);
