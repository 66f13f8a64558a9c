-- A kind of action of the organization's own may be an emergency workflow's; a request keeps what its action was.
ALTER TABLE action_type ADD COLUMN emergency boolean NOT NULL DEFAULT false;
ALTER TABLE request ADD COLUMN emergency boolean NOT NULL DEFAULT false;
CREATE INDEX request_emergency ON request (org_id, first_opened_at DESC, id DESC) WHERE emergency;
